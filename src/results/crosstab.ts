/** Counting two columns against each other. */

import type { Column } from './columns.ts';
import { codesByPlace, MISSING_STATES, placesOf } from './columns.ts';
import type { SnapshotVariable } from './variables.ts';

/** A variable with its column. */
export interface Counted {
  readonly variable: SnapshotVariable;
  readonly column: Column;
}

/**
 * Counts by place: a variable's categories in their order, then the reasons why there is no value in the order of
 * `MISSING_STATES`.
 */
export interface Crosstab {
  readonly rows: number;
  readonly columns: number;
  /** Row after row. */
  readonly counts: Int32Array;
}

/** How many places a variable has. */
export function placeCount(variable: SnapshotVariable): number {
  return variable.categories.length + MISSING_STATES.length;
}

/** The variable's own counts: one row for each of its places. */
export function count({ variable, column }: Counted): Int32Array {
  const places = placesOf(variable);
  const counts = new Int32Array(placeCount(variable));
  const { codes } = column;
  for (let row = 0; row < codes.length; row++) {
    const place = places[codes[row] ?? 0] ?? -1;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

/** Every pair of codes of one byte has a count of its own here, which pays for so many responses or more. */
const PAIRS = 0x10000;

/** The variable against another one, in one pass over memory and with no object for a response. */
export function crosstab(row: Counted, by: Counted): Crosstab {
  const narrow = row.variable.width === 1 && by.variable.width === 1;
  const counts = narrow && row.column.codes.length >= PAIRS ? countByPair(row, by) : countByPlace(row, by);
  return { rows: placeCount(row.variable), columns: placeCount(by.variable), counts };
}

/** Counts pairs of codes as they are and puts them in their places afterwards: half the time of `countByPlace`. */
function countByPair(row: Counted, by: Counted): Int32Array {
  const pairs = new Int32Array(PAIRS);
  const rowCodes = row.column.codes;
  const byCodes = by.column.codes;
  for (let index = 0; index < rowCodes.length; index++) {
    const pair = ((rowCodes[index] ?? 0) << 8) | (byCodes[index] ?? 0);
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  const byPlaces = codesByPlace(by.variable);
  return Int32Array.from(
    codesByPlace(row.variable).flatMap((rowCode) => byPlaces.map((byCode) => pairs[(rowCode << 8) | byCode] ?? 0)),
  );
}

function countByPlace(row: Counted, by: Counted): Int32Array {
  const rowPlaces = placesOf(row.variable);
  const byPlaces = placesOf(by.variable);
  const columns = placeCount(by.variable);
  const counts = new Int32Array(placeCount(row.variable) * columns);
  const rowCodes = row.column.codes;
  const byCodes = by.column.codes;
  for (let index = 0; index < rowCodes.length; index++) {
    const place = (rowPlaces[rowCodes[index] ?? 0] ?? 0) * columns + (byPlaces[byCodes[index] ?? 0] ?? 0);
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}
