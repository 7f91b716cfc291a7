/** How an admin closes a survey: at once, at the end of a day, or first for those who have not begun. */
import { z } from 'zod';
import { dayBefore, showDay } from '../../questionnaire/days.ts';

/** What was chosen: without a last day it closes at once; a last day to begin comes before it. */
export type Closing = { readonly lastDay: string | null; readonly lastBegin: string | null };

/** The form as it was sent. */
export type ClosingEntries = Readonly<Record<'when' | 'begin' | 'day', string>>;

export interface ClosingFault {
  readonly field: 'when' | 'begin' | 'day';
  readonly text: string;
}

/**
 * Reads the form. Pure. @param today the day, YYYY-MM-DD
 * @param fileLastDay the day in the survey's file, after which it is closed in any case
 */
export function readClosing(
  { when, begin, day }: ClosingEntries,
  today: string,
  fileLastDay: string | undefined,
): Closing | ClosingFault {
  if (when === 'now') return { lastDay: null, lastBegin: null };
  if (when !== 'day' && when !== 'begun') return { field: 'when', text: 'Choose how it closes' };
  const fault = findDayFault(day, today, fileLastDay);
  if (fault !== undefined) return { field: 'day', text: fault };
  if (when === 'day') return { lastDay: day, lastBegin: null };
  const lastBegin = begin === '' ? dayBefore(today) : begin;
  if (!z.iso.date().safeParse(lastBegin).success) return { field: 'begin', text: 'Enter a day, such as 31 March 2027' };
  if (begin !== '' && begin < today) return { field: 'begin', text: 'That day must be today or later, or left empty' };
  if (lastBegin >= day) return { field: 'begin', text: 'That day must come before the last day of all' };
  return { lastDay: day, lastBegin };
}

function findDayFault(day: string, today: string, fileLastDay: string | undefined): string | undefined {
  if (!z.iso.date().safeParse(day).success) return 'Enter the last day, such as 31 March 2027';
  if (day < today) return 'The last day must be today or later';
  if (fileLastDay === undefined || day <= fileLastDay) return undefined;
  return `Its file says that it closes after ${showDay(fileLastDay)}: choose that day or an earlier one`;
}
