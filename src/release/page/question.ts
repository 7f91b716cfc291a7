/** One question's results as a page shows them: words, a chart and tables. */
import { linesOf } from '../figures.ts';
import { WARN_BASE } from '../policy.ts';
import type { ProtectedTable, ShownGroup } from '../protected-tables.ts';
import { REST } from '../protection/groups.ts';
import { type Chart, type ChartGroup, drawChart } from './chart.ts';
import { findSayable, type Sayable } from './sayable.ts';
import { type FigureTable, lineAt, tablesOf } from './tables.ts';
import type { Speaker } from './words.ts';

export interface QuestionView {
  readonly id: string;
  readonly title: string;
  readonly wordings: readonly string[];
  /** Who was asked, and that everybody is shown where the segment asked for cannot be. */
  readonly asked: readonly string[];
  /** How many answered, for each group. */
  readonly answered: readonly string[];
  readonly notes: readonly string[];
  readonly charts: readonly Chart[];
  /** Shown at once, because there is no chart that says the same. */
  readonly open: boolean;
  readonly tables: readonly FigureTable[];
}

/** A question of which nothing can be shown. */
export type SilentQuestion = Pick<QuestionView, 'id' | 'title' | 'wordings'>;

/** More bars than this are a wall: then the table stands alone. */
const MOST_BARS = 40;

/**
 * A question overall, or by a segment; undefined when there is nothing to show.
 * @param by the segment asked for; a table that says nothing by it is shown overall, and says so
 */
export function findView(table: ProtectedTable, by: string | undefined, speaker: Speaker): QuestionView | undefined {
  const { t, text } = speaker;
  const sayable = findSayable(table, by);
  if (!sayable) return undefined;
  const charts = chartsOf(table, sayable.groups, speaker);
  return {
    ...nameOf(table, speaker),
    asked: [
      table.universe ? t('results.askedIf', { who: text(table.universe) }) : t('results.askedAll'),
      ...(by !== undefined && !sayable.bySegment ? [t('results.notBySegment')] : []),
    ],
    answered: [
      ...sayable.groups.map((group) => sayAnswered(group, speaker)),
      ...sayable.silent.map((group) => t('results.silentGroup', { group: speaker.group(group) })),
    ],
    notes: notesOf(table, sayable, speaker),
    charts,
    open: charts.length === 0,
    tables: tablesOf(table, sayable.groups, speaker),
  };
}

/** What a question is called, and how it was put. */
export function nameOf({ name, label, wordings }: ProtectedTable, { text }: Speaker): SilentQuestion {
  return {
    id: name.toLowerCase(),
    title: text(label),
    wordings: wordings.map(text).filter((wording) => wording !== text(label)),
  };
}

/** "54 of the 55 who were asked answered", for each group; a grid has a base for each row, in its table. */
function sayAnswered(group: ShownGroup, { t, group: name }: Speaker): string {
  const bases = group.rows.map(({ base }) => base).filter((base) => base !== null);
  const values = { asked: group.asked, least: Math.min(...bases), most: Math.max(...bases) };
  const who = group.code === '' ? '' : `${name(group)}: `;
  return who + t(values.least === values.most ? 'results.answered' : 'results.answeredRange', values);
}

function notesOf(table: ProtectedTable, { groups, silent }: Sayable, { t, text }: Speaker): string[] {
  const bases = groups.flatMap(({ rows }) => rows.map(({ base }) => base ?? WARN_BASE));
  const lines = groups.flatMap(({ rows }) => rows.flatMap((row) => linesOf(table, row)));
  const rest = [...groups, ...silent].find(({ code }) => code === REST);
  return [
    ...(rest && rest.labels.length > 0 ? [t('results.restIs', { labels: rest.labels.map(text).join(', ') })] : []),
    ...(Math.min(...bases) < WARN_BASE ? [t('results.few')] : []),
    ...(table.collapsed ? [t('results.collapsed')] : []),
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
  const linesFor = ({ label, at }: (typeof rows)[number]) =>
    groups.flatMap((group) => {
      const line = at(group);
      return line ? [{ label: group.code === '' ? label : speaker.group(group), figure: line.figure }] : [];
    });
  const isOverall = groups.every(({ code }) => code === '');
  const together: ChartGroup[] = isOverall
    ? [{ lines: rows.flatMap(linesFor) }]
    : rows.map((row) => ({ heading: row.label, lines: linesFor(row) }));
  return [drawChart({ id: `chart-${table.name.toLowerCase()}`, title }, together, speaker.figure)];
}
