/** The figures of a question one to a line, for files: each line says by itself what it is of. */
import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../cells.ts';
import { type Figure, linesOf } from '../tables/figures.ts';
import type { ShownGroup } from '../tables/protected-tables.ts';
import type { Shown } from './shown.ts';

const COLUMNS = [
  'survey',
  'release',
  'made_on',
  'question',
  'question_text',
  'asked_of',
  'filters',
  'dont_know',
  'segment',
  'segment_value',
  'segment_text',
  'selected',
  'variable',
  'variable_text',
  'measure',
  'option',
  'option_text',
  'base',
  'n',
  'percent',
  'low',
  'high',
  'state',
  'synthetic',
] as const;

/** After these, where percentages are weighted. */
const WEIGHTED_COLUMNS = [
  'weighted_percent',
  'weighted_low',
  'weighted_high',
  'effective_base',
  'design_effect',
] as const;

/** What the values of `state` mean. */
export const STATES = {
  shown: 'The figure is printed.',
  hidden:
    'There is a figure, and it is not told with these filters or groups: some figure would be of too few. It is not zero.',
  none: 'Nobody of these was asked, or nobody answered: there is nothing to count.',
} as const;

type State = keyof typeof STATES;
type Column = (typeof COLUMNS)[number] | (typeof WEIGHTED_COLUMNS)[number];
export type FigureLine = { readonly [column in Exclude<Column, 'state'>]?: string | number } & {
  readonly state: State;
};

/** What a file says of its survey in each line. */
export interface OfSurvey {
  readonly survey: string;
  readonly title: string;
  readonly synthetic: boolean;
}

/** Every figure of what is shown, in the order of the questionnaire, whatever the page is sorted by. */
export function figureLines({ answer, selection, table, groups, dontKnow }: Shown, of: OfSurvey): FigureLine[] {
  const { table: told, release, madeOn } = answer;
  const { where, by } = selection;
  const wordings = table.wordings.length > 0 ? table.wordings : [told.label];
  const designEffect = told.weighting?.designEffect;
  const common = {
    survey: of.survey,
    release,
    made_on: madeOn,
    question: table.name,
    // Some were asked in other words.
    question_text: wordings.map(wordsOf).join(' / '),
    asked_of: sayUniverse(table),
    filters: writeFilters(where),
    dont_know: dontKnow === 'out' ? 'left out' : 'counted',
    segment: by ?? '',
    synthetic: String(of.synthetic),
    ...(designEffect !== undefined && { design_effect: designEffect }),
  };
  return groups.flatMap((group) =>
    table.rows.flatMap(({ variable, label }, place) => {
      const row = group.rows[place];
      if (!row) return [];
      return linesOf(table, row).map(({ measure, code, label: own, figure }) => ({
        ...common,
        ...ofGroup(group),
        variable,
        variable_text: wordsOf(label),
        measure,
        option: code,
        option_text: wordsOf(own),
        ...(row.base !== null && { base: row.base }),
        ...cellsOf(figure),
        ...(row.weighted && { effective_base: row.weighted.effectiveBase }),
        state: stateOf(figure),
      }));
    }),
  );
}

/** Texts of told tables are in one language. */
const wordsOf = (text: Shown['table']['label']) => (typeof text === 'string' ? text : (Object.values(text)[0] ?? ''));

const sayUniverse = ({ universe }: Shown['table']) =>
  universe === undefined ? 'everyone' : `where ${wordsOf(universe)}`;

/** As on the command line: `size=micro|small; k1=north`. */
function writeFilters(where: Shown['selection']['where']): string {
  return Object.entries(where)
    .map(([name, values]) => `${name}=${values.join('|')}`)
    .join('; ');
}

function ofGroup({ code, labels, asked }: ShownGroup) {
  return { segment_value: code, segment_text: labels.map(wordsOf).join(', '), selected: asked };
}

function stateOf(figure: Figure): State {
  if (figure.state === 'hidden') return 'hidden';
  return figure.base === 0 ? 'none' : 'shown';
}

function cellsOf(figure: Figure): Partial<FigureLine> {
  if (figure.state === 'hidden' || figure.base === 0) return {};
  const { n, share, weighted } = figure;
  return {
    n,
    ...share,
    ...(weighted && {
      weighted_percent: weighted.percent,
      weighted_low: weighted.low,
      weighted_high: weighted.high,
    }),
  };
}

/** The header and the rows of a file of figures. */
export function figureRows(lines: readonly FigureLine[]): (string | number)[][] {
  const isWeighted = lines.some(({ design_effect: effect }) => effect !== undefined);
  const columns: Column[] = [...COLUMNS, ...(isWeighted ? WEIGHTED_COLUMNS : [])];
  return [columns, ...lines.map((line) => columns.map((column) => line[column] ?? ''))];
}

/** UTF-8, CRLF, a header, no line break in a cell, and no cell that a spreadsheet would run (rules F2 and F3). */
export function figuresCsv(lines: readonly FigureLine[]): string {
  const rows = figureRows(lines).map((row) => row.map((cell) => (typeof cell === 'string' ? safeCell(cell) : cell)));
  return stringify(rows, { record_delimiter: 'windows' });
}
