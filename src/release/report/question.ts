/** A question in the report: who answered, what they said, stage by stage, what differs, and a chart of what was told. */
import type { Chart } from '../page/chart.ts';
import { drawTable } from '../page/charts.ts';
import { sayDifferences } from '../page/differences.ts';
import { findView, type QuestionView } from '../page/question.ts';
import { findSayable } from '../page/sayable.ts';
import type { Speaker } from '../page/words.ts';
import type { ProtectedTable, ProtectedTables, RowFigures, ShownGroup } from '../tables/protected-tables.ts';
import { placesTold, sayGroup } from './findings.ts';
import { asSentence } from './shares.ts';

export interface ReportQuestion extends Pick<QuestionView, 'id' | 'title' | 'wordings' | 'kept'> {
  /** Who was asked, and how many answered. */
  readonly about: readonly string[];
  /** What everybody said. */
  readonly everyone: readonly string[];
  /** What each group of the segment said. */
  readonly groups: readonly string[];
  /** Which groups differ clearly; none, where that is so or cannot be said. */
  readonly differences: readonly string[];
  /** That no group differs clearly, or that it cannot be said. */
  readonly compared: readonly string[];
  readonly notes: readonly string[];
  /** Some of its figures rest on few answers. */
  readonly few: boolean;
  readonly chart: Chart | undefined;
}

/**
 * A question by the survey's first segment, or of everybody where it cannot be shown so; undefined where nothing of it
 * can be shown.
 * @param segment the name of the first segment; undefined of a survey that has none
 */
export function findQuestion(
  content: ProtectedTables,
  table: ProtectedTable,
  segment: string | undefined,
  speaker: Speaker,
): ReportQuestion | undefined {
  const { t, language } = speaker;
  const own = table.name === segment ? undefined : segment;
  const view = findView(table, own, speaker, undefined);
  const sayable = findSayable(table, own);
  if (!view || !sayable) return undefined;
  const everyone = findSayable(table, undefined);
  const groups = (sayable.bySegment ? sayable.groups : []).flatMap((group) => sayNamed(table, group, speaker));
  const whole = (everyone?.groups ?? []).flatMap((group) => sayGroup(table, group, speaker));
  const isOneGroup = sayable.bySegment && sayable.groups.length + sayable.silent.length === 1 && groups.length === 1;
  const said =
    sayable.bySegment && segment !== undefined ? sayDifferences(content, table.name, segment, speaker) : undefined;
  return {
    id: view.id,
    title: view.title,
    wordings: view.wordings,
    kept: view.kept,
    about: [...view.asked, ...view.answered],
    // Where only one group was asked, everybody is that group.
    everyone: isOneGroup ? [] : whole.map((sentence) => asSentence(sentence, language)),
    groups,
    differences: [...(said?.first ?? []), ...(said?.rest ?? [])],
    compared: said?.notes ?? [],
    // Said once for the whole report: why figures are hidden, and that some rest on few answers.
    notes: view.notes.filter((note) => note !== t('results.whyHidden') && note !== t('results.few')),
    few: view.notes.includes(t('results.few')),
    chart: drawTold(table, sayable.groups, speaker),
  };
}

/** "Adopters: most often …" and what follows; nothing of a kind that is not told by groups. */
function sayNamed(table: ProtectedTable, group: ShownGroup, speaker: Speaker): string[] {
  const [first, ...rest] = sayGroup(table, group, speaker);
  if (first === undefined) return [];
  const said = speaker.t('findings.ofGroup', { group: speaker.group(group), said: first });
  return [[said, ...rest.map((sentence) => asSentence(sentence, speaker.language))].join(' ')];
}

/** What the sentences tell, as the page of results draws it: a chart of all answers would be longer than the words. */
function drawTold(table: ProtectedTable, groups: readonly ShownGroup[], speaker: Speaker): Chart | undefined {
  const told = placesTold(table, groups, speaker);
  if (!told || told.places.size === 0) return undefined;
  const keep = <T>(all: readonly T[]) => all.filter((_, place) => told.places.has(place));
  const narrow = (group: ShownGroup): ShownGroup => ({
    ...group,
    rows: told.by === 'rows' ? keep(group.rows) : group.rows.map((row) => narrowRow(row, keep)),
  });
  const narrowed = {
    ...table,
    rows: told.by === 'rows' ? keep(table.rows) : table.rows,
    options: told.by === 'rows' ? table.options : keep(table.options),
  };
  return drawTable(narrowed, groups.map(narrow), speaker).chart;
}

function narrowRow(row: RowFigures, keep: <T>(all: readonly T[]) => T[]): RowFigures {
  const { weighted, counts } = row;
  return {
    ...row,
    counts: keep(counts),
    ...(weighted && { weighted: { ...weighted, counts: keep(weighted.counts) } }),
  };
}
