/** Dates of the survey that are over already: nobody could answer, or what was promised is due. */
import type { Finding } from '../source.ts';
import { type Subject, warning } from './subject.ts';

/** @param today YYYY-MM-DD; a day that is named lasts until its end */
export function checkPastDates(subject: Subject, today: string): Finding[] {
  const { closes, withdrawUntil, deleteAfter } = subject.survey.file.dates;
  const say = (key: string, date: string | undefined, message: string, mend: string) =>
    date !== undefined && date < today ? [warning(subject, 'past-date', ['dates', key], message, mend)] : [];
  return [
    ...say('closes', closes, `The survey closed on ${closes}: nobody can answer it.`, 'Give it a later day.'),
    ...say(
      'withdrawUntil',
      withdrawUntil,
      `People could take their answers back until ${withdrawUntil}, which is over.`,
      'Give it a day after the survey closes.',
    ),
    ...say(
      'deleteAfter',
      deleteAfter,
      `The answers were to be deleted after ${deleteAfter}.`,
      'Delete what was answered; for a new round give a later day.',
    ),
  ];
}
