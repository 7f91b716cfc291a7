/** A message for admins to read. */
import type { Message } from '../../mail/message.ts';

/** @param html as it goes with the text; shown in a frame of its own, where nothing of it can act */
export const viewMessage = ({ subject, text, calendar }: Message, html: string, name = '') => ({
  subject,
  name,
  paragraphs: text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.split('\n')),
  html,
  calendar: calendar?.method,
});
