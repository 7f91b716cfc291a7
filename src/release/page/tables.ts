/** The tables behind a chart: a question's figures overall, by groups, or as averages. */
import { type Figure, type Line, linesOf, printedShare } from '../tables/figures.ts';
import type { ProtectedTable, ShownGroup } from '../tables/protected-tables.ts';
import type { Speaker } from './words.ts';

export interface FigureTable {
  readonly caption: string;
  readonly head: readonly string[];
  /** A row that takes answers together stands apart from the answers that it is made of. */
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[]; readonly net: boolean }[];
}

/** A row's figure in a group by its place among the options and then the NETs. */
export function lineAt(table: ProtectedTable, group: ShownGroup, row: number, line: number): Line | undefined {
  const figures = group.rows[row];
  return figures && linesOf(table, figures)[line];
}

/** A question's tables: one, or for a grid by groups one for each of its rows. */
export function tablesOf(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): FigureTable[] {
  const { t, text } = speaker;
  if (table.kind === 'number') return [meansTable(table, groups, speaker)];
  const [overall] = groups;
  if (groups.length === 1 && overall && overall.code === '') {
    return table.rows.length === 1 ? [detailTable(table, overall, speaker)] : [gridTable(table, overall, speaker)];
  }
  return table.rows.map(({ label }, row) => ({
    caption: table.rows.length === 1 ? text(table.label) : text(label),
    head: [t('results.answer'), ...groups.map(speaker.group)],
    rows: [...table.options, ...table.nets].map((line, index) => ({
      label: text(line.label),
      cells: groups.map((group) => speaker.figure(lineAt(table, group, row, index)?.figure ?? { state: 'hidden' })),
      net: index >= table.options.length,
    })),
  }));
}

/** Everybody, one base: how many, what share, and how sure it is. */
function detailTable(table: ProtectedTable, group: ShownGroup, { t, text, figure: say }: Speaker): FigureTable {
  const [row] = group.rows;
  return {
    caption: text(table.label),
    head: [t('results.answer'), t('results.number'), t('results.interval')],
    rows: (row ? linesOf(table, row) : []).map(({ label, figure, measure }) => ({
      label: text(label),
      cells: [say(figure), sayInterval(figure, t)],
      net: measure === 'net',
    })),
  };
}

/** A grid's rows against its options. */
function gridTable(table: ProtectedTable, group: ShownGroup, { t, text, figure: say }: Speaker): FigureTable {
  return {
    caption: text(table.label),
    head: [
      t('results.row'),
      ...table.options.map(({ label }) => text(label)),
      ...table.nets.map(({ label }) => t('results.net', { label: text(label) })),
    ],
    rows: table.rows.flatMap(({ label }, index) => {
      const row = group.rows[index];
      return row
        ? [{ label: text(label), cells: linesOf(table, row).map(({ figure }) => say(figure)), net: false }]
        : [];
    }),
  };
}

function meansTable(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): FigureTable {
  const { t, text } = speaker;
  return {
    caption: text(table.label),
    head: [t('results.group'), t('results.mean'), t('results.answeredHead')],
    rows: groups.map((group) => ({
      label: speaker.group(group),
      cells: [group.rows[0]?.mean, group.rows[0]?.base].map((value) => String(value ?? t('results.hidden'))),
      net: false,
    })),
  };
}

function sayInterval(figure: Figure, t: Speaker['t']): string {
  if (figure.state === 'hidden') return t('results.hidden');
  const share = printedShare(figure);
  return share ? t('results.range', { low: share.low, high: share.high }) : '';
}

/** The stage beside its other readings, for everybody. */
export function readingsTable(
  readings: readonly ProtectedTable[],
  { t, text, figure }: Pick<Speaker, 't' | 'text' | 'figure'>,
): FigureTable {
  const views = readings.map((table) => (table.overall?.rows[0] ? linesOf(table, table.overall.rows[0]) : []));
  return {
    caption: t('results.readings'),
    head: [t('results.answer'), ...readings.map(({ label }) => text(label))],
    rows: (readings[0]?.options ?? []).map(({ label }, index) => ({
      label: text(label),
      cells: views.map((lines) => figure(lines[index]?.figure ?? { state: 'hidden' })),
      net: false,
    })),
  };
}
