/** A last look at a data file as it will be written: whatever went wrong before, nobody leaves in too small a class. */
import { isKeptName } from '../../questionnaire/checks/names-in-files.ts';
import { MISSING } from '../../questionnaire/variables.ts';
import type { DataFile, DataVariable } from './data-file.ts';
import { compatibleRows } from './generalise/adversary.ts';
import { countClasses } from './generalise/count.ts';
import { stateOf } from './survey/asked-keys.ts';
import { holdNumbers, isWhole, type Reading, type WholeNumbers } from './whole-numbers.ts';

export interface FileLook {
  /** The rows of the smallest class (rule M6). */
  readonly smallestClass: number;
  /** The fewest rows that fit a respondent whose keys are known (rule M7). */
  readonly fewestCompatible: number;
}

/** What is true of everybody who answered, in any order of its own. */
export interface Truth {
  readonly respondents: number;
  /** The number of a variable for each respondent. */
  of(name: string): Reading;
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
  const hold = (read: Reading) => holdNumbers(truth.respondents, read);
  const known = [
    ...variables
      .filter(({ role }) => role === 'key')
      .map((key) => ({ published: numbersOf(key), truth: hold(truth.of(key.name)) })),
    ...statesIn(variables, truth).map((each) => ({
      published: holdNumbers(rows, each.published),
      truth: hold(each.truth),
    })),
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

function numbersOf({ name, values }: DataVariable): WholeNumbers {
  if (isWhole(values)) return values;
  throw new Error(`${name} has no whole numbers`);
}

function coded(numbers: WholeNumbers) {
  const places = new Map(
    [...new Set(numbers)].sort((one, other) => one - other).map((number, place) => [number, place]),
  );
  return { codes: holdNumbers(numbers.length, (row) => places.get(numbers[row] ?? 0) ?? 0), span: places.size };
}

/** What a column says of who was asked: in the file, and of the respondents. */
interface States {
  readonly published: Reading;
  readonly truth: Reading;
}

/** Who was asked, column by column. Most of a block were asked of the same people: each pattern is looked at once. */
function statesIn(variables: readonly DataVariable[], truth: Truth): States[] {
  const kept: States[] = [];
  for (const column of variables) {
    if (column.role !== 'sensitive' && column.role !== 'plain') continue;
    const telling = truth.isTelling(column.name);
    const [numbers, answers] = [numbersOf(column), truth.of(column.name)];
    const published = (row: number) => {
      const number = numbers[row] ?? MISSING.withheld;
      return number === MISSING.withheld ? number : stateOf(number, telling);
    };
    const own = { published, truth: (respondent: number) => stateOf(answers(respondent), telling) };
    const isKnown = kept.some(
      (other) =>
        areSame(own.published, other.published, numbers.length) && areSame(own.truth, other.truth, truth.respondents),
    );
    if (!isKnown) kept.push(own);
  }
  return kept;
}

function areSame(one: Reading, other: Reading, length: number): boolean {
  for (let at = 0; at < length; at++) if (one(at) !== other(at)) return false;
  return true;
}

const least = (numbers: Int32Array) => numbers.reduce((found, each) => Math.min(found, each), Number.MAX_SAFE_INTEGER);
