/** How the missing codes of a data file (rule M15) are said to SPSS and to Stata (rule F8). */
import { MISSING_WORDS } from '../microdata/missing.ts';

/** SPSS takes every number from the first to the last for missing. */
export const MISSING_RANGE = { lowest: -9, highest: -1 } as const;

/** Stata's own missing value for each missing code: the letter in that place of the alphabet, so −1 is .a and −9 is .i. */
export const STATA_MISSING: readonly { readonly value: number; readonly stata: string; readonly label: string }[] =
  MISSING_WORDS.map(({ value, label }) => ({ value, stata: `.${'abcdefghi'.charAt(-value - 1)}`, label }));
