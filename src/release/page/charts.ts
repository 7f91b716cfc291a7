/** What of a question is drawn, and what is told in one line instead of many empty ones. */
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';
import { type Chart, type ChartGroup, drawChart } from './chart.ts';
import { lineAt } from './tables.ts';
import type { Speaker } from './words.ts';

/** More bars than this are a wall: then the table stands alone, though on a phone it is several times as long. */
export const MOST_BARS = 80;

interface Row {
  readonly label: string;
  readonly net: boolean;
  at(group: ShownGroup): ReturnType<typeof lineAt>;
}

export interface Drawing {
  readonly chart: Chart | undefined;
  /** The answers that nobody gave in any group shown. */
  readonly nobody: readonly string[];
}

/** A bar for each option, or for each row's NET; by groups, one under the other for each. */
export function drawTable(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): Drawing {
  const { t, text } = speaker;
  const [net] = table.nets;
  const single = table.rows.length === 1;
  if (table.kind === 'number' || table.kind === 'date' || !(single || net)) return { chart: undefined, nobody: [] };
  const all = single ? linesAsRows(table, speaker) : rowsByNet(table, speaker);
  const empty = single && table.kind !== 'scale' ? all.filter((row) => isNobody(row, groups)) : [];
  const rows = all.filter((row) => !empty.includes(row));
  const nobody = empty.map(({ label }) => label);
  if (rows.length === 0 || rows.length * groups.length > MOST_BARS) return { chart: undefined, nobody };
  const title =
    single || !net ? text(table.label) : t('results.chartNet', { title: text(table.label), net: text(net.label) });
  const about = { id: `chart-${table.name.toLowerCase()}`, title };
  return { chart: drawChart(about, together(rows, groups, speaker), speaker.figure), nobody };
}

/** The options of a question, and its NETs under words that say what they are. */
function linesAsRows(table: ProtectedTable, { t, text }: Speaker): Row[] {
  return [...table.options, ...table.nets].map(({ label }, index) => {
    const net = index >= table.options.length;
    return {
      label: net ? t('results.net', { label: text(label) }) : text(label),
      net,
      at: (group) => lineAt(table, group, 0, index),
    };
  });
}

/** The rows of a grid, each by its first NET, which the chart's title names. */
function rowsByNet(table: ProtectedTable, { text }: Speaker): Row[] {
  return table.rows.map(({ label }, index) => ({
    label: text(label),
    net: false,
    at: (group) => lineAt(table, group, index, table.options.length),
  }));
}

/** Whether it is in the open that nobody gave this answer, in every group. */
function isNobody({ net, at }: Row, groups: readonly ShownGroup[]): boolean {
  const figures = groups.map((group) => at(group)?.figure);
  return !net && figures.every((figure) => figure?.state === 'shown' && figure.n === 0);
}

function together(rows: readonly Row[], groups: readonly ShownGroup[], speaker: Speaker): ChartGroup[] {
  const linesFor = ({ label, net, at }: Row) =>
    groups.flatMap((group) => {
      const line = at(group);
      const isEveryone = group.code === '';
      return line
        ? [{ label: isEveryone ? label : speaker.group(group), figure: line.figure, net: isEveryone && net }]
        : [];
    });
  if (groups.every(({ code }) => code === '')) return [{ lines: rows.flatMap(linesFor) }];
  return rows.map((row) => ({ heading: row.label, net: row.net, lines: linesFor(row) }));
}
