/**
 * Excel workbooks. A workbook is a zip of XML (ECMA-376, part 1, SpreadsheetML), so these are its parts and whoever writes
 * zips writes it. Libraries write a workbook in constant memory only where it has a single sheet.
 */

import { escapeXml } from '../../questionnaire/picture/escape-xml.ts';
import { safeCell } from '../cells.ts';
import type { Entry } from './entry.ts';
import { plainNumber } from './numbers.ts';

export type Cell = string | number;

/** A sheet by its name, with its rows, the header first. They are asked for when the sheet is written. */
export type Sheet = readonly [name: string, rows: () => Iterable<readonly Cell[]>];

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** Rows that are gathered into a chunk. */
const BATCH = 500;

/** The parts of a workbook, in the order in which they are to be written. */
export function workbookOf(sheets: readonly Sheet[]): Entry[] {
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
