/** Text in a CSV cell. */
import { guardCell } from '../accounts/audit/csv.ts';

/**
 * A text that no spreadsheet runs and no reader breaks on: line breaks become spaces (rule F2), and what looks like a
 * formula gets an apostrophe before it (rule F3, after csv-stringify's `escape_formulas`, which misses what is led by
 * blanks or by characters without width). Never for numbers: −9 must stay a number.
 */
export function safeCell(text: string): string {
  const line = text.replaceAll(/[\r\n\u{85}\u{2028}\u{2029}]+/gu, ' ');
  return guardCell(line);
}
