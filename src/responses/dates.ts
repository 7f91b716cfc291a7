/** Dates as people read them. */
import { showDay } from '../questionnaire/days.ts';

/** "31 March 2027", for a date the survey may not have. */
export function showDateIfAny(iso: string | undefined, language: string): string | undefined {
  return iso === undefined ? undefined : showDay(iso, language);
}
