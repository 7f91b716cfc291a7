/** Which rows stay out: those in classes under k, and as many more as hide them among others. */
import { type Classes, sizesOf } from './classes.ts';

/**
 * Withholds rows until every class left has at least k (rule M6), and until nobody is found by subtracting the file
 * from what is published of everybody: in all, and for each value of each key, no row is withheld, or at least k, or
 * all there are (rules M9 and M18). Rows for that come from the largest class that has them if it can spare them; else the
 * smallest goes whole.
 * @param groupings the keys' numbers by row; all rows of a class have the same
 * @returns for each row 1 if it stays in the file, else 0
 */
export function keepRows(classes: Classes, k: number, groupings: readonly Int32Array[]): Uint8Array {
  const left = sizesOf(classes).map((size) => (size < k ? 0 : size));
  const kept = Uint8Array.from(classes.of, (own) => (left[own] === 0 ? 0 : 1));
  const places = [new Int32Array(kept.length), ...groupings];
  for (;;) {
    const lack = places
      .map((grouping) => findLack(classes, left, kept, grouping, k))
      .find((each) => each !== undefined);
    if (!lack) return kept;
    const { donor, rows } = lack;
    withholdSome(classes, kept, donor, rows);
    left[donor] = (left[donor] ?? 0) - rows;
  }
}

interface Lack {
  /** The class to take rows from, and how many. */
  readonly donor: number;
  readonly rows: number;
}

/** A value of which too few rows are withheld, with what mends it. */
function findLack(
  classes: Classes,
  left: Int32Array,
  kept: Uint8Array,
  grouping: Int32Array,
  k: number,
): Lack | undefined {
  const short = findShort(kept, grouping, k);
  if (!short) return undefined;
  const donors = new Set<number>();
  grouping.forEach((value, row) => {
    if (value === short.value && kept[row] === 1) donors.add(classes.of[row] ?? 0);
  });
  const size = (donor: number) => left[donor] ?? 0;
  const [smallest = 0, ...others] = [...donors].sort((one, other) => size(one) - size(other) || one - other);
  const largest = others.at(-1) ?? smallest;
  return size(largest) - k >= short.missing
    ? { donor: largest, rows: short.missing }
    : { donor: smallest, rows: size(smallest) };
}

/** A value of which some rows are withheld, but fewer than k, and of which there are more. */
function findShort(kept: Uint8Array, grouping: Int32Array, k: number) {
  const counts = new Map<number, { withheld: number; left: number }>();
  grouping.forEach((value, row) => {
    const own = counts.get(value) ?? { withheld: 0, left: 0 };
    counts.set(value, own);
    own[kept[row] === 1 ? 'left' : 'withheld'] += 1;
  });
  for (const [value, { withheld, left }] of counts) {
    if (withheld > 0 && withheld < k && left > 0) return { value, missing: k - withheld };
  }
  return undefined;
}

/** Rows stand in the order of random keys, so the first of them are any of them. */
function withholdSome({ of }: Classes, kept: Uint8Array, donor: number, wanted: number): void {
  let missing = wanted;
  for (let row = 0; missing > 0 && row < kept.length; row++) {
    if (of[row] !== donor || kept[row] === 0) continue;
    kept[row] = 0;
    missing -= 1;
  }
}
