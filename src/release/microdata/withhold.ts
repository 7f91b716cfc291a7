/** Which rows stay out: those in classes under k, and as many more as hide them among others. */
import { type Classes, sizesOf } from './classes.ts';

/**
 * Withholds rows until every class left has at least k (rule M6), and until nobody is found by subtracting the file
 * from what is published of everybody: in all, and for each value of each key, no row is withheld, or at least k, or
 * all there are (rules M9 and M18). Rows for that come from the classes that can best spare them; only where none can,
 * the smallest goes whole.
 * @param groupings the keys' numbers by row; all rows of a class have the same
 * @returns for each row 1 if it stays in the file, else 0
 */
export function keepRows(classes: Classes, k: number, groupings: readonly Int32Array[]): Uint8Array {
  const left = sizesOf(classes);
  const kept = Uint8Array.from(classes.of, (own) => ((left[own] ?? 0) >= k ? 1 : 0));
  left.forEach((size, own) => {
    if (size < k) left[own] = 0;
  });
  const all = new Int32Array(kept.length);
  const places = [all, ...groupings];
  for (let place = 0; place < places.length; ) {
    const grouping = places[place] ?? all;
    const short = findShort(kept, grouping, k);
    const donor = short && findDonor(classes, left, kept, grouping, short.value, k);
    if (!short || donor === undefined) {
      place += 1;
      continue;
    }
    const spare = (left[donor] ?? 0) - k;
    const wanted = spare > 0 ? Math.min(spare, short.missing) : (left[donor] ?? 0);
    withholdSome(classes, kept, donor, wanted);
    left[donor] = (left[donor] ?? 0) - wanted;
    // What was withheld here may be too little of another key's value.
    place = 0;
  }
  return kept;
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

/** The class of this value that can spare most rows; where none can spare any, the smallest. */
function findDonor(
  { of }: Classes,
  left: Int32Array,
  kept: Uint8Array,
  grouping: Int32Array,
  value: number,
  k: number,
): number | undefined {
  const having = new Set<number>();
  grouping.forEach((each, row) => {
    if (each === value && kept[row] === 1) having.add(of[row] ?? 0);
  });
  const bySize = [...having].sort((one, other) => (left[one] ?? 0) - (left[other] ?? 0) || one - other);
  const largest = bySize.at(-1);
  return largest !== undefined && (left[largest] ?? 0) > k ? largest : bySize[0];
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
