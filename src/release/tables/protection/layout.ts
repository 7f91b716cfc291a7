/** Which parts of the family can be shown at all, in which groups and how finely (rules T1, T2 and T4). */
import type { Text } from '../../../questionnaire/definition.ts';
import type { Survey } from '../../../questionnaire/survey.ts';
import type { Family, Item, Table } from '../../../results/tables.ts';
import type { Policy } from '../../policy.ts';
import { printedItems } from './collapse.ts';
import { answeredIn, countsIn } from './counts.ts';
import { type Group, groupValues, type Level, NOT_KNOWN } from './groups.ts';

/** A table with what is printed of it and the groups it is shown in. */
export interface LaidTable {
  readonly table: Table;
  /** The table's items, or the same with some answers taken together (rule T4). */
  readonly items: readonly Item[];
  /** For each segment of the family its groups; undefined where the table is not shown by it. */
  readonly views: readonly (readonly Group[] | undefined)[];
}

/** The tables that enough people answered, with their groups, and the names of those that too few did. */
export function layOut(family: Family, policy: Policy): { laid: LaidTable[]; withheld: Set<string> } {
  const levels = family.segments.map(({ name }) => levelsOf(family.survey, policy.hierarchies[name] ?? []));
  const tables = [...family.readings, ...family.tables];
  const enough = tables.filter(({ items }) =>
    items.every((item) => answeredIn(countsIn(item, undefined)) >= policy.base),
  );
  return {
    laid: enough.map((table) => {
      const views = family.segments.map((_, segment) => viewOf(family, table, segment, levels[segment] ?? [], policy));
      const contexts = family.segments.flatMap((variable, segment) =>
        (views[segment] ?? []).map(({ values }) => ({ segment, variable, values })),
      );
      return { table, items: printedItems(table, [undefined, ...contexts], policy), views };
    }),
    withheld: new Set(tables.filter((table) => !enough.includes(table)).map(({ name }) => name)),
  };
}

function viewOf(family: Family, table: Table, segment: number, levels: readonly Level[], policy: Policy) {
  const variable = family.segments[segment];
  if (!variable || !table.items.every(({ bySegment }) => bySegment[segment])) return undefined;
  const baseOf = (values: readonly string[]) => {
    const bases = table.items.map((item) => answeredIn(countsIn(item, { segment, variable, values })));
    return Math.min(...(bases.some((base) => base > 0) ? bases.filter((base) => base > 0) : [0]));
  };
  const values = variable.categories.map(({ code, label }) => ({ code, label, base: baseOf([code]) }));
  const groups = groupValues(values, baseOf([NOT_KNOWN]), levels, policy.base);
  // A row that few of a merged group answered: its base would be what the other groups leave over of everybody's.
  const isTold = groups.some((group) => baseOf(group.values) < policy.base);
  return groups.length === 0 || isTold ? undefined : groups;
}

/** The levels of a hierarchy of "groups" variables, each from the values of the segment itself. */
function levelsOf(survey: Survey, names: readonly string[]): Level[] {
  const levels: Level[] = [];
  for (const name of names) {
    const definition = survey.file.derived.find(({ code }) => code === name);
    if (definition?.kind !== 'groups') throw new Error(`the hierarchy names "${name}", which is not a groups variable`);
    const parents = new Map<string, { code: string; label: Text }>();
    for (const { code, label, options } of definition.groups) {
      for (const option of options) parents.set(option, { code, label });
    }
    const below = levels.at(-1);
    const composed =
      below &&
      [...below].flatMap(([value, { code }]) => {
        const parent = parents.get(code);
        return parent ? [[value, parent] as const] : [];
      });
    levels.push(composed ? new Map(composed) : parents);
  }
  return levels;
}
