/** Cells of a column that a file does not show. Which rows go together is said once for all columns. */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { Reading } from '../whole-numbers.ts';

interface Withheld {
  /** For each response its group. */
  readonly of: Int32Array;
  /** For each group 1 where its cells are withheld. */
  readonly groups: Uint8Array;
}

/** A column with what of it is withheld. */
export interface Masked {
  /** What was answered. */
  readonly truth: Reading;
  /** One for each way to group rows. */
  readonly withheld: readonly Withheld[];
}

/** What the file shows. */
export function shownOf({ truth, withheld }: Masked): Reading {
  return withheld.reduce<Reading>(
    (read, { of, groups }) =>
      (row) =>
        groups[of[row] ?? 0] === 1 ? MISSING.withheld : read(row),
    truth,
  );
}

/** The column with these groups withheld as well. @param count how many groups there are */
export function withholdGroups<T extends Masked>(
  column: T,
  { of, count }: { readonly of: Int32Array; readonly count: number },
  more: Iterable<number>,
): T {
  const groups = column.withheld.find((each) => each.of === of)?.groups.slice() ?? new Uint8Array(count);
  for (const group of more) groups[group] = 1;
  return { ...column, withheld: [...column.withheld.filter((each) => each.of !== of), { of, groups }] };
}
