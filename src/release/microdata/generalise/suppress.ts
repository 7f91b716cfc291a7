/** Withholding single keys of single rows: what the levels alone leave in classes under k (rules M6, M8, M9, M12). */
import { MISSING } from '../../../questionnaire/variables.ts';
import { type Coded, countClasses } from './count.ts';

/** A key as it is about to be published. */
export interface PublishedKey extends Coded {
  readonly codes: Int32Array;
  /** What withholding it in one row costs: what is not lost of it yet. */
  readonly cost: number;
  /** The places of the keys that it determines: where one of them is withheld, so is this one. */
  readonly tells: readonly number[];
}

/**
 * Withholds keys in rows of classes under k until every class has at least k. "Withheld" is a value like any other, so
 * that a class is what an intruder sees. The cheapest set of keys comes first; each set is tried on all rows still
 * left, and settles those that then are k or more. What no smaller set settles is withheld whole, with the smallest
 * class beside it if those are fewer than k (rule M9). The order of rows makes no difference.
 * @returns for each key its codes by row, with `MISSING.withheld` where it is withheld
 */
export function withholdCells(keys: readonly PublishedKey[], rows: number, k: number): Int32Array[] {
  const columns = keys.map(({ codes }) => codes.slice());
  const { of, sizes } = countClasses(keys, rows);
  let left = [...of.keys()].filter((row) => (sizes[of[row] ?? 0] ?? 0) < k);
  const sets = setsOf(keys);
  for (const set of sets) {
    if (left.length === 0) return columns;
    const shown = keys.filter((_, key) => !set.includes(key));
    const trial = countClasses(
      shown.map(({ codes, span }) => ({ codes: Int32Array.from(left, (row) => codes[row] ?? 0), span })),
      left.length,
    );
    const settles = (index: number) => (trial.sizes[trial.of[index] ?? 0] ?? 0) >= k;
    withhold(
      columns,
      set,
      left.filter((_, index) => settles(index)),
    );
    left = left.filter((_, index) => !settles(index));
  }
  const whole = sets.at(-1) ?? [];
  if (left.length > 0) withhold(columns, whole, [...left, ...smallestClass(keys, columns, rows, new Set(left))]);
  return columns;
}

function withhold(columns: readonly Int32Array[], set: readonly number[], rows: readonly number[]): void {
  for (const key of set) for (const row of rows) columns[key]?.fill(MISSING.withheld, row, row + 1);
}

/** The sets of keys that may be withheld together, cheapest first; of equal ones the smaller, then the first keys. */
function setsOf(keys: readonly PublishedKey[]): number[][] {
  // A key that is the same for everybody hides nobody.
  const open = [...keys.keys()].filter((key) => (keys[key]?.span ?? 0) > 1);
  const sets = Array.from({ length: 2 ** open.length - 1 }, (_, index) =>
    open.filter((_, place) => ((index + 1) >> place) & 1),
  );
  const isClosed = (set: readonly number[]) =>
    open.every((key) => set.includes(key) || !keys[key]?.tells.some((told) => set.includes(told)));
  const costOf = (set: readonly number[]) => set.reduce((sum, key) => sum + (keys[key]?.cost ?? 0), 0);
  return sets
    .filter(isClosed)
    .map((set) => ({ set, cost: set.length === open.length ? Number.POSITIVE_INFINITY : costOf(set) }))
    .sort((one, other) => compare(one.cost, other.cost) || compareSets(one.set, other.set))
    .map(({ set }) => set);
}

const compare = (one: number, other: number) => (one === other ? 0 : one < other ? -1 : 1);

function compareSets(one: readonly number[], other: readonly number[]): number {
  const place = one.findIndex((key, index) => key !== other[index]);
  return one.length - other.length || (one[place] ?? 0) - (other[place] ?? 0);
}

/** The rows of the smallest class that is settled; of equal ones the first by its values. */
function smallestClass(
  keys: readonly PublishedKey[],
  columns: readonly Int32Array[],
  rows: number,
  left: ReadonlySet<number>,
): number[] {
  const settled = Array.from({ length: rows }, (_, row) => row).filter((row) => !left.has(row));
  const { of, count, sizes } = countClasses(
    columns.map((column, key) => ({
      codes: Int32Array.from(settled, (row) => Math.max((column[row] ?? 0) + 1, 0)),
      span: (keys[key]?.span ?? 0) + 1,
    })),
    settled.length,
  );
  const first = Array.from({ length: count }, (_, own) => settled[of.indexOf(own)] ?? 0);
  const compareValues = (one: number, other: number) =>
    columns.reduce(
      (found, column) => found || compare(column[first[one] ?? 0] ?? 0, column[first[other] ?? 0] ?? 0),
      0,
    );
  const [smallest] = [...first.keys()].sort(
    (one, other) => compare(sizes[one] ?? 0, sizes[other] ?? 0) || compareValues(one, other),
  );
  return settled.filter((_, index) => of[index] === smallest);
}
