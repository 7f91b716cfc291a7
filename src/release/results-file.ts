/** The published tables as files: one tidy line for each figure, and the same as JSON. */
import { stringify } from 'csv-stringify/sync';
import type { Text } from '../questionnaire/definition.ts';
import { inLanguage } from '../questionnaire/text.ts';
import { safeCell } from './cells.ts';
import { linesOf } from './figures.ts';
import type { ProtectedTable, ProtectedTables, RowFigures, ShownGroup } from './protected-tables.ts';
import type { Released } from './released.ts';

const RESULTS_COLUMNS = [
  'question',
  'question_text',
  'variable',
  'variable_text',
  'measure',
  'option',
  'option_text',
  'segment',
  'segment_value',
  'segment_text',
  'asked',
  'base',
  'n',
  'percent',
  'low',
  'high',
  'mean',
  'state',
] as const;

/** What a line does not have is left out. */
type ResultsLine = { readonly [Column in (typeof RESULTS_COLUMNS)[number]]?: string | number | null };

/**
 * One line for each figure of a release, in the survey's first language. `segment` is empty for everybody. `state` is
 * "shown", "hidden" (the figure stands in no column of its line) or "withheld" (too few answered the question).
 */
export function resultsLines({ content }: Released<ProtectedTables>): ResultsLine[] {
  const [language = 'en'] = content.languages;
  return content.tables.flatMap((table) => {
    const words = (text: Text) => inLanguage(text, language, language);
    const views = [{ segment: '', groups: table.overall ? [table.overall] : [] }, ...table.views];
    if (!table.overall) return [{ ...startOf(table, words), state: 'withheld' }];
    return views.flatMap(({ segment, groups }) =>
      groups.flatMap((group) => groupLines(table, { ...startOf(table, words), segment }, group, words)),
    );
  });
}

/** `results.csv`: UTF-8, CRLF, a header, no line break in a cell, and no cell that a spreadsheet would run. */
export function resultsCsv(released: Released<ProtectedTables>): string {
  const rows = resultsLines(released).map((line) =>
    RESULTS_COLUMNS.map((column) => {
      const value = line[column];
      return typeof value === 'string' ? safeCell(value) : (value ?? null);
    }),
  );
  return stringify([[...RESULTS_COLUMNS], ...rows], { record_delimiter: 'windows' });
}

/** `results.json`: what the release is, and its figures. @param release left out for a preview */
export function resultsJson(
  released: Released<ProtectedTables>,
  release: { readonly number: number; readonly hash: string } | undefined,
): object {
  const { survey, version, title, wave, madeOn, responses, synthetic, policy, segments, sections } = released.content;
  const figures = resultsLines(released);
  const { number, hash } = release ?? {};
  return {
    survey,
    version,
    title,
    wave,
    release: release && { number, hash },
    madeOn,
    responses,
    synthetic,
    policy,
    segments,
    sections,
    figures,
  };
}

type Words = (text: Text) => string;

function startOf(table: ProtectedTable, words: Words): ResultsLine {
  const [wording = table.label] = table.wordings;
  return { question: table.name, question_text: words(wording), segment: '' };
}

function groupLines(table: ProtectedTable, start: ResultsLine, group: ShownGroup, words: Words): ResultsLine[] {
  return table.rows.flatMap(({ variable, label }, index) => {
    const row: RowFigures | undefined = group.rows[index];
    if (!row) return [];
    const common = {
      ...start,
      variable,
      variable_text: words(label),
      segment_value: group.code,
      segment_text: group.labels.map(words).join(', '),
      asked: group.asked,
      base: row.base,
    };
    const lines = linesOf(table, row).map(({ measure, code, label: own, figure }) => ({
      ...common,
      measure,
      option: code,
      option_text: words(own),
      ...(figure.state === 'shown' && { n: figure.n, ...figure.share }),
      state: figure.state,
    }));
    if (row.mean === undefined) return lines;
    return [...lines, { ...common, measure: 'mean', mean: row.mean, state: row.mean === null ? 'hidden' : 'shown' }];
  });
}
