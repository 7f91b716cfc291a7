/** The data as an Excel workbook, on request: the sheets data, variables, categories and about. */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import type { Entry } from './entry.ts';
import { countColumn } from './frequencies.ts';
import { SYNTHETIC, withheldSentence } from './terms.ts';
import { type Cell, workbookOf } from './workbook.ts';

/** What a sheet can hold, with its header. */
export const MOST_ROWS = 1_048_576;

/** The parts of the workbook, in the order in which they are to be written. @throws when a sheet cannot hold the rows */
export function workbookParts(file: DataFile): Entry[] {
  if (file.rows >= MOST_ROWS) {
    throw new Error(`The file has ${file.rows} rows, and a sheet holds ${MOST_ROWS - 1}. Take the CSV or Parquet.`);
  }
  return workbookOf([
    ['data', () => dataRows(file)],
    ['variables', () => variableRows(file)],
    ['categories', () => categoryRows(file)],
    ['about', () => aboutRows(file)],
  ]);
}

function* dataRows({ rows, variables }: DataFile): Generator<Cell[]> {
  yield variables.map(({ name }) => name);
  for (let row = 0; row < rows; row++) yield variables.map(({ values }) => values[row] ?? '');
}

function* variableRows({ variables }: DataFile): Generator<Cell[]> {
  yield [
    'name',
    'label',
    'role',
    'kind',
    'question',
    'question_text',
    'universe',
    'worked_out_from',
    'withheld_for_some',
  ];
  for (const { name, label, role, kind, question, universe, workedOutFrom, withheldForSome } of variables) {
    const { code = '', text = '' } = question ?? {};
    const from = workedOutFrom?.join(', ') ?? '';
    yield [name, label, role, kind, code, text, universe ?? '', from, withheldForSome ? 'yes' : 'no'];
  }
}

function* categoryRows({ variables }: DataFile): Generator<Cell[]> {
  yield ['name', 'value', 'label', 'missing', 'n'];
  for (const variable of variables) yield* categoriesOf(variable);
}

function* categoriesOf(variable: DataVariable): Generator<Cell[]> {
  const counted = countColumn(variable);
  const unanswered = new Map(counted?.missing.map(({ value, n }) => [value, n]));
  for (const { value, label, n } of counted?.categories ?? []) yield [variable.name, value, label, 'no', n];
  if (counted === undefined) return;
  for (const { value, label } of MISSING_WORDS) {
    yield [variable.name, value, label, 'yes', unanswered.get(value) ?? 0];
  }
}

/** What the file says of itself, a word to a line. */
function aboutRows({ about, rows }: DataFile): Cell[][] {
  const { title, wave, survey, version, release, madeOn, audience, k } = about;
  return [
    ['what', 'it_is'],
    ...(about.synthetic ? [['synthetic', SYNTHETIC]] : []),
    ...Object.entries({ title, wave, survey, version, release, made_on: madeOn, audience, k, rows }),
    ['withheld', withheldSentence(about)],
  ];
}
