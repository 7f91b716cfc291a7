/** A declared key of a survey with its coarser versions, as the search takes it (rule M4). */
import type { Survey } from '../../../questionnaire/survey.ts';
import { MISSING } from '../../../questionnaire/variables.ts';
import type { Snapshot } from '../../../results/snapshot.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import { type Key, keyOf } from '../generalise/keys.ts';
import { getKeyVariables, keyVersions, type Versions } from './columns.ts';
import { looksIn } from './looks.ts';
import type { Numbers } from './numbers.ts';

export interface SurveyKey {
  /** As the survey's file names it. */
  readonly name: string;
  /** What is published of it on each level but the top, where everybody is the same. */
  readonly levels: readonly KeyLevel[];
  readonly key: Key;
}

export interface KeyLevel {
  /** As the survey's file names it: the key's own name, or that of a coarser version. */
  readonly name: string;
  /** A tick list has one for each option on its finest level; anything else is one. */
  readonly variables: readonly SnapshotVariable[];
}

/** The numbers that a published value stands for, one for each variable of the level. */
export function numbersOfValue(value: string): number[] {
  return value.split(' ').map(Number);
}

/**
 * A key from the answers. Every answer that there could be is a leaf, and so is every reason why there is none. A
 * coarser version is taken as far as it nests: an older version of the survey that grouped otherwise ends the way up.
 * @throws NotReleasable when the key cannot be one
 */
export function surveyKey(versions: Versions, snapshot: Snapshot, numbers: Numbers, name: string): SurveyKey {
  const variables = getKeyVariables(snapshot.variables, name);
  const looks = looksIn(
    variables.map((variable) => numbers.of(variable)),
    numbers.rows,
    ' ',
  );
  const [only] = variables.length === 1 ? variables : [];
  const declared = (only?.categories ?? []).map(({ value }) => String(value));
  const leaves = [...new Set([...declared, ...[...looks.texts].sort()])];
  const places = new Map(leaves.map((leaf, place) => [leaf, place]));
  const codes = looks.of.map((look) => places.get(looks.texts[look] ?? '') ?? 0);
  const paths = leaves.map((leaf) => [leaf]);
  const levels: KeyLevel[] = [{ name, variables }];
  for (const coarser of only ? coarserVersions(versions, name) : []) {
    const variable = snapshot.variables.find((each) => each.name === coarser);
    const parents = only && variable && parentsOf(versions, { name, only, coarser, variable }, leaves, codes, numbers);
    if (!variable || !parents || !nests(paths, parents)) break;
    for (const [place, parent] of parents.entries()) paths[place]?.push(parent);
    levels.push({ name: coarser, variables: [variable] });
  }
  return { name, levels, key: keyOf(name, codes, paths) };
}

function coarserVersions(versions: Versions, name: string): readonly string[] {
  return keyVersions(versions)
    .flatMap((list) => (list.includes(name) ? [list.slice(list.indexOf(name) + 1)] : []))
    .flat();
}

interface Step {
  readonly name: string;
  readonly only: SnapshotVariable;
  readonly coarser: string;
  readonly variable: SnapshotVariable;
}

/** Each leaf's value on a coarser level: as it was answered; else by its groups. Undefined where one leaf has two. */
function parentsOf(
  versions: Versions,
  { name, only, coarser, variable }: Step,
  leaves: readonly string[],
  codes: Int32Array,
  numbers: Numbers,
): string[] | undefined {
  const found = new Map<number, number>();
  const read = numbers.of(variable);
  for (const [row, leaf] of codes.entries()) {
    const parent = read(row);
    if ((found.get(leaf) ?? parent) !== parent) return undefined;
    found.set(leaf, parent);
  }
  return leaves.map((leaf, place) => {
    const code = only.categories.find(({ value }) => String(value) === leaf)?.code;
    const group = versions.map((survey) => groupOf(survey, coarser, name, code)).find((each) => each !== undefined);
    const value = variable.categories.find((category) => category.code === group)?.value ?? MISSING.blank;
    return String(found.get(place) ?? value);
  });
}

/** The group of a variable that an answer to the key falls into. */
function groupOf(survey: Survey, variable: string, key: string, code: string | undefined): string | undefined {
  const definition = survey.file.derived.find((each) => each.code === variable);
  if (definition?.kind !== 'groups' || code === undefined) return undefined;
  const finer = definition.of === key ? code : groupOf(survey, definition.of, key, code);
  return definition.groups.find(({ options }) => finer !== undefined && options.includes(finer))?.code;
}

function nests(paths: readonly (readonly string[])[], parents: readonly string[]): boolean {
  const known = new Map<string, string>();
  return paths.every((path, place) => {
    const own = path.at(-1) ?? '';
    const parent = parents[place] ?? '';
    const first = known.get(own) ?? parent;
    known.set(own, first);
    return first === parent;
  });
}
