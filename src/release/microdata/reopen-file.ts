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

/** Reads a data file from its text, piece by piece. */
export interface FileReader {
  /** @param bytes the next of the CSV as it was written: no cell has a comma or a line break in it */
  add(bytes: Uint8Array): void;
  finish(): DataFile;
}

/**
 * Prepares columns for all rows, so that no more than a piece of the text is there at a time.
 * @throws both of its parts, when the text is not the outline's
 */
export function fileReader({ about, rows, variables }: FileOutline): FileReader {
  const columns = variables.map(({ kind }) =>
    kind === 'name'
      ? Array.from<string>({ length: rows })
      : kind === 'weight'
        ? new Float64Array(rows)
        : new Int8Array(rows),
  );
  const refuse = () => {
    throw new Error(`the data of release ${about.release} of ${about.survey} are not what was released`);
  };
  /** Of the header −1. */
  let row = -1;
  let rest: Uint8Array = NOTHING;
  const readLine = (line: Uint8Array) => {
    const isRight =
      row === -1
        ? decoder.decode(line) === variables.map(({ name }) => name).join()
        : row < rows && readCells(line, row, columns);
    if (!isRight) refuse();
    row++;
  };
  return {
    add: (bytes) => {
      let start = 0;
      for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, start)) {
        const line = joined(rest, bytes.subarray(start, end));
        if (line.at(-1) !== RETURN) refuse();
        readLine(line.subarray(0, -1));
        rest = NOTHING;
        start = end + 1;
      }
      // Copied: a piece of memory may be used again.
      rest = new Uint8Array(joined(rest, bytes.subarray(start)));
    },
    finish: () => {
      if (row !== rows || rest.length > 0) refuse();
      return {
        about,
        rows,
        variables: variables.map((outline, place): DataVariable => {
          const { question, universe, workedOutFrom, ...more } = outline;
          return {
            ...more,
            ...(question && { question }),
            ...(universe !== undefined && { universe }),
            ...(workedOutFrom && { workedOutFrom }),
            values: columns[place] ?? [],
          };
        }),
      };
    },
  };
}

const [COMMA, RETURN, LINE_FEED, MINUS, ZERO] = [44, 13, 10, 45, 48];

const NOTHING = new Uint8Array();

const decoder = new TextDecoder();

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

/**
 * Fills a row of the columns with what stands in a line; one of whole numbers is made wider where it has to be. These
 * are read digit by digit: to make a string of each of 25 million cells first took twice as long as all the rest of
 * opening a file.
 * @returns whether these are cells of such columns and nothing else
 */
function readCells(line: Uint8Array, row: number, columns: (string[] | WholeNumbers | Float64Array)[]): boolean {
  let at = 0;
  for (let place = 0; place < columns.length; place++) {
    const column = columns[place];
    if (column && isWhole(column)) {
      const negative = line[at] === MINUS;
      if (negative) at++;
      const first = at;
      let number = 0;
      for (let digit = digitAt(line, at); digit >= 0 && digit <= 9; digit = digitAt(line, at)) {
        number = number * 10 + digit;
        at++;
      }
      if (at === first) return false;
      columns[place] = withNumber(column, row, negative ? -number : number);
    } else {
      const comma = line.indexOf(COMMA, at);
      const stop = comma === -1 ? line.length : comma;
      if (stop === at) return false;
      const cell = decoder.decode(line.subarray(at, stop));
      if (column instanceof Float64Array) column[row] = Number(cell);
      else if (column) column[row] = cell;
      at = stop;
    }
    const last = place === columns.length - 1;
    if (last ? at !== line.length : line[at] !== COMMA) return false;
    at++;
  }
  return true;
}

const digitAt = (line: Uint8Array, at: number) => (line[at] ?? 0) - ZERO;

/** The column with a number in a row: itself, or a wider one. */
function withNumber(column: WholeNumbers, row: number, number: number): WholeNumbers {
  column[row] = number;
  if (column[row] === number) return column;
  const wider = column instanceof Int8Array ? Int16Array.from(column) : Int32Array.from(column);
  return wider instanceof Int16Array ? withNumber(wider, row, number) : wider.fill(number, row, row + 1);
}
