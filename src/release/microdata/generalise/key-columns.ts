/** What is published of keys: one level for everybody, and single cells of that withheld (rules M6, M8 and M9). */
import { MISSING } from '../../../questionnaire/variables.ts';
import { NotReleasable } from '../survey/columns.ts';
import { type Counted, countClasses } from './count.ts';
import { getLevel, type Key, keyOf, leavesOf, lossOf, scoreOf } from './keys.ts';
import { choicesOf, MOST_CHOICES } from './lattice.ts';
import { frequenciesOf, type Risk, riskOf } from './risk.ts';
import { withholdCells } from './suppress.ts';

/** A key as it is published. */
export interface KeyColumn {
  readonly key: Key;
  readonly level: number;
  /** For each row the place of its value in `values`, or `MISSING.withheld`. */
  readonly codes: Int32Array;
  readonly values: readonly string[];
}

/** What goes with each key where it is withheld. */
export interface Bonds {
  /** For each key the places of those that it tells: where one of them is withheld, so is this one. */
  readonly tells: readonly (readonly number[])[];
  /** For each key how many columns are withheld with it. */
  readonly columns: readonly number[];
}

/**
 * A key from a column. Why there is no value is a value that others may know, so each missing code gets a leaf.
 * @param codes for each row its leaf, or a missing code
 * @param paths as for `keyOf`, without leaves for missing codes
 */
export function keyIn(name: string, codes: Int32Array, paths: readonly (readonly string[])[]): Key {
  const missing = [...new Set(codes)].filter((code) => code < 0).sort((one, other) => other - one);
  const levels = paths[0]?.length ?? 1;
  const leaves = codes.map((code) => (code < 0 ? paths.length + missing.indexOf(code) : code));
  const more = missing.map((code) => Array.from({ length: levels }, () => String(code)));
  return keyOf(name, leaves, [...paths, ...more]);
}

/** @throws NotReleasable where the search would take too long */
export function checkChoices(keys: readonly Key[]): void {
  if (choicesOf(keys) <= MOST_CHOICES) return;
  throw new NotReleasable(
    `The hierarchies have ${choicesOf(keys).toLocaleString('en')} choices of levels together; ${MOST_CHOICES.toLocaleString('en')} at most are searched. Take levels out.`,
  );
}

/** How many rows may be left over for single cells: a share of all, without what rounding adds. */
export function budgetRowsOf(budget: number, rows: number): number {
  return Math.floor(budget * rows + 1e-9);
}

/** The keys on these levels, with single cells withheld until every class has k rows. */
export function publishKeys(
  keys: readonly Key[],
  levels: readonly number[],
  bonds: Bonds,
  rows: number,
  k: number,
): KeyColumn[] {
  const chosen = keys.map((key, place): KeyColumn => {
    const level = levels[place] ?? 0;
    const { groups, values } = getLevel(key, level);
    return { key, level, codes: key.codes.map((leaf) => groups[leaf] ?? 0), values };
  });
  const cells = withholdCells(
    chosen.map((column, place) => ({
      codes: column.codes,
      span: column.values.length,
      // What is lost in a row: what is still told of the key, and a cell for each column that goes with it.
      cost: 1 - lossIn(column) + (bonds.columns[place] ?? 0),
      tells: bonds.tells[place] ?? [],
    })),
    rows,
    k,
  );
  return chosen.map((column, place) => ({ ...column, codes: cells[place] ?? column.codes }));
}

/** How much of a key is lost, cell by cell. */
export function lossIn({ key, level, codes }: KeyColumn): number {
  const { leaves } = getLevel(key, level);
  const all = leavesOf(key);
  return lossOf(
    codes.reduce((sum, code) => sum + (leaves[code] ?? all), 0),
    codes.length,
    all,
  );
}

/** The mean of what is lost of each. */
export function scoreIn(columns: readonly KeyColumn[]): number {
  return scoreOf(columns.map(lossIn));
}

/** Rows that are alike in what is published of their keys, "withheld" being a value like any other. */
export function classesOf(columns: readonly KeyColumn[], rows: number): Counted {
  return countClasses(
    columns.map(({ codes, values }) => ({
      codes: codes.map((code) => Math.max(code + 1, 0)),
      span: values.length + 1,
    })),
    rows,
  );
}

/** How easily rows are told apart by all that is known of their keys, before anything is done. */
export function riskBefore(keys: readonly Key[], rows: number): Risk {
  const raw = keys.map((key) => ({ codes: key.codes, span: leavesOf(key) }));
  return riskOf(frequenciesOf(countClasses(raw, rows)));
}

/** How many rows have every key withheld. */
export function countWhole(columns: readonly KeyColumn[], rows: number): number {
  const open = columns.filter(({ values }) => values.length > 1);
  if (open.length === 0) return 0;
  let whole = 0;
  for (let row = 0; row < rows; row++) {
    if (open.every(({ codes }) => codes[row] === MISSING.withheld)) whole++;
  }
  return whole;
}
