/** The keys of a data file as dimensions that researchers filter and cross by, each with its coarser versions. */
import { DONT_KNOW, PREFER_NOT } from '../../questionnaire/answers.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { MISSING, variablesOf } from '../../questionnaire/variables.ts';
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { type Key, keyOf } from '../microdata/generalise/keys.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { isWhole, type WholeNumbers } from '../microdata/whole-numbers.ts';

/** What the network tier reads of a data file. */
export type NetworkFile = Pick<DataFile, 'rows' | 'variables'>;

/** The value of those of whom a key is not known: not asked, not answered, or withheld. Nobody can ask for it. */
export const NOT_KNOWN = '?';

/** One version of a key: `size`, `size_wide`. */
interface Version {
  readonly name: string;
  readonly label: string;
  /** What each of its values is called, by code. */
  readonly labels: ReadonlyMap<string, string>;
}

export interface NetworkKey {
  /** The question's code, or the name of the variable. */
  readonly code: string;
  /** The tree; its leaves are the codes of the file's categories, and `NOT_KNOWN` last. */
  readonly key: Key;
  /** One for each level of the tree but the top, the finest first. */
  readonly versions: readonly Version[];
}

/** The keys of a file, in its order. */
export function networkKeys(file: NetworkFile, survey: Survey): NetworkKey[] {
  return file.variables.filter(({ role }) => role === 'key').map((variable) => networkKey(variable, survey));
}

const MARKS: ReadonlyMap<number, string> = new Map([
  [MISSING.dontKnow, DONT_KNOW],
  [MISSING.preferNotToSay, PREFER_NOT],
]);

function networkKey(variable: DataVariable, survey: Survey): NetworkKey {
  const { leaves, versions, paths } = versionsOf(variable, numbersIn(variable), survey);
  const place = new Map(leaves.map(({ value }, leaf) => [value, leaf]));
  const codes = placesIn(variable, place, () => leaves.length);
  return { code: variable.question?.code ?? variable.name, key: keyOf(variable.name, codes, paths), versions };
}

/**
 * A key with its coarser versions, and the path of each of its leaves through them.
 * @param given the numbers that stand in it: a marked answer that nobody gave is no leaf
 */
export function versionsOf(
  variable: Pick<DataVariable, 'name' | 'label' | 'categories'>,
  given: ReadonlySet<number>,
  survey: Survey,
) {
  const leaves = leavesIn(variable, given, survey);
  const own = new Map([...leaves.map(({ code, label }) => [code, label] as const), NOT_KNOWN_ENTRY]);
  const versions: Version[] = [{ name: variable.name, label: variable.label, labels: own }];
  const paths = [...own.keys()].map((code) => [code]);
  for (const coarser of coarserNames(survey, variable.name)) {
    const version = coarserVersion(survey, coarser, versions, paths);
    if (!version) break;
    versions.push(version);
  }
  return { leaves, versions, paths };
}

/** The different numbers of a column, missing codes among them. */
export function numbersIn(variable: DataVariable): Set<number> {
  const numbers = wholeColumn(variable);
  const [least, most] = rangeOf(numbers);
  if (most - least >= WIDEST) return new Set(numbers);
  const seen = new Uint8Array(most - least + 1);
  for (let row = 0; row < numbers.length; row++) seen[(numbers[row] ?? 0) - least] = 1;
  return new Set(Array.from(seen.keys(), (place) => least + place).filter((number) => seen[number - least] === 1));
}

/** For each respondent the place of its number. @param otherwise the place of a number that has none */
export function placesIn(
  variable: DataVariable,
  places: ReadonlyMap<number, number>,
  otherwise: (value: number) => number,
): Int32Array {
  const numbers = wholeColumn(variable);
  const placeOf = (value: number) => places.get(value) ?? otherwise(value);
  const [least, most] = rangeOf(numbers);
  if (most - least >= WIDEST) return Int32Array.from(numbers, placeOf);
  const table = Int32Array.from({ length: most - least + 1 }, (_, place) => placeOf(least + place));
  const found = new Int32Array(numbers.length);
  for (let row = 0; row < numbers.length; row++) found[row] = table[(numbers[row] ?? 0) - least] ?? 0;
  return found;
}

/** A column of a narrower range than this is read by a table, in a tenth of the time that looking up each number takes. */
const WIDEST = 65_536;

/** The values of a column that has no text. */
export function wholeColumn({ name, values }: DataVariable): WholeNumbers {
  if (isWhole(values)) return values;
  throw new Error(`${name} has no whole numbers`);
}

/** The least and the most; 0 and 0 of none. */
function rangeOf(numbers: WholeNumbers): readonly [number, number] {
  const known = ranges.get(numbers);
  if (known) return known;
  let least = numbers[0] ?? 0;
  let most = least;
  for (let row = 0; row < numbers.length; row++) {
    const number = numbers[row] ?? 0;
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const range = [least, most] as const;
  ranges.set(numbers, range);
  return range;
}

/** A column is looked through for what it holds, and then again to be put into cells. */
const ranges = new WeakMap<WholeNumbers, readonly [number, number]>();

const NOT_KNOWN_ENTRY = [NOT_KNOWN, 'Not known, or in no group'] as const;

/** The file's categories with the survey's codes, and the marked answers that somebody gave. */
function leavesIn(
  { name, categories }: Pick<DataVariable, 'name' | 'categories'>,
  given: ReadonlySet<number>,
  survey: Survey,
) {
  const described = variablesOf(survey).find((each) => each.name === name)?.categories ?? [];
  const codes = new Map(described.map(({ value, code }) => [value, code]));
  const marks = MISSING_WORDS.filter(({ value }) => MARKS.has(value) && given.has(value));
  return [...categories, ...marks].map(({ value, label }) => ({
    value,
    label,
    code: MARKS.get(value) ?? codes.get(value) ?? String(value),
  }));
}

/** The coarser versions that the survey's file names for a key, which may itself be one. */
function coarserNames({ file }: Survey, name: string): readonly string[] {
  for (const [finest, coarser] of Object.entries(file.disclosure.hierarchies)) {
    const list = [finest, ...coarser].map((each) => each.toLowerCase());
    if (list.includes(name)) return list.slice(list.indexOf(name) + 1);
  }
  return [];
}

/**
 * A "groups" variable as the next level; adds each leaf's group to its path. What is in no group stays what it is.
 * Undefined where the variable does not rest on a version before it, or takes apart what was together.
 */
function coarserVersion(
  survey: Survey,
  name: string,
  versions: readonly Version[],
  paths: string[][],
): Version | undefined {
  const definition = survey.file.derived.find(({ code }) => code === name);
  if (definition?.kind !== 'groups') return undefined;
  const of = versions.findIndex((version) => version.name === definition.of.toLowerCase());
  if (of === -1) return undefined;
  const [language = 'en'] = survey.file.languages;
  const labels = new Map<string, string>();
  const parents = new Map<string, string>();
  const next = paths.map((path) => {
    const code = path[of] ?? NOT_KNOWN;
    const group = definition.groups.find(({ options }) => options.includes(code));
    labels.set(
      group?.code ?? code,
      group ? inLanguage(group.label, language, language) : (versions[of]?.labels.get(code) ?? code),
    );
    return group?.code ?? code;
  });
  for (const [leaf, group] of next.entries()) {
    const before = paths[leaf]?.at(-1) ?? NOT_KNOWN;
    if ((parents.get(before) ?? group) !== group) return undefined;
    parents.set(before, group);
  }
  for (const [leaf, group] of next.entries()) paths[leaf]?.push(group);
  return { name, label: inLanguage(definition.label, language, language), labels };
}
