/** How often each number stands in a column of a released file: whoever has the file can count it, so it may be said. */

import type { DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { isWhole } from '../microdata/whole-numbers.ts';

export interface Counted {
  readonly value: number;
  readonly label: string;
  readonly n: number;
}

export interface Frequencies {
  /** Each category, also those that nobody has; for a count or a weight none. */
  readonly categories: readonly Counted[];
  /** The reasons for having no answer that stand in the column. */
  readonly missing: readonly Counted[];
  /** Rows with an answer. */
  readonly answered: number;
  readonly unanswered: number;
}

/** Counts a column; a column of names has nothing to count. */
export function countColumn({ values, categories }: DataVariable): Frequencies | undefined {
  if (!(isWhole(values) || values instanceof Float64Array)) return undefined;
  const counts = new Map<number, number>();
  for (const value of values) {
    const key = value < 0 ? value : categories.length > 0 ? value : 0;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const counted = ({ value, label }: { value: number; label: string }) => ({ value, label, n: counts.get(value) ?? 0 });
  const missing = MISSING_WORDS.map(counted).filter(({ n }) => n > 0);
  const unanswered = missing.reduce((sum, { n }) => sum + n, 0);
  return { categories: categories.map(counted), missing, answered: values.length - unanswered, unanswered };
}
