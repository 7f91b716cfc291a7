/** The published tables as files: one tidy line for each figure, and the same as JSON. */
import { stringify } from 'csv-stringify/sync';
import type { Text } from '../../questionnaire/definition.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { LEVEL } from '../../results/differences.ts';
import { safeCell } from '../cells.ts';
import type { Released } from '../released.ts';
import { comparisonsOf, type ShownFigure } from './differences.ts';
import { linesOf } from './figures.ts';
import type { ProtectedTable, ProtectedTables, RowFigures, ShownGroup } from './protected-tables.ts';

/** What a line of figures is of. */
export const PLACE_COLUMNS = [
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
] as const;

const RESULTS_COLUMNS = [
  ...PLACE_COLUMNS,
  'asked',
  'base',
  'n',
  'percent',
  'low',
  'high',
  'mean',
  'state',
  'synthetic',
] as const;

/** After these, of a survey that is weighted. */
const WEIGHTED_COLUMNS = ['weighted_percent', 'weighted_low', 'weighted_high', 'effective_base'] as const;

/** Last, where some figures are those of an earlier release: which, for these. */
const KEPT_COLUMN = 'from_release';

/** What the values of `state` mean; they stand in `results.json` too. */
const STATES = {
  shown: 'The figure is printed.',
  hidden:
    'There is a figure, and it is not printed: so few gave this answer, or would be left over, that somebody could be recognised. It is not zero: a zero is printed as 0.',
  withheld: 'Nothing is printed for this question: too few answered it.',
} as const;

type State = keyof typeof STATES;

/** What the values of `test` among the differences mean. */
const TESTS = {
  exact: 'Fisher’s exact test; for more than two groups that of Freeman and Halton.',
  'chi-square': 'Pearson’s chi-square test without correction, where 5 or more are expected in each cell.',
} as const;

const CORRECTION =
  'Holm’s, over all comparisons that could come out either way. Pairs of groups are compared where all groups together differ: corrected by Holm’s method among the pairs, and multiplied by the number of those comparisons.';

/** What a line does not have is left out. */
type ResultsLine = {
  readonly [Column in
    | Exclude<(typeof RESULTS_COLUMNS)[number], 'state' | 'synthetic'>
    | (typeof WEIGHTED_COLUMNS)[number]
    | typeof KEPT_COLUMN]?: string | number | null;
} & { readonly state: State };

/** One line for each figure of a release, in the survey's first language. `segment` is empty for everybody. */
export function resultsLines({ content }: Released<ProtectedTables>): ResultsLine[] {
  const [language = 'en'] = content.languages;
  return content.tables.flatMap((table) => {
    const words = (text: Text) => inLanguage(text, language, language);
    const views = [{ segment: '', groups: table.overall ? [table.overall] : [], keptFrom: undefined }, ...table.views];
    if (!table.overall) return [{ ...startOf(table, words), state: 'withheld' as const }];
    return views.flatMap(({ segment, groups, keptFrom = table.keptFrom }) => {
      const start = { ...startOf(table, words), segment, ...(keptFrom && { [KEPT_COLUMN]: keptFrom.release }) };
      return groups.flatMap((group) => groupLines(table, start, group, words));
    });
  });
}

/**
 * `results.csv`: UTF-8, CRLF, a header, no line break in a cell, and no cell that a spreadsheet would run. Each line says
 * whether the answers are made up, because lines are copied out of files and lose their names.
 */
export function resultsCsv(released: Released<ProtectedTables>): string {
  const synthetic = String(released.content.synthetic);
  const lines = resultsLines(released);
  const columns = [
    ...RESULTS_COLUMNS,
    ...(released.content.weighting ? WEIGHTED_COLUMNS : []),
    ...(lines.some((line) => line[KEPT_COLUMN] !== undefined) ? [KEPT_COLUMN] : []),
  ];
  const rows = lines.map((line) =>
    columns.map((column) => {
      const value = { ...line, synthetic }[column];
      return typeof value === 'string' ? safeCell(value) : (value ?? null);
    }),
  );
  return stringify([columns, ...rows], { record_delimiter: 'windows' });
}

/** `results.json`: what the release is, and its figures. @param release left out for a preview */
export function resultsJson(
  released: Released<ProtectedTables>,
  release: { readonly number: number; readonly hash: string } | undefined,
): object {
  const { content } = released;
  const { survey, version, title, wave, madeOn, responses, synthetic, policy, weighting, segments, sections } = content;
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
    ...(weighting && { weighting }),
    segments,
    sections,
    states: STATES,
    figures,
    differences: differencesIn(content),
  };
}

/** The comparisons between groups that could be made, each with what came of it; groups by their codes. */
function differencesIn(content: ProtectedTables): object {
  const comparisons = comparisonsOf(content);
  const compared = comparisons.flatMap(({ table, segment, row, line, groups, result }) => {
    if (typeof result !== 'object') return [];
    const codes = groups.map(({ group }) => group.code);
    const pairs = result.pairs.map(({ higher, lower, adjusted }) => ({
      more: codes[higher],
      less: codes[lower],
      p_adjusted: toFourDigits(adjusted),
    }));
    return [
      {
        question: table.name,
        variable: table.rows[row]?.variable,
        measure: line.measure,
        option: line.code,
        segment,
        groups: codes,
        test: result.method,
        p: toFourDigits(result.p),
        p_adjusted: toFourDigits(result.adjusted),
        clear: result.clear,
        ...(result.clear && { pairs }),
      },
    ];
  });
  return {
    tests: TESTS,
    correction: CORRECTION,
    level: LEVEL,
    hidden: comparisons.filter(({ result }) => result === 'hidden').length,
    untested: comparisons.filter(({ result }) => result === undefined).length,
    compared,
  };
}

function toFourDigits(p: number): number {
  return Number(p.toPrecision(4));
}

type Words = (text: Text) => string;

function startOf(table: ProtectedTable, words: Words): Omit<ResultsLine, 'state'> {
  const [wording = table.label] = table.wordings;
  return { question: table.name, question_text: words(wording), segment: '' };
}

function groupLines(
  table: ProtectedTable,
  start: Omit<ResultsLine, 'state'>,
  group: ShownGroup,
  words: Words,
): ResultsLine[] {
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
      ...(figure.state === 'shown' && { n: figure.n, ...figure.share, ...weightedCells(figure) }),
      ...(row.weighted && { effective_base: row.weighted.effectiveBase }),
      state: figure.state,
    }));
    if (row.mean === undefined) return lines;
    return [
      ...lines,
      {
        ...common,
        measure: 'mean',
        mean: row.mean,
        state: row.mean === null ? ('hidden' as const) : ('shown' as const),
      },
    ];
  });
}

function weightedCells({ weighted }: ShownFigure): Pick<ResultsLine, (typeof WEIGHTED_COLUMNS)[number]> {
  if (!weighted) return {};
  return { weighted_percent: weighted.percent, weighted_low: weighted.low, weighted_high: weighted.high };
}
