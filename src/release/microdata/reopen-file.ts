/** A data file that was released, from its own text: what is worked out from it later can say no more than it does. */
import { z } from 'zod';
import type { DataFile, DataVariable } from './data-file.ts';
import { isWhole, type WholeNumbers } from './whole-numbers.ts';

const aboutSchema = z.strictObject({
  survey: z.string(),
  version: z.string(),
  title: z.string(),
  wave: z.string(),
  language: z.string(),
  release: z.int(),
  madeOn: z.string(),
  synthetic: z.boolean(),
  audience: z.enum(['public', 'network']),
  k: z.int(),
  withheldRows: z.string(),
  leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
});

const variableSchema = z.strictObject({
  name: z.string(),
  label: z.string(),
  role: z.enum(['row name', 'key', 'sensitive', 'plain', 'weight']),
  kind: z.enum(['name', 'categories', 'count', 'weight']),
  ordered: z.boolean(),
  question: z.strictObject({ code: z.string(), text: z.string() }).optional(),
  universe: z.string().optional(),
  workedOutFrom: z.array(z.string()).optional(),
  categories: z.array(z.strictObject({ value: z.int(), label: z.string() })),
  withheldForSome: z.boolean(),
});

/** Everything of a data file but its values, which its CSV has. */
export const outlineSchema = z.strictObject({
  about: aboutSchema,
  rows: z.int(),
  variables: z.array(variableSchema),
});
export type FileOutline = z.infer<typeof outlineSchema>;

/** The names of a file's key columns. */
export function keyNamesOf({
  variables,
}: {
  readonly variables: readonly Pick<DataVariable, 'role' | 'name'>[];
}): string[] {
  return variables.flatMap(({ role, name }) => (role === 'key' ? [name] : []));
}

export function outlineOf({ about, rows, variables }: DataFile): FileOutline {
  return outlineSchema.parse({ about, rows, variables: variables.map(({ values: _, ...outline }) => outline) });
}

/**
 * @param csv as it was written: no cell has a comma or a line break in it
 * @throws when it is not the outline's
 */
export function reopenFile({ about, rows, variables }: FileOutline, csv: string): DataFile {
  const columns = variables.map(({ kind }) =>
    kind === 'name'
      ? Array.from<string>({ length: rows })
      : kind === 'weight'
        ? new Float64Array(rows)
        : new Int8Array(rows),
  );
  const header = `${variables.map(({ name }) => name).join()}\r\n`;
  if (!csv.startsWith(header) || !readCells(csv, header.length, rows, columns)) {
    throw new Error(`the data of release ${about.release} of ${about.survey} are not what was released`);
  }
  return {
    about,
    rows,
    variables: variables.map((outline, place): DataVariable => {
      const { question, universe, workedOutFrom, ...rest } = outline;
      return {
        ...rest,
        ...(question && { question }),
        ...(universe !== undefined && { universe }),
        ...(workedOutFrom && { workedOutFrom }),
        values: columns[place] ?? [],
      };
    }),
  };
}

const [COMMA, RETURN, LINE_FEED, MINUS, ZERO] = [44, 13, 10, 45, 48];

/**
 * Fills the columns with what stands in the text from there on; one of whole numbers is made wider where it has to be.
 * These are read digit by digit: to make a string of each of 25 million cells first took twice as long as all the rest of
 * opening a file.
 * @returns whether that is so many rows of such cells and nothing else
 */
function readCells(
  csv: string,
  from: number,
  rows: number,
  columns: (string[] | WholeNumbers | Float64Array)[],
): boolean {
  let at = from;
  for (let row = 0; row < rows; row++) {
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place];
      const last = place === columns.length - 1;
      if (column && isWhole(column)) {
        const negative = csv.charCodeAt(at) === MINUS;
        if (negative) at++;
        const first = at;
        let number = 0;
        for (let digit = csv.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = csv.charCodeAt(at) - ZERO) {
          number = number * 10 + digit;
          at++;
        }
        if (at === first) return false;
        columns[place] = withNumber(column, row, negative ? -number : number);
      } else {
        const end = csv.indexOf(last ? '\r' : ',', at);
        const cell = end === -1 ? '' : csv.slice(at, end);
        if (cell === '') return false;
        if (column instanceof Float64Array) column[row] = Number(cell);
        else if (column) column[row] = cell;
        at = end;
      }
      if (csv.charCodeAt(at) !== (last ? RETURN : COMMA)) return false;
      at++;
    }
    if (csv.charCodeAt(at) !== LINE_FEED) return false;
    at++;
  }
  return at === csv.length;
}

/** The column with a number in a row: itself, or a wider one. */
function withNumber(column: WholeNumbers, row: number, number: number): WholeNumbers {
  column[row] = number;
  if (column[row] === number) return column;
  const wider = column instanceof Int8Array ? Int16Array.from(column) : Int32Array.from(column);
  return wider instanceof Int16Array ? withNumber(wider, row, number) : wider.fill(number, row, row + 1);
}
