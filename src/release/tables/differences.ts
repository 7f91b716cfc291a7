/** Where groups differ, said from published figures alone: what a release hides cannot be told by a test of it. */
import { type Compared, compareFamily } from '../../results/differences.ts';
import { PERCENT_BASE } from '../policy.ts';
import { type Figure, type Line, linesOf } from './figures.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from './protected-tables.ts';

export type ShownFigure = Extract<Figure, { state: 'shown' }>;

/** One line of a table compared between the groups of a segment. */
export interface Comparison {
  readonly table: ProtectedTable;
  readonly segment: string;
  /** The row's place in the table. */
  readonly row: number;
  /** What was said, with its label. */
  readonly line: Pick<Line, 'measure' | 'code' | 'label'>;
  /** The groups that are compared, each with its figure. */
  readonly groups: readonly { readonly group: ShownGroup; readonly figure: ShownFigure }[];
  /** What the test says; undefined where no test holds, and `hidden` where one would need a figure that is hidden. */
  readonly result: Compared | 'hidden' | undefined;
}

/** All that the correction is over: the tables of a release, or one that was asked for by itself. */
export type ComparedContent = Pick<ProtectedTables, 'tables'>;

/** A release never changes, so its comparisons are worked out once. */
const known = new WeakMap<ComparedContent, readonly Comparison[]>();

/**
 * Every comparison of these tables: each answer and each NET of each table, between the groups of each segment that it is
 * printed by. Left out are numbers and dates, tables that the segment is made of, groups of fewer than can have a
 * percentage, and what another line of the table leaves over.
 */
export function comparisonsOf(content: ComparedContent): readonly Comparison[] {
  const found = known.get(content);
  if (found) return found;
  const comparisons = content.tables.flatMap((table) =>
    table.views
      .filter(({ segment }) => isCompared(table) && !table.makes?.includes(segment))
      .flatMap(({ segment, groups }) => table.rows.flatMap((_, row) => compareRow(table, segment, groups, row))),
  );
  const open = comparisons.filter(({ result }) => result !== 'hidden');
  const results = compareFamily(open.map(({ groups }) => groups.map(({ figure }) => figure)));
  const byComparison = new Map(open.map((comparison, index) => [comparison, results[index]]));
  const told = comparisons.map((each) =>
    each.result === 'hidden' ? each : { ...each, result: byComparison.get(each) },
  );
  known.set(content, told);
  return told;
}

function isCompared({ kind }: ProtectedTable): boolean {
  return kind !== 'number' && kind !== 'date';
}

function compareRow(table: ProtectedTable, segment: string, all: readonly ShownGroup[], row: number): Comparison[] {
  const groups = all.filter((group) => (group.rows[row]?.base ?? 0) >= PERCENT_BASE);
  const lines = groups.map((group) => {
    const figures = group.rows[row];
    return figures ? linesOf(table, figures) : [];
  });
  const [first = []] = lines;
  if (groups.length < 2) return [];
  const compared = first.map(({ measure, code, label }, place): Comparison => {
    const shown = groups.flatMap((group, index) => {
      const figure = lines[index]?.[place]?.figure;
      return figure?.state === 'shown' ? [{ group, figure }] : [];
    });
    const result = shown.length < groups.length ? ('hidden' as const) : undefined;
    return { table, segment, row, line: { measure, code, label }, groups: shown, result };
  });
  // Answers taken together come first: "a problem" says more than what it leaves over, "not a problem".
  const ordered = [...compared].sort((one, other) => Number(isNet(other)) - Number(isNet(one)));
  const kept = ordered.filter((each, place) => !ordered.slice(0, place).some((before) => isMirror(each, before)));
  return compared.filter((each) => kept.includes(each));
}

const isNet = ({ line }: Comparison) => line.measure === 'net';

/** Whether one is what the other leaves over, of answers of which everybody gives one: then one test says both. */
function isMirror(one: Comparison, other: Comparison): boolean {
  if (one.table.kind === 'list' || one.result === 'hidden' || other.result === 'hidden') return false;
  return one.groups.every(({ figure: { n, base } }, place) => n + (other.groups[place]?.figure.n ?? 0) === base);
}
