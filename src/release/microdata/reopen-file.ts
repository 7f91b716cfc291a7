/** A data file that was released, from its own text: what is worked out from it later can say no more than it does. */
import { z } from 'zod';
import type { DataFile, DataVariable } from './data-file.ts';

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
  const [header = '', ...lines] = csv.trimEnd().split('\r\n');
  if (header !== variables.map(({ name }) => name).join() || lines.length !== rows) {
    throw new Error(`the data of release ${about.release} of ${about.survey} are not what was released`);
  }
  const columns = variables.map(({ kind }) =>
    kind === 'name'
      ? Array.from<string>({ length: rows })
      : kind === 'weight'
        ? new Float64Array(rows)
        : new Int32Array(rows),
  );
  lines.forEach((line, row) => {
    line.split(',').forEach((cell, place) => {
      const column = columns[place];
      if (Array.isArray(column)) column[row] = cell;
      else if (column) column[row] = Number(cell);
    });
  });
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
