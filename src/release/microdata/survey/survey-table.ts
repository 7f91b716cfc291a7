/** A survey's answers as the search takes them: keys with their levels, who was asked, and what each column tells. */
import type { Snapshot } from '../../../results/snapshot.ts';
import { checkChoices } from '../generalise/key-columns.ts';
import { type AskedKey, askedKeys } from './asked-keys.ts';
import type { Candidate } from './choose-levels.ts';
import { type ChosenColumn, chooseColumns, type Versions } from './columns.ts';
import { type Numbers, numbersIn } from './numbers.ts';
import { type SurveyKey, surveyKey } from './survey-key.ts';
import { type Telling, tellingIn } from './telling.ts';

export interface SurveyTable {
  readonly versions: Versions;
  readonly snapshot: Snapshot;
  readonly numbers: Numbers;
  readonly telling: Telling;
  readonly keyNames: readonly string[];
  readonly keys: readonly SurveyKey[];
  readonly asked: readonly AskedKey[];
  /** Keys first, then who was asked, each with how many columns it routes. */
  readonly candidates: readonly Candidate[];
  /** How many columns there would be beside all keys as they were answered. */
  readonly columns: number;
}

/** @param keyNames of the declared keys those that the file may have @throws NotReleasable */
export function surveyTable(versions: Versions, snapshot: Snapshot, keyNames: readonly string[]): SurveyTable {
  const numbers = numbersIn(snapshot);
  const { columns } = chooseColumns(versions, snapshot.variables, keyNames);
  const telling = tellingIn(versions);
  const published = new Set(keyNames);
  const keys = keyNames.map((name) => surveyKey(versions, snapshot, numbers, name));
  const told = (code: string) => telling.told(code, keyNames, published);
  const asked = askedKeys(columns, keys, numbers, told);
  const routed = columns.filter(({ variable }) => variable.universe.length > 0);
  const candidates = [
    ...keys.map(({ name, key }) => ({
      name,
      key,
      routes: routed.filter((column) => column.telling && told(column.code).includes(name)).length,
    })),
    ...asked.map(({ key, codes }) => ({
      name: key.name,
      key,
      routes: columns.filter(({ code }) => codes.has(code)).length,
    })),
  ];
  checkChoices(candidates.map(({ key }) => key));
  return { versions, snapshot, numbers, telling, keyNames, keys, asked, candidates, columns: columns.length };
}

/** The columns of a file whose keys are published under these names, and what stays with the keys that are not. */
export function columnsBeside(
  { versions, snapshot, keys, asked }: SurveyTable,
  levels: ReadonlyMap<string, number>,
): {
  readonly columns: readonly ChosenColumn[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
} {
  const names = keys.flatMap((key) => key.levels[levels.get(key.name) ?? 0]?.name ?? []);
  const whyAbsent = (name: string) => {
    const own = keys.find((key) => key.name === name);
    if (!own) return 'is a key that was not chosen';
    const coarser = own.levels[levels.get(name) ?? 0]?.name;
    return coarser === undefined
      ? 'had to be made the same for everybody, so that enough rows look alike'
      : `is made coarser, to "${coarser}"`;
  };
  const { columns, leftOut } = chooseColumns(versions, snapshot.variables, names, whyAbsent);
  const untold = new Set(asked.flatMap(({ key, codes }) => ((levels.get(key.name) ?? 0) > 0 ? [...codes] : [])));
  const reason = 'shows who was asked, which is no key and would tell too few rows apart';
  const gone = new Set(columns.filter(({ code }) => untold.has(code)).map(({ code }) => code));
  return {
    columns: columns.filter(({ code }) => !untold.has(code)),
    leftOut: [...leftOut, ...[...gone].map((name) => ({ name, reason }))],
  };
}

/** How many columns go when the candidates are on these levels. */
export function countLost(table: SurveyTable, levels: readonly number[]): number {
  const byName = new Map(table.candidates.map(({ name }, place) => [name, levels[place] ?? 0]));
  return table.columns - columnsBeside(table, byName).columns.length;
}
