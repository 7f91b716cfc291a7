/** Which rows stay out: those in classes under k, and as many more as hide them among others. */
import { type Classes, sizesOf } from './classes.ts';

/** What withheld rows are counted by: a value for each class. */
type Grouping = Int32Array;

interface Count {
  withheld: number;
  left: number;
}

/**
 * Withholds rows until every class left has at least k (rule M6), and until nobody is found by subtracting the file
 * from what is published of everybody: in all, and for each value of each key, no row is withheld, or at least k, or
 * all there are (rules M9 and M18). Rows for that come from the class where it costs fewest, some of them if that leaves
 * it k and else all; of equal ones the first.
 * @param groupings the keys' numbers by row; all rows of a class have the same
 * @returns for each row 1 if it stays in the file, else 0
 */
export function keepRows(classes: Classes, k: number, groupings: readonly Int32Array[]): Uint8Array {
  const sizes = sizesOf(classes);
  const left = sizes.map((size) => (size < k ? 0 : size));
  const all = new Int32Array(classes.count);
  const byClass = [all, ...groupings.map((grouping) => valuesOf(classes, grouping))];
  for (;;) {
    const counts = byClass.map((grouping) => countBy(grouping, sizes, left));
    const lack = findLack(byClass, counts, k);
    if (!lack) return rowsOf(classes, left);
    const donors = [...left.keys()].filter((own) => left[own] !== 0 && lack.grouping[own] === lack.value);
    const offers = donors.map((own) => {
      const size = left[own] ?? 0;
      const rows = size - k >= lack.missing ? lack.missing : size;
      const cost = byClass.reduce(
        (sum, grouping, place) => sum + newLack(counts[place]?.get(grouping[own] ?? 0), rows, k),
        rows,
      );
      return { own, rows, cost };
    });
    const { own, rows } = offers.reduce((best, offer) => (offer.cost < best.cost ? offer : best));
    left[own] = (left[own] ?? 0) - rows;
  }
}

/** Each class's value of a column that its rows have in common. */
function valuesOf({ of, count }: Classes, numbers: Int32Array): Grouping {
  const values = new Int32Array(count);
  of.forEach((own, row) => {
    values[own] = numbers[row] ?? 0;
  });
  return values;
}

function countBy(grouping: Grouping, sizes: Int32Array, left: Int32Array): Map<number, Count> {
  const counts = new Map<number, Count>();
  grouping.forEach((value, own) => {
    const count = counts.get(value) ?? { withheld: 0, left: 0 };
    counts.set(value, count);
    count.left += left[own] ?? 0;
    count.withheld += (sizes[own] ?? 0) - (left[own] ?? 0);
  });
  return counts;
}

/** A value of which some rows are withheld, but too few, though there are more. */
function findLack(groupings: readonly Grouping[], counts: readonly Map<number, Count>[], k: number) {
  for (const [place, grouping] of groupings.entries()) {
    for (const [value, count] of [...(counts[place] ?? [])].sort(([one], [other]) => one - other)) {
      if (count.withheld > 0 && lackOf(count, k) > 0) return { grouping, value, missing: lackOf(count, k) };
    }
  }
  return undefined;
}

function newLack(count: Count | undefined, rows: number, k: number): number {
  return count ? lackOf({ withheld: count.withheld + rows, left: count.left - rows }, k) : 0;
}

function lackOf({ withheld, left }: Count, k: number): number {
  return left === 0 ? 0 : Math.max(k - withheld, 0);
}

/** Rows stand in the order of random keys, so the last of a class are any of them. */
function rowsOf({ of }: Classes, left: Int32Array): Uint8Array {
  const open = left.slice();
  return Uint8Array.from(of, (own) => {
    const stays = (open[own] ?? 0) > 0;
    if (stays) open[own] = (open[own] ?? 0) - 1;
    return stays ? 1 : 0;
  });
}
