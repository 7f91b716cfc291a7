/** A message to one person. */
import { z } from 'zod';

export const messageSchema = z.strictObject({
  /** One line, of our own words: what somebody typed never stands in it. */
  subject: z.string().regex(/^[^\r\n]{1,150}$/),
  /** In which it is written; of one written before this was kept, none. */
  language: z.string().optional(),
  /** Paragraphs with an empty line between them; an address stands on a line of its own. */
  text: z.string(),
  /** A calendar file (RFC 5545), with what it asks of the calendar (RFC 5546). */
  calendar: z.strictObject({ method: z.enum(['PUBLISH', 'CANCEL']), text: z.string() }).optional(),
});
export type Message = z.infer<typeof messageSchema>;
