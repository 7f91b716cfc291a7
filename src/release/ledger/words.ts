/** Where a release stands, in words for staff. */
import type { Standing } from './ledger.ts';

/** "waits for approval", "superseded by release 3". */
export function sayState({ state, supersededBy, overtakenBy }: Standing): string {
  if (state === 'waiting') return overtakenBy ? 'waits, and can no longer be approved' : 'waits for approval';
  return state === 'superseded' ? `superseded by release ${supersededBy}` : state;
}

/** What it is made of, each in a word. */
export function listParts({ parts }: Pick<Standing, 'parts'>): ('tables' | 'data file')[] {
  return parts.map(({ kind }) => (kind === 'tables' ? 'tables' : 'data file'));
}
