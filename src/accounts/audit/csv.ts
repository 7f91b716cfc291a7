/** The audit as a file for a spreadsheet. */
import { stringify } from 'csv-stringify/sync';
import { type AuditLine, sentenceOf } from './audit.ts';

/** What a spreadsheet takes for the start of a formula, after anything that it does not see. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]/u;

/** A cell that no spreadsheet runs: what looks like a formula gets an apostrophe before it. */
export const guardCell = (cell: string): string => (FORMULA.test(cell) ? `'${cell}` : cell);

/** One line of the file for each of the audit, the oldest first. No text in it can be run by a spreadsheet. */
export function auditCsv(lines: readonly AuditLine[]): string {
  const rows = lines.map((line) => [
    String(line.line),
    line.at.toISOString(),
    line.personName,
    line.action,
    line.objectName,
    line.about.role ?? '',
    line.about.survey ?? '',
    sentenceOf(line),
  ]);
  const columns = ['line', 'time', 'person', 'action', 'object', 'role', 'survey', 'sentence'];
  const safe = rows.map((row) => row.map(guardCell));
  return stringify([columns, ...safe], { record_delimiter: '\r\n' });
}
