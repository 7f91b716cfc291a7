/** A column as whole numbers, as data files carry it: an option's number, a count, or why there is none (rule M15). */
import { MISSING } from '../../../questionnaire/variables.ts';
import { type Column, MISSING_STATES, missingCode } from '../../../results/columns.ts';
import { columnOf, type Snapshot } from '../../../results/snapshot.ts';
import { GIVEN, type SnapshotVariable } from '../../../results/variables.ts';
import type { Reading } from '../whole-numbers.ts';

/** What gives the number of each response, without a copy of the column. @throws on a code that the variable does not have */
export function readingOf({ name, categories, width }: SnapshotVariable, { codes, values }: Column): Reading {
  const numbers = new Float64Array(width === 1 ? 0x100 : 0x10000).fill(Number.NaN);
  for (const [code, { value }] of categories.entries()) numbers[code] = value;
  for (const state of MISSING_STATES) numbers[missingCode(width, state)] = MISSING[state];
  const given = categories.findIndex(({ code }) => code === GIVEN);
  const read: Reading =
    given === -1
      ? (row) => numbers[codes[row] ?? 0] ?? Number.NaN
      : (row) => (codes[row] === given ? (values?.[row] ?? Number.NaN) : (numbers[codes[row] ?? 0] ?? Number.NaN));
  for (let row = 0; row < codes.length; row++) {
    if (!Number.isInteger(read(row))) throw new Error(`${name} has no whole number for its code ${codes[row]}`);
  }
  return read;
}

/** A snapshot's numbers, each column looked through once. */
export interface Numbers {
  readonly rows: number;
  /** The same reading each time. */
  of(variable: SnapshotVariable): Reading;
}

export function numbersIn(snapshot: Snapshot): Numbers {
  const known = new Map<string, Reading>();
  return {
    rows: snapshot.responses,
    of: (variable) => {
      const found = known.get(variable.name) ?? readingOf(variable, columnOf(snapshot, variable.name));
      known.set(variable.name, found);
      return found;
    },
  };
}
