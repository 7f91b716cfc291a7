/** How an admin closes a survey: at once, or at the end of a day that respondents are told. */
import { z } from 'zod';
import { showDay } from '../days.ts';

/** What was chosen: null closes at once. */
export type Closing = { readonly lastDay: string | null };

export interface ClosingFault {
  readonly field: 'when' | 'day';
  readonly text: string;
}

/**
 * Reads the form. Pure. @param today the day, YYYY-MM-DD
 * @param fileLastDay the day in the survey's file, after which it is closed in any case
 */
export function readClosing(
  { when, day }: { readonly when: string; readonly day: string },
  today: string,
  fileLastDay: string | undefined,
): Closing | ClosingFault {
  if (when === 'now') return { lastDay: null };
  if (when !== 'day') return { field: 'when', text: 'Choose when it closes' };
  const given = z.iso.date().safeParse(day);
  if (!given.success) return { field: 'day', text: 'Enter the last day, such as 31 March 2027' };
  if (given.data < today) return { field: 'day', text: 'The last day must be today or later' };
  if (fileLastDay !== undefined && given.data > fileLastDay) {
    return {
      field: 'day',
      text: `Its file says that it closes after ${showDay(fileLastDay)}: choose that day or an earlier one`,
    };
  }
  return { lastDay: given.data };
}
