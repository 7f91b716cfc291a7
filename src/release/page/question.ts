/** One question's results as a page shows them: words, a chart and tables. */

import { showDay } from '../../questionnaire/days.ts';
import type { Text } from '../../questionnaire/definition.ts';
import { WARN_BASE } from '../policy.ts';
import { linesOf } from '../tables/figures.ts';
import type { ProtectedTable } from '../tables/protected-tables.ts';
import { REST } from '../tables/protection/groups.ts';
import { sayAnswered, sayAsked, sayMeans } from './asked.ts';
import type { Chart } from './chart.ts';
import { drawTable } from './charts.ts';
import type { LeavingOut } from './dont-know.ts';
import { findSayable, type Sayable } from './sayable.ts';
import { type FigureTable, tablesOf } from './tables.ts';
import type { Speaker } from './words.ts';

/** A word of the results and what it means. */
export interface Meaning {
  readonly label: string;
  readonly description: string;
}

export interface QuestionView {
  readonly id: string;
  readonly title: string;
  readonly wordings: readonly string[];
  /** What it means and what each of its answers means, where the survey says so. */
  readonly description: string | undefined;
  readonly meanings: readonly Meaning[];
  /** That its figures are those of an earlier release, and why. */
  readonly kept: string | undefined;
  /** Who was asked, and what of the page's choices could not be done here. */
  readonly asked: readonly string[];
  /** How many answered, for each group. */
  readonly answered: readonly string[];
  /** Averages, which no chart shows. */
  readonly means: readonly string[];
  readonly notes: readonly string[];
  readonly chart: Chart | undefined;
  /** The answers that nobody gave, which have no bars. */
  readonly nobody: string | undefined;
  /** Shown at once, because there is no chart that says the same. */
  readonly open: boolean;
  readonly tables: readonly FigureTable[];
}

/** A question of which nothing can be shown. */
export type SilentQuestion = Pick<QuestionView, 'id' | 'title' | 'wordings'>;

/**
 * A question overall, or by a segment; undefined when there is nothing to show.
 * @param by the segment asked for; a table that says nothing by it is shown overall, and says so
 * @param leaving what leaving out "don't know" does to it, where that is asked for
 */
export function findView(
  counted: ProtectedTable,
  by: string | undefined,
  speaker: Speaker,
  leaving: LeavingOut | undefined,
): QuestionView | undefined {
  const { t, text } = speaker;
  const table = leaving && 'table' in leaving ? leaving.table : counted;
  const sayable = findSayable(table, by);
  if (!sayable) return undefined;
  const { groups, bySegment } = sayable;
  const { chart, nobody } = drawTable(table, groups, speaker);
  const nobodyWords = t(table.workedOutFrom ? 'results.nobodyIs' : 'results.nobodyChose', {
    labels: nobody.join('; '),
  });
  return {
    ...nameOf(table, speaker),
    description: table.description && text(table.description),
    meanings: meaningsOf(table.options, speaker),
    kept: sayKept(table, bySegment ? by : undefined, speaker),
    asked: [
      ...sayAsked(table, by !== undefined && !bySegment, speaker),
      ...(leaving && 'kept' in leaving ? [t(`results.dontKnowKept_${leaving.kept}`)] : []),
    ],
    answered: sayAnswered(table, sayable, speaker),
    means: sayMeans(table, groups, speaker),
    notes: notesOf(table, sayable, speaker),
    chart,
    nobody: nobody.length > 0 ? nobodyWords : undefined,
    open: chart === undefined,
    tables: tablesOf(table, groups, speaker),
  };
}

/** New figures beside the old would tell the few who came or went since (rule R3). @param by the segment shown */
function sayKept(
  { keptFrom, views }: ProtectedTable,
  by: string | undefined,
  { t, language }: Speaker,
): string | undefined {
  const kept = views.find(({ segment }) => segment === by)?.keptFrom ?? keptFrom;
  return kept && t('results.kept', { number: kept.release, day: showDay(kept.madeOn, language) });
}

/** What a question is called, and how it was put. */
export function nameOf({ name, label, wordings }: ProtectedTable, { text }: Speaker): SilentQuestion {
  return {
    id: name.toLowerCase(),
    title: text(label),
    wordings: wordings.map(text).filter((wording) => wording !== text(label)),
  };
}

/** Those that say what they mean. */
export function meaningsOf(
  described: readonly { readonly label: Text; readonly description?: Text | undefined }[],
  { text }: Speaker,
): Meaning[] {
  return described.flatMap(({ label, description }) =>
    description === undefined ? [] : [{ label: text(label), description: text(description) }],
  );
}

function notesOf(table: ProtectedTable, { groups, silent }: Sayable, { t, text }: Speaker): string[] {
  const bases = groups.flatMap(({ rows }) => rows.map(({ base }) => base ?? WARN_BASE));
  const lines = groups.flatMap(({ rows }) => rows.flatMap((row) => linesOf(table, row)));
  const uncertain = lines.some(({ figure }) => figure.state === 'shown' && figure.weighted === null);
  const rest = [...groups, ...silent].find(({ code }) => code === REST);
  return [
    ...(table.filledIn ? [t('results.filledIn')] : []),
    ...(rest && rest.labels.length > 0 ? [t('results.restIs', { labels: rest.labels.map(text).join(', ') })] : []),
    ...(Math.min(...bases) < WARN_BASE ? [t('results.few')] : []),
    ...(groups.some(({ rows }) => rows.some(({ mean, weighted }) => weighted && typeof mean === 'number'))
      ? [t('results.meanNotWeighted')]
      : []),
    ...(uncertain ? [t('results.weightedNone')] : []),
    ...(table.collapsed ? [t('results.collapsed')] : []),
    ...(lines.some(({ figure }) => figure.state === 'hidden') ? [t('results.whyHidden')] : []),
  ];
}
