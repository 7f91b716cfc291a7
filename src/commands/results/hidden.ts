/** How much of a release's tables is hidden, for the person who makes it or decides about it. */
import { linesOf } from '../../release/tables/figures.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from '../../release/tables/protected-tables.ts';
import { counted } from '../support.ts';

interface FigureCount {
  readonly all: number;
  readonly hidden: number;
}

function countIn(table: ProtectedTable, groups: readonly ShownGroup[]): FigureCount {
  const figures = groups.flatMap((group) => group.rows.flatMap((row) => linesOf(table, row)));
  return { all: figures.length, hidden: figures.filter(({ figure }) => figure.state === 'hidden').length };
}

const overallOf = ({ overall }: ProtectedTable) => (overall ? [overall] : []);

/** Where figures are hidden, before it is published: a coarser segment or other options would show more. */
export function hiddenByTable({ tables }: ProtectedTables): string[] {
  return tables.flatMap((table) =>
    [
      { name: table.name, ...countIn(table, overallOf(table)) },
      ...table.views.map(({ segment, groups }) => ({ name: `${table.name} by ${segment}`, ...countIn(table, groups) })),
    ]
      .filter(({ hidden }) => hidden > 0)
      .map(({ name, all, hidden }) => `${name}: ${hidden} of ${all} hidden`),
  );
}

/** How many figures there are, and how many of them are hidden. */
export function hiddenLine({ tables }: ProtectedTables): string {
  const counts = tables.map((table) =>
    countIn(table, [...overallOf(table), ...table.views.flatMap(({ groups }) => groups)]),
  );
  const sum = (key: keyof FigureCount) => counts.reduce((total, each) => total + each[key], 0);
  return `${counted(sum('all'), 'figure')} in ${counted(tables.length, 'table')}, ${sum('hidden')} of them hidden to protect people.`;
}
