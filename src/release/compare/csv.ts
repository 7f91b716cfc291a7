/** The comparison of two releases as a table, one figure to a line. */
import { stringify } from 'csv-stringify/sync';
import type { Text } from '../../questionnaire/definition.ts';
import { safeCell } from '../cells.ts';
import { printedShare } from '../tables/figures.ts';
import { PLACE_COLUMNS } from '../tables/results-file.ts';
import type { Comparison, LineChange, QuestionChange } from './compare.ts';
import { verdictOf } from './words.ts';

const COLUMNS = [
  ...PLACE_COLUMNS,
  'then_n',
  'then_base',
  'then_percent',
  'then_low',
  'then_high',
  'then_mean',
  'now_n',
  'now_base',
  'now_percent',
  'now_low',
  'now_high',
  'now_mean',
  'change',
  'change_low',
  'change_high',
  'p',
  'p_adjusted',
  'verdict',
  'state',
  'break',
  'then_release',
  'now_release',
  'synthetic',
] as const;
type Row = { readonly [Column in (typeof COLUMNS)[number]]?: string | number | undefined };

/** What all lines have: the two releases, and whether any of the answers are made up. */
export interface Releases {
  readonly before: number;
  readonly after: number;
  readonly synthetic: boolean;
}

/**
 * UTF-8, CRLF, a header, no cell that a spreadsheet would run. `state` is `stated`, or why no change is: `break`, `kept`,
 * `hidden`, `few`, `absent`; questions that only one release has are `added` or `gone`.
 * @param text in one language
 */
export function comparisonCsv(
  { questions, added, gone }: Comparison,
  { before, after, synthetic }: Releases,
  text: (text: Text) => string,
): string {
  const common = { then_release: before, now_release: after, synthetic: String(synthetic) };
  const alone = (state: string) => (table: QuestionChange['table']) => ({ ...startOf(table, text), state, ...common });
  const rows: Row[] = [
    ...questions.flatMap((question) => rowsOf(question, text).map((row) => ({ ...row, ...common }))),
    ...added.map(alone('added')),
    ...gone.map(alone('gone')),
  ];
  const cells = rows.map((row) =>
    COLUMNS.map((column) => {
      const value = row[column];
      return typeof value === 'string' ? safeCell(value) : (value ?? null);
    }),
  );
  return stringify([[...COLUMNS], ...cells], { record_delimiter: 'windows' });
}

function startOf({ name, label, wordings: [wording = label] }: QuestionChange['table'], text: (text: Text) => string) {
  return { question: name, question_text: text(wording) };
}

function rowsOf({ table, breaks, groups }: QuestionChange, text: (text: Text) => string): Row[] {
  const kinds = [...new Set(breaks.map(({ kind }) => kind))].join(' ');
  return groups.flatMap(({ segment, group, lines }) =>
    lines.map((line) => ({
      ...startOf(table, text),
      variable: line.variable,
      variable_text: text(line.rowLabel),
      measure: line.measure,
      option: line.code,
      option_text: line.measure === 'mean' ? '' : text(line.label),
      segment,
      segment_value: group.code,
      segment_text: group.labels.map(text).join(', '),
      ...valueCells('then', line.before),
      ...valueCells('now', line.after),
      ...changeCells(line.change),
      break: kinds,
    })),
  );
}

function valueCells(when: 'then' | 'now', value: LineChange['before']): Row {
  if (typeof value === 'number') return { [`${when}_mean`]: value };
  if (value?.state !== 'shown') return {};
  const share = printedShare(value);
  return {
    [`${when}_n`]: value.n,
    [`${when}_base`]: value.base,
    [`${when}_percent`]: share?.percent,
    [`${when}_low`]: share?.low,
    [`${when}_high`]: share?.high,
  };
}

function changeCells(change: LineChange['change']): Row {
  if (typeof change === 'string') return { state: change };
  const { points, interval, test } = change;
  return {
    state: 'stated',
    change: points,
    change_low: interval?.low,
    change_high: interval?.high,
    p: test && Number(test.p.toPrecision(4)),
    p_adjusted: test && Number(test.adjusted.toPrecision(4)),
    verdict: test && verdictOf(change),
  };
}
