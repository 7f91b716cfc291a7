/** The file itself: its text, and a last look at that text as somebody else would take it. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { MISSING } from '../../../questionnaire/variables.ts';
import { compatibleRows } from '../generalise/adversary.ts';
import { countClasses } from '../generalise/count.ts';
import { compareNames, nameRows } from '../row-names.ts';
import { ROW_NAME } from '../survey/columns.ts';
import type { PublishedColumn, PublishedTable } from './publish-table.ts';
import type { Table } from './read-table.ts';

/**
 * The rows as CSV, each under a new name and in the order of the names (rules M2 and F2).
 * @param random `BYTES_A_ROW` bytes a row
 */
export function tableCsv({ columns }: PublishedTable, rows: number, random: Uint8Array): string {
  const names = nameRows(rows, random);
  const order = [...names.keys()].sort((one, other) => compareNames(names[one], names[other]));
  const header = [ROW_NAME, ...columns.map(({ column }) => column.name)];
  const cells = order.map((row) => [names[row] ?? '', ...columns.map((column) => cellOf(column, row))]);
  return stringify([header, ...cells], { record_delimiter: 'windows' });
}

function cellOf({ codes, values }: PublishedColumn, row: number): string {
  const code = codes[row] ?? MISSING.withheld;
  return code < 0 ? String(code) : (values[code] ?? String(MISSING.withheld));
}

export interface LastLook {
  /** The rows of the smallest class. */
  readonly smallestClass: number;
  /** The fewest rows that fit somebody whose keys are known. */
  readonly fewestCompatible: number;
}

/**
 * Reads the file again as it will be written, and looks for every respondent of the table in it: in its classes (rule
 * M6) and as somebody who knows all their keys (rule M7).
 * @throws when a class, or what fits a respondent, is under k: then nothing may be written
 */
export function lookAgain(csv: string, table: Table, { columns, k }: PublishedTable): LastLook {
  const [header = [], ...records]: string[][] = parse(csv);
  const keys = columns.filter(({ key }) => key !== undefined);
  const known = keys.map((key) => {
    const place = header.indexOf(key.column.name);
    const numbers = new Map<string, number>([[String(MISSING.withheld), MISSING.withheld]]);
    const numberOf = (text: string) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return number;
    };
    return {
      published: Int32Array.from(records, (record) => numberOf(record[place] ?? '')),
      truth: Int32Array.from(key.column.codes, (code) => numberOf(trueValue(key, code))),
      span: () => numbers.size,
    };
  });
  const classes = countClasses(
    known.map(({ published, span }) => ({ codes: published.map((code) => Math.max(code, 0)), span: span() })),
    records.length,
  );
  const found = compatibleRows(
    known.map(({ published }) => published),
    known.map(({ truth }) => truth),
  );
  const [smallestClass, fewestCompatible] = [least(classes.sizes), least(found)];
  if (records.length !== table.rows || smallestClass < k || fewestCompatible < k) {
    throw new Error(
      `the file was about to leave with ${records.length} of ${table.rows} rows, a class of ${smallestClass} and somebody whom ${fewestCompatible} rows fit, at k = ${k}; nothing was written`,
    );
  }
  return { smallestClass, fewestCompatible };
}

/** What a true value is on its key's level: from the spec's own words, not from what was made of them. */
function trueValue({ column, key, values }: PublishedColumn, code: number): string {
  if (values.length === 1) return values[0] ?? '';
  return code < 0 ? String(code) : (column.tree.paths[code]?.[key?.level ?? 0] ?? '');
}

const least = (numbers: Int32Array) => numbers.reduce((found, each) => Math.min(found, each), Number.MAX_SAFE_INTEGER);
