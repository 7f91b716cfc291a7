/**
 * The data as an Excel workbook, on request: the sheets data, variables, categories and about. A workbook is a zip of XML
 * (ECMA-376, part 1, SpreadsheetML), so these are its parts and whoever writes zips writes it. Libraries write a workbook
 * in constant memory only where it has a single sheet.
 */
import { safeCell } from '../cells.ts';
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import type { Entry } from './entry.ts';
import { countColumn } from './frequencies.ts';
import { plainNumber } from './numbers.ts';
import { SYNTHETIC, withheldSentence } from './terms.ts';
import { escapeXml } from './xml.ts';

/** What a sheet can hold, with its header. */
export const MOST_ROWS = 1_048_576;

type Cell = string | number;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows that are gathered into a chunk. */
const BATCH = 500;

/** The parts of the workbook, in the order in which they are to be written. @throws when a sheet cannot hold the rows */
export function workbookParts(file: DataFile): Entry[] {
  if (file.rows >= MOST_ROWS) {
    throw new Error(`The file has ${file.rows} rows, and a sheet holds ${MOST_ROWS - 1}. Take the CSV or Parquet.`);
  }
  const sheets = [
    ['data', () => dataRows(file)],
    ['variables', () => variableRows(file)],
    ['categories', () => categoryRows(file)],
    ['about', () => aboutRows(file)],
  ] as const;
  const names = sheets.map(([name]) => name);
  return [
    { name: '[Content_Types].xml', chunks: () => [contentTypes(names)] },
    { name: '_rels/.rels', chunks: () => [relations([['officeDocument', 'xl/workbook.xml']])] },
    { name: 'xl/workbook.xml', chunks: () => [workbook(names)] },
    {
      name: 'xl/_rels/workbook.xml.rels',
      chunks: () => [relations(names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`]))],
    },
    ...sheets.map(([, rows], index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      chunks: () => sheetChunks(rows()),
    })),
  ];
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

function* sheetChunks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let text = `${HEAD}<worksheet xmlns="${SPREADSHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  let gathered = 0;
  for (const row of rows) {
    text += `<row>${row.map(cellXml).join('')}</row>`;
    gathered += 1;
    if (gathered % BATCH > 0) continue;
    yield text;
    text = '';
  }
  yield `${text}</sheetData></worksheet>`;
}

/** Text stands in its own cell, and is guarded as in the CSV: a workbook is saved as one soon enough (rule F3). */
function cellXml(cell: Cell): string {
  if (typeof cell === 'number') return `<c><v>${plainNumber(cell)}</v></c>`;
  if (cell === '') return '<c/>';
  // Excel reads "_x000D_" as a character by its number, so a text that happens to look like that is said to be none.
  const text = safeCell(cell).replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_');
  return `<c t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`;
}

function workbook(names: readonly string[]): string {
  const sheets = names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  return `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${RELATIONS}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

function relations(targets: readonly (readonly string[])[]): string {
  const each = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${each.join('')}</Relationships>`;
}

function contentTypes(names: readonly string[]): string {
  const sheets = names.map(
    (_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  );
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${sheets.join('')}</Types>`;
}
