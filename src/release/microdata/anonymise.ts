/** From a snapshot to the rows of a data file. */
import { MISSING } from '../../questionnaire/variables.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import type { SnapshotVariable } from '../../results/variables.ts';
import { type Classes, statesOf } from './classes.ts';
import {
  assertColumns,
  type ChosenColumn,
  chooseColumns,
  type LeftOut,
  NotReleasable,
  TooManyWithheld,
  type Versions,
} from './columns.ts';
import { compareNames, nameRows } from './row-names.ts';
import { uniformClasses, withholdIn } from './sensitive.ts';
import { classesBy, groupingsOf, numbersIn } from './table.ts';
import { keepRows } from './withhold.ts';

/** The smallest k there is, whatever a survey's file says (rule M10). */
export const LEAST_K = 3;

const LEAST_SHARE = 0.5;

export interface FileColumn {
  readonly variable: SnapshotVariable;
  readonly key: boolean;
  /** For each row of the file. */
  readonly numbers: Int32Array;
}

/** What a data file is made of. */
export interface Microdata {
  readonly versions: Versions;
  readonly madeOn: string;
  readonly synthetic: boolean;
  readonly k: number;
  readonly keyNames: readonly string[];
  /** A fresh name for each row, in order. */
  readonly rowNames: readonly string[];
  readonly columns: readonly FileColumn[];
  readonly leftOut: readonly LeftOut[];
  /** Some rows are not in the file: then at least k. */
  readonly withheldRows: boolean;
}

export interface Anonymising {
  /** The keys of the file: some of those that the survey declares, as its file names them. */
  readonly keyNames: readonly string[];
  readonly k: number;
  readonly synthetic: boolean;
  /** `BYTES_A_ROW` random bytes for each response: whoever holds them could tell which row was whose. */
  readonly random: Uint8Array;
}

/**
 * Makes the rows of a data file: the columns on the survey's list, strict classes of at least k on the keys and on what
 * having been asked gives away, small classes withheld whole, sensitive answers that a class has in common withheld.
 * Rows get new names and stand in their order (rule M2).
 * @throws TooManyWithheld when under half of the rows could leave; NotReleasable
 */
export function makeMicrodata(versions: Versions, snapshot: Snapshot, making: Anonymising): Microdata {
  const { k, synthetic, keyNames } = making;
  if (k < LEAST_K) throw new NotReleasable(`k is ${k}, and under ${LEAST_K} people could be recognised.`);
  const choice = chooseColumns(versions, snapshot.variables, keyNames);
  assertColumns(choice);
  const numbers = numbersIn(snapshot);
  const classes = classesBy(numbers, choice);
  const kept = keepRows(classes, k, groupingsOf(numbers, versions, snapshot, choice));
  const names = nameRows(snapshot.responses, making.random);
  const rows = [...kept.keys()]
    .filter((row) => kept[row] === 1)
    .sort((one, other) => compareNames(names[one], names[other]));
  if (rows.length === 0 || rows.length < LEAST_SHARE * snapshot.responses) {
    throw new TooManyWithheld(
      `With these keys and k = ${k}, ${rows.length} of ${snapshot.responses} rows could stay; a file has at least half of them. Nothing was written.`,
    );
  }
  const places = Int32Array.from(rows);
  const inFile = (column: Int32Array) => places.map((row) => column[row] ?? MISSING.withheld);
  const own = { of: inFile(classes.of), count: classes.count };
  const keys = choice.keys.map((variable) => ({ variable, key: true, numbers: inFile(numbers.of(variable)) }));
  const columns = choice.columns.map(({ variable }) => ({
    variable,
    key: false,
    numbers: inFile(numbers.of(variable)),
  }));
  const microdata: Microdata = {
    versions,
    madeOn: snapshot.madeOn,
    synthetic,
    k,
    keyNames,
    rowNames: rows.map((row) => names[row] ?? ''),
    columns: [...keys, ...withholdSensitive(choice.columns, columns, own)],
    leftOut: choice.leftOut,
    withheldRows: rows.length < snapshot.responses,
  };
  return assertClasses(microdata, choice.columns);
}

/** In each class in which the answers to a sensitive question are the same, it and all that tells it are withheld. */
function withholdSensitive(chosen: readonly ChosenColumn[], columns: readonly FileColumn[], classes: Classes) {
  const codes = new Set(chosen.flatMap(({ variable, code }) => (variable.role === 'sensitive' ? [code] : [])));
  const uniform = [...codes].map((code) => ({
    code,
    classes: uniformClasses(
      classes,
      columns.flatMap(({ numbers }, index) => (chosen[index]?.code === code ? [numbers] : [])),
    ),
    madeFrom: new Set(chosen.find((each) => each.code === code)?.madeFrom),
  }));
  return columns.map((column, index): FileColumn => {
    const own = chosen[index];
    const telling = uniform.filter(({ code, madeFrom }) => own && (own.reach.has(code) || madeFrom.has(own.code)));
    const withheld = new Set(telling.flatMap((each) => [...each.classes]));
    return { ...column, numbers: withholdIn(column.numbers, classes, withheld) };
  });
}

/** Counts the classes anew from what will be written: whatever went wrong before, no smaller class leaves (rule M6). */
function assertClasses(microdata: Microdata, chosen: readonly ChosenColumn[]): Microdata {
  const telling = new Set(chosen.flatMap((each) => (each.telling ? [each.variable.name] : [])));
  const known = microdata.columns.map(({ key, numbers, variable }) =>
    key ? numbers : statesOf(numbers, telling.has(variable.name)),
  );
  const sizes = new Map<string, number>();
  for (const row of microdata.rowNames.keys()) {
    const look = known.map((numbers) => numbers[row]).join();
    sizes.set(look, (sizes.get(look) ?? 0) + 1);
  }
  const least = Math.min(...sizes.values());
  if (least < microdata.k) throw new Error(`a class of ${least} rows was about to leave; nothing was written`);
  return microdata;
}
