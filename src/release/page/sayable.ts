/** What of a table can be shown at all: figures that are all hidden are no figures. */
import { linesOf } from '../tables/figures.ts';
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';

/** Whether any figure of the table is shown among these people. */
function hasFigures(table: ProtectedTable, { rows }: ShownGroup): boolean {
  return rows.some(
    (row) => typeof row.mean === 'number' || linesOf(table, row).some(({ figure }) => figure.state === 'shown'),
  );
}

/** Whether any figure of the table is shown to anybody, overall or by a segment. */
export function isSayable(table: ProtectedTable): boolean {
  return (
    groupsOf(table, undefined).length > 0 || table.views.some(({ segment }) => groupsOf(table, segment).length > 0)
  );
}

/** Whether the table tells anything by this segment. */
export function isSayableBy(table: ProtectedTable, segment: string): boolean {
  return groupsOf(table, segment).length > 0;
}

/** The groups of a segment, or everybody, about which the table says something. */
function groupsOf(table: ProtectedTable, by: string | undefined): ShownGroup[] {
  return allGroupsOf(table, by).filter((group) => hasFigures(table, group));
}

function allGroupsOf({ overall, views }: ProtectedTable, by: string | undefined): readonly ShownGroup[] {
  if (by === undefined) return overall ? [overall] : [];
  return views.find(({ segment }) => segment === by)?.groups ?? [];
}

export interface Sayable {
  /** Those with figures; never none. */
  readonly groups: readonly ShownGroup[];
  /** Those of whom so few gave each answer that nothing is left to show. */
  readonly silent: readonly ShownGroup[];
  /** False where everybody is shown instead of the segment asked for. */
  readonly bySegment: boolean;
}

/** What to show of a table by a segment, or of everybody where that says nothing; undefined if neither says anything. */
export function findSayable(table: ProtectedTable, by: string | undefined): Sayable | undefined {
  const bySegment = by !== undefined && isSayableBy(table, by);
  const groups = groupsOf(table, bySegment ? by : undefined);
  if (groups.length === 0) return undefined;
  const silent = allGroupsOf(table, bySegment ? by : undefined).filter((group) => !groups.includes(group));
  return { groups, silent, bySegment };
}
