/**
 * What published tables tell of every row of a file (rule T12). Each printed count, question by segment, is a sum over
 * rows. Where the file shows the answers and not the segment, all these sums together are a system that mostly has one
 * solution, and an integer program finds it: each row's group.
 */
import type { ProtectedTables } from '../../../tables/protected-tables.ts';
import { REST } from '../../../tables/protection/groups.ts';
import type { ProtectedRows } from '../protect-rows.ts';
import type { SurveyTable } from '../survey-table.ts';

/**
 * The segments by which tables are published and which the file does not show as finely. Finely enough is the segment
 * itself, or a coarser version of it where tables have the groups of that version and no others.
 */
export function segmentsTold(
  { snapshot }: SurveyTable,
  { keys, columns }: Pick<ProtectedRows, 'keys' | 'columns'>,
  tables: readonly ProtectedTables[],
): string[] {
  if (columns.length === 0) return [];
  const inFile = new Set([
    ...keys.flatMap(({ published }) => (published?.variables ?? []).map(({ name }) => name)),
    ...columns.map(({ variable }) => variable.name),
  ]);
  const isShown = (segment: string, codes: ReadonlySet<string>) => {
    if (inFile.has(segment)) return true;
    const coarser = keys.find(
      ({ name, published }) => name.toLowerCase() === segment && published?.variables.length === 1,
    );
    const variable = snapshot.variables.find(({ name }) => name === coarser?.published?.variables[0]?.name);
    const known = new Set(variable?.categories.map(({ code }) => code));
    return variable !== undefined && !codes.has(REST) && [...codes].every((code) => known.has(code));
  };
  return [...groupsIn(tables)].filter(([segment, codes]) => !isShown(segment, codes)).map(([segment]) => segment);
}

/** The same for tables that are made when a file is out already. @param names the columns of the file */
export function segmentsBeside(tables: ProtectedTables, names: readonly string[]): string[] {
  return [...groupsIn([tables]).keys()].filter((segment) => !names.includes(segment));
}

/** The segments by which there are tables, each with the codes of its groups, where they are more than one. */
function groupsIn(tables: readonly ProtectedTables[]): Map<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const { views } of tables.flatMap((each) => each.tables))
    for (const { segment, groups: own } of views) {
      const codes = groups.get(segment) ?? new Set();
      groups.set(segment, codes);
      for (const { code } of own) codes.add(code);
    }
  return new Map([...groups].filter(([, codes]) => codes.size > 1));
}
