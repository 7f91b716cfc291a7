/** What published tables count, as groups of rows that a data file shows too (rule M18). */

import type { SnapshotVariable } from '../../../../results/variables.ts';
import type { ProtectedTable, ProtectedTables } from '../../../tables/protected-tables.ts';
import { REST } from '../../../tables/protection/groups.ts';
import type { Reading } from '../../whole-numbers.ts';
import type { Versions } from '../columns.ts';
import { keyVersions } from '../columns.ts';
import type { Numbers } from '../numbers.ts';

/** A column of tables: the same cells for everybody and for each group of a segment. */
export interface Distribution {
  readonly variable: SnapshotVariable;
  /** How many gave each answer, where that is printed, by the answer's number. */
  readonly overall: ReadonlyMap<number, number>;
  readonly views: readonly {
    readonly segment: SnapshotVariable;
    /** For each response the place of its group; −1 where it is in none. */
    readonly groupOf: Reading;
    /** For each group as in `overall`. */
    readonly groups: readonly ReadonlyMap<number, number>[];
  }[];
}

/** Everything that a release of tables counts, one for each variable. */
export function distributionsIn(
  tables: ProtectedTables,
  versions: Versions,
  variables: readonly SnapshotVariable[],
  numbers: Numbers,
): Distribution[] {
  const segments = new Map<string, SegmentGroups>();
  const groupsOf = (name: string, codes: ShownCodes) => {
    const key = `${name} ${codes.map(({ code }) => code).join()}`;
    const found = segments.get(key) ?? segmentGroups(name, codes, versions, variables, numbers);
    if (found) segments.set(key, found);
    return found;
  };
  return tables.tables.flatMap((table) => {
    const { overall } = table;
    if (!overall) return [];
    return variablesOfTable(table, variables).map(({ variable, place }) => ({
      variable,
      overall: countsIn(table, overall.rows, place, variable),
      views: table.views.flatMap(({ segment, groups }) => {
        const found = groupsOf(segment, groups);
        return found ? [{ ...found, groups: groups.map(({ rows }) => countsIn(table, rows, place, variable)) }] : [];
      }),
    }));
  });
}

interface SegmentGroups {
  readonly segment: SnapshotVariable;
  readonly groupOf: Reading;
}

type ShownCodes = ProtectedTable['views'][number]['groups'];

/** A tick list has a variable for each option; anything else one for each row. */
function variablesOfTable(
  { kind, name, rows, options }: ProtectedTable,
  variables: readonly SnapshotVariable[],
): { variable: SnapshotVariable; place: number }[] {
  const own =
    kind === 'list'
      ? options.map(({ code }) =>
          variables.find(({ question, part, derived }) => question === name && part === code && !derived),
        )
      : rows.map((row) => variables.find((variable) => variable.name === row.variable));
  return own.flatMap((variable, place) => (variable?.kind === 'categorical' ? [{ variable, place }] : []));
}

function countsIn(
  { kind, options, collapsed }: ProtectedTable,
  rows: ShownCodes[number]['rows'],
  place: number,
  { categories }: SnapshotVariable,
): ReadonlyMap<number, number> {
  const numberOf = (code: string) => categories.find((category) => category.code === code)?.value;
  const cells: readonly (readonly [number | undefined, number | null | undefined])[] =
    kind === 'list'
      ? tickedOf(rows[0]?.base ?? null, rows[0]?.counts[place] ?? null, numberOf)
      : collapsed
        ? []
        : options.map(({ code }, option) => [numberOf(code), rows[place]?.counts[option]]);
  return new Map(cells.flatMap(([number, n]) => (number === undefined || typeof n !== 'number' ? [] : [[number, n]])));
}

function tickedOf(base: number | null, yes: number | null, numberOf: (code: string) => number | undefined) {
  return [
    [numberOf('yes'), yes],
    [numberOf('no'), base === null || yes === null ? null : base - yes],
  ] as const;
}

/** Which rows stand in which group of a segment: a value, a coarser group of its hierarchy, or the rest. */
function segmentGroups(
  name: string,
  shown: ShownCodes,
  versions: Versions,
  variables: readonly SnapshotVariable[],
  numbers: Numbers,
): SegmentGroups | undefined {
  const segment = variables.find((variable) => variable.name === name);
  if (!segment) return undefined;
  const coarser = keyVersions(versions).flatMap((list) => {
    const [own = '', ...others] = list;
    return own.toLowerCase() === name ? others.flatMap((each) => variables.find((one) => one.name === each) ?? []) : [];
  });
  const levels = [segment, ...coarser].map((variable) => ({ variable, read: numbers.of(variable) }));
  const groups = new Int16Array(numbers.rows).fill(-1);
  // A coarser group can be called like a value. Its label tells them apart; where that is the same too, the smaller.
  shown.forEach(({ code, labels }, place) => {
    if (code === REST) return;
    const [level, number] =
      levels
        .map((each) => [each, each.variable.categories.find((category) => category.code === code)] as const)
        .sort((one, other) => Number(isCalled(other[1], labels)) - Number(isCalled(one[1], labels)))
        .flatMap(([each, category]) => (category ? [[each, category.value] as const] : []))[0] ?? [];
    if (!level) return;
    for (let row = 0; row < groups.length; row++) {
      if (groups[row] === -1 && level.read(row) === number) groups[row] = place;
    }
  });
  const rest = shown.findIndex(({ code }) => code === REST);
  for (let row = 0; row < groups.length; row++) if (groups[row] === -1) groups[row] = rest;
  return { segment, groupOf: (row) => groups[row] ?? -1 };
}

function isCalled(category: SnapshotVariable['categories'][number] | undefined, labels: ShownCodes[number]['labels']) {
  return category !== undefined && JSON.stringify(category.label) === JSON.stringify(labels[0]);
}
