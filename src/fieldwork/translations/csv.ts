/** A survey's texts and their translations as a file for a translator. */
import { stringify } from 'csv-stringify/sync';
import { guardCell } from '../../accounts/audit/csv.ts';
import type { JudgedText } from '../../questionnaire/translations/stale.ts';

const COLUMNS = ['place', 'page', 'question', 'what', 'original', 'translation', 'state', 'original_when_translated'];

/** One line for each text, in the order of the survey. No text in it can be run by a spreadsheet. */
export function translationsCsv(texts: readonly JudgedText[]): string {
  const rows = texts.map(({ key, page, question, what, original, translation, state, before }) =>
    [key, page, question, what, original, translation, state, before].map((cell) => guardCell(cell ?? '')),
  );
  // Without the mark at its start a spreadsheet takes a ŵ for two other letters.
  return stringify([COLUMNS, ...rows], { record_delimiter: '\r\n', bom: true });
}
