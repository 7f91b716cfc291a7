/** The rows of a data file as CSV: UTF-8, a header, CRLF, whole numbers and nothing else (rules F2 and F3). */
import { stringify } from 'csv-stringify/sync';
import type { Microdata } from './anonymise.ts';
import { ROW_NAME } from './columns.ts';

const BATCH = 1000;

/** The text of the file. @param report told how many rows are written, now and then */
export function csvOf({ rowNames, columns }: Microdata, report: (done: number) => void = () => {}): string {
  const write = (rows: readonly (readonly (string | number)[])[]) =>
    stringify([...rows], { record_delimiter: 'windows' });
  const parts = [write([[ROW_NAME, ...columns.map(({ variable }) => variable.name)]])];
  for (let start = 0; start < rowNames.length; start += BATCH) {
    const names = rowNames.slice(start, start + BATCH);
    parts.push(
      write(names.map((name, index) => [name, ...columns.map(({ numbers }) => numbers[start + index] ?? '')])),
    );
    report(Math.min(start + BATCH, rowNames.length));
  }
  return parts.join('');
}
