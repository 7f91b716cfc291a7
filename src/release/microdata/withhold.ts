/** Which rows stay out: those in classes under k, and as many more as hide them among others. */
import { type Classes, sizesOf } from './classes.ts';

/**
 * Withholds whole classes until every class left has at least k rows (rule M6), and until nobody is found by
 * subtracting the file from what is published of everybody: in all, and for each value of each grouping, either none or
 * at least k rows are withheld, or all there are (rules M9 and M18). The smallest class that mends it is withheld next;
 * of equal ones the first.
 * @param groupings numbers by row: what results are shown by
 * @returns for each row 1 if it stays in the file, else 0
 */
export function keepRows(classes: Classes, k: number, groupings: readonly Int32Array[]): Uint8Array {
  const sizes = sizesOf(classes);
  const keptClasses = Uint8Array.from(sizes, (size) => (size >= k ? 1 : 0));
  const all = new Int32Array(classes.of.length);
  for (;;) {
    const keptRows = Uint8Array.from(classes.of, (own) => keptClasses[own] ?? 0);
    const helps = [all, ...groupings].map((grouping) => classThatHides(classes, sizes, keptRows, grouping, k));
    const next = helps.find((each) => each !== undefined);
    if (next === undefined) return keptRows;
    keptClasses[next] = 0;
  }
}

/** The smallest class still kept that has a row of a value of which some rows are withheld, but fewer than k. */
function classThatHides(
  { of }: Classes,
  sizes: Int32Array,
  kept: Uint8Array,
  grouping: Int32Array,
  k: number,
): number | undefined {
  const withheld = new Map<number, number>();
  grouping.forEach((value, row) => {
    if (kept[row] === 0) withheld.set(value, (withheld.get(value) ?? 0) + 1);
  });
  const short = new Set([...withheld].flatMap(([value, rows]) => (rows < k ? [value] : [])));
  if (short.size === 0) return undefined;
  let best: number | undefined;
  grouping.forEach((value, row) => {
    const own = of[row] ?? 0;
    if (kept[row] === 0 || !short.has(value)) return;
    const [size = 0, least = 0] = [sizes[own], best === undefined ? Number.POSITIVE_INFINITY : sizes[best]];
    if (size < least || (size === least && best !== undefined && own < best)) best = own;
  });
  return best;
}
