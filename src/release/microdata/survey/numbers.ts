/** A column as whole numbers, as data files carry it: an option's number, a count, or why there is none (rule M15). */
import { MISSING } from '../../../questionnaire/variables.ts';
import { type Column, MISSING_STATES, missingCode } from '../../../results/columns.ts';
import { columnOf, type Snapshot } from '../../../results/snapshot.ts';
import { GIVEN, type SnapshotVariable } from '../../../results/variables.ts';

/** The number of each response. @throws on a code that the variable does not have */
export function numbersOf(variable: SnapshotVariable, { codes, values }: Column): Int32Array {
  const known = new Map(variable.categories.map(({ value }, code) => [code, value]));
  for (const state of MISSING_STATES) known.set(missingCode(variable.width, state), MISSING[state]);
  const given = variable.categories.findIndex(({ code }) => code === GIVEN);
  const numbers = new Int32Array(codes.length);
  codes.forEach((code, row) => {
    const number = code === given ? values?.[row] : known.get(code);
    if (number === undefined || !Number.isInteger(number)) {
      throw new Error(`${variable.name} has no whole number for its code ${code}`);
    }
    numbers[row] = number;
  });
  return numbers;
}

/** A snapshot's numbers, each column worked out once. */
export interface Numbers {
  readonly rows: number;
  of(variable: SnapshotVariable): Int32Array;
}

export function numbersIn(snapshot: Snapshot): Numbers {
  const known = new Map<string, Int32Array>();
  return {
    rows: snapshot.responses,
    of: (variable) => {
      const found = known.get(variable.name) ?? numbersOf(variable, columnOf(snapshot, variable.name));
      known.set(variable.name, found);
      return found;
    },
  };
}
