import { showDay } from '../questionnaire/days.ts';

/** A moment for a page: in words, to the second, and for programs. In UTC, which the words say. */
export interface ShownMoment {
  readonly words: string;
  readonly exact: string;
  readonly iso: string;
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

export function showMoment(moment: Date): ShownMoment {
  const iso = moment.toISOString();
  return { words: `${FORMAT.format(moment)} UTC`, exact: `${iso.slice(0, 19).replace('T', ' ')} UTC`, iso };
}

/** A day for a page, as a moment is shown: days are in UTC, which the words need not say. @param day YYYY-MM-DD */
export const showDate = (day: string): ShownMoment => ({ words: showDay(day), exact: `${day}, UTC`, iso: day });
