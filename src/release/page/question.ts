/** One question's results as a page shows them: words, a chart and tables. */
import { type Figure, type Line, linesOf } from '../figures.ts';
import { WARN_BASE } from '../policy.ts';
import type { ProtectedTable, ShownGroup } from '../protected-tables.ts';
import { REST } from '../protection/groups.ts';
import { type Chart, type ChartLine, drawChart } from './chart.ts';
import type { Speaker } from './words.ts';

export interface FigureTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[]; readonly net: boolean }[];
}

export interface QuestionView {
  readonly id: string;
  readonly title: string;
  readonly wordings: readonly string[];
  readonly asked: string;
  /** How many answered, where all of the question has one base. */
  readonly answered: readonly string[];
  readonly notes: readonly string[];
  readonly charts: readonly Chart[];
  /** Shown at once, because there is no chart that says the same. */
  readonly open: boolean;
  readonly tables: readonly FigureTable[];
}

/** More bars than this are a wall: then the table stands alone. */
const MOST_BARS = 40;

/**
 * A question overall, or by a segment.
 * @param by the segment asked for; a table that is not shown by it is shown overall, and says so
 */
export function viewTable(table: ProtectedTable, by: string | undefined, speaker: Speaker): QuestionView {
  const { t, text } = speaker;
  const common = {
    id: table.name.toLowerCase(),
    title: text(table.label),
    wordings: table.wordings.map(text).filter((wording) => wording !== text(table.label)),
    asked: table.universe ? t('results.askedIf', { who: text(table.universe) }) : t('results.askedAll'),
  };
  const { overall } = table;
  if (!overall) return { ...common, answered: [], notes: [t('results.withheld')], charts: [], open: true, tables: [] };
  const view = table.views.find(({ segment }) => segment === by);
  const groups = view?.groups ?? [overall];
  const charts = chartsOf(table, groups, speaker);
  return {
    ...common,
    answered: groups.map((group) => sayAnswered(group, speaker)),
    notes: notesOf(table, groups, by !== undefined && !view, speaker),
    charts,
    open: charts.length === 0,
    tables: tablesOf(table, groups, speaker),
  };
}

/** "54 of the 55 who were asked answered", for each group; a grid has a base for each row, in its table. */
function sayAnswered(group: ShownGroup, { t, group: name }: Speaker): string {
  const bases = group.rows.map(({ base }) => base).filter((base) => base !== null);
  const values = { asked: group.asked, least: Math.min(...bases), most: Math.max(...bases) };
  const who = group.code === '' ? '' : `${name(group)}: `;
  if (bases.length === 0) return `${who}${t('results.hidden')}`;
  return who + t(values.least === values.most ? 'results.answered' : 'results.answeredRange', values);
}

function notesOf(table: ProtectedTable, groups: readonly ShownGroup[], notByIt: boolean, speaker: Speaker): string[] {
  const { t, text } = speaker;
  const bases = groups.flatMap(({ rows }) => rows.map(({ base }) => base ?? WARN_BASE));
  const lines = groups.flatMap(({ rows }) => rows.flatMap((row) => linesOf(table, row)));
  const rest = groups.find(({ code }) => code === REST);
  return [
    ...(notByIt ? [t('results.notBySegment')] : []),
    ...(rest && rest.labels.length > 0 ? [t('results.restIs', { labels: rest.labels.map(text).join(', ') })] : []),
    ...(Math.min(...bases) < WARN_BASE ? [t('results.few')] : []),
    ...(lines.some(({ figure }) => figure.state === 'hidden') ? [t('results.whyHidden')] : []),
  ];
}

/** A bar for each option, or for each row's NET; by groups, one under the other for each. */
function chartsOf(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): Chart[] {
  const { t, text } = speaker;
  if (table.kind === 'number' || table.kind === 'date') return [];
  const single = table.rows.length === 1;
  const [net] = table.nets;
  if (!single && !net) return [];
  const rows = single
    ? [...table.options, ...table.nets].map((line, index) => ({
        label: text(line.label),
        at: (group: ShownGroup) => lineAt(table, group, 0, index),
      }))
    : table.rows.map(({ label }, index) => ({
        label: text(label),
        at: (group: ShownGroup) => lineAt(table, group, index, table.options.length),
      }));
  if (rows.length * groups.length > MOST_BARS) return [];
  const title =
    single || !net ? text(table.label) : t('results.chartNet', { title: text(table.label), net: text(net.label) });
  const lines = rows.flatMap(({ label, at }): ChartLine[] => {
    const figures = groups.flatMap((group) => ({ group, line: at(group) }));
    return figures.flatMap(({ group, line }, index) => {
      if (!line) return [];
      if (groups.length === 1) return [{ label, figure: line.figure }];
      return [{ ...(index === 0 && { heading: label }), label: speaker.group(group), figure: line.figure }];
    });
  });
  return [drawChart({ id: `chart-${table.name.toLowerCase()}`, title }, lines, speaker.figure)];
}

function lineAt(table: ProtectedTable, group: ShownGroup, row: number, line: number): Line | undefined {
  const figures = group.rows[row];
  return figures && linesOf(table, figures)[line];
}

function tablesOf(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): FigureTable[] {
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
    head: [t('results.row'), ...[...table.options, ...table.nets].map(({ label }) => text(label))],
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
  return figure.share ? t('results.range', { low: figure.share.low, high: figure.share.high }) : '';
}
