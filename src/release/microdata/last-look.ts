/** A last look at a data file as it will be written: whatever went wrong before, nobody leaves in too small a class. */
import { isKeptName } from '../../questionnaire/checks/names-in-files.ts';
import { MISSING } from '../../questionnaire/variables.ts';
import type { DataFile, DataVariable } from './data-file.ts';
import { compatibleRows } from './generalise/adversary.ts';
import { countClasses } from './generalise/count.ts';
import { stateOf } from './survey/asked-keys.ts';

export interface FileLook {
  /** The rows of the smallest class (rule M6). */
  readonly smallestClass: number;
  /** The fewest rows that fit a respondent whose keys are known (rule M7). */
  readonly fewestCompatible: number;
}

/** What is true of everybody who answered, in any order of its own. */
export interface Truth {
  /** The numbers of a variable for each respondent. */
  of(name: string): Int32Array;
  /** Whether that somebody was not asked it is known to whoever knows them. */
  isTelling(name: string): boolean;
}

/**
 * Looks for every respondent in the file's own values, as somebody who knows all their keys and what they were asked.
 * @throws when a class, or what fits a respondent, is under k, or a column has a name that no program reads: then
 *   nothing may be written
 */
export function lookAtFile({ about, rows, variables }: DataFile, truth: Truth): FileLook {
  assertNames(variables);
  const known = [
    ...variables
      .filter(({ role }) => role === 'key')
      .map((key) => ({ published: numbersOf(key), truth: truth.of(key.name) })),
    ...distinct(
      variables
        .filter(({ role }) => role === 'sensitive' || role === 'plain')
        .map((column) => {
          const telling = truth.isTelling(column.name);
          const state = (number: number) => stateOf(number, telling);
          return {
            published: numbersOf(column).map((each) => (each === MISSING.withheld ? each : state(each))),
            truth: truth.of(column.name).map(state),
          };
        }),
    ),
  ];
  const classes = countClasses(
    known.map(({ published }) => coded(published)),
    rows,
  );
  const smallestClass = least(classes.sizes);
  const found =
    known.length === 0
      ? Int32Array.of(rows)
      : compatibleRows(
          known.map(({ published }) => published),
          known.map((each) => each.truth),
        );
  const fewestCompatible = least(found);
  if (smallestClass < about.k || fewestCompatible < about.k) {
    throw new Error(
      `the file was about to leave with a class of ${smallestClass} and somebody whom ${fewestCompatible} rows fit, at k = ${about.k}; nothing was written`,
    );
  }
  return { smallestClass, fewestCompatible };
}

/** Rule F7: the survey's file was refused for such a name, unless its check was passed by. */
function assertNames(variables: readonly DataVariable[]): void {
  const seen = new Set<string>();
  for (const { name } of variables) {
    if (!/^[a-z][a-z0-9_]{0,31}$/.test(name) || isKeptName(name) || seen.has(name))
      throw new Error(`no column can be called "${name}"; nothing was written`);
    seen.add(name);
  }
}

function numbersOf({ name, values }: DataVariable): Int32Array {
  if (values instanceof Int32Array) return values;
  throw new Error(`${name} has no whole numbers`);
}

function coded(numbers: Int32Array) {
  const places = new Map(
    [...new Set(numbers)].sort((one, other) => one - other).map((number, place) => [number, place]),
  );
  return { codes: numbers.map((number) => places.get(number) ?? 0), span: places.size };
}

/** Most columns of a block were asked of the same people: each pattern is looked at once. */
function distinct<T extends { readonly published: Int32Array; readonly truth: Int32Array }>(
  columns: readonly T[],
): T[] {
  const same = (one: Int32Array, other: Int32Array) => one.every((number, row) => number === other[row]);
  const kept: T[] = [];
  for (const column of columns) {
    if (!kept.some(({ published, truth }) => same(published, column.published) && same(truth, column.truth)))
      kept.push(column);
  }
  return kept;
}

const least = (numbers: Int32Array) => numbers.reduce((found, each) => Math.min(found, each), Number.MAX_SAFE_INTEGER);
