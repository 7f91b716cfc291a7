/** CSV that people and spreadsheets made, with the line that each row begins on. */
import { CsvError, parse } from 'csv-parse/sync';

export interface CsvLine {
  /** Of the file, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** What is not CSV; the message is the reader's own. */
export class NotCsv extends Error {
  override readonly name = 'NotCsv';
  /** Where the row begins that could not be read. */
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** Every row, the header first. @throws NotCsv */
export function csvLines(text: string, delimiter = ','): CsvLine[] {
  const ends: number[] = [];
  const startOf = (index: number) => (ends[index - 1] ?? 0) + 1;
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      // Tables that were put together from several have several.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      max_record_size: 1_000_000,
      on_record: (record: string[], { lines }) => {
        ends.push(lines);
        return record;
      },
    });
    return records.map((cells, index) => ({ line: startOf(index), cells }));
  } catch (error) {
    if (error instanceof CsvError) throw new NotCsv(error.message, startOf(ends.length));
    throw error;
  }
}
