/** What somebody says of a table's columns before it may leave: the language of `anonymise --spec`. */
import { z } from 'zod';
import { MISSING } from '../../../questionnaire/variables.ts';
import { LEAST_K } from '../rules.ts';
import { ROW_NAME } from '../survey/columns.ts';

const name = z
  .string()
  .regex(
    /^[\p{L}_][\p{L}\p{N}_ .-]{0,63}$/u,
    'A column’s name begins with a letter and has letters, digits, "_", "-", "." and spaces',
  )
  .refine(
    (value) => value.toLowerCase() !== ROW_NAME,
    `"${ROW_NAME}" is the first column of the file that is made: rename yours`,
  );

/** A spreadsheet runs a cell that begins with one of = + - @ and hides what cannot be seen (rules F2 and F3). */
const value = z
  .string('A value is a text in quotes')
  .max(200, 'A value has 200 characters at most')
  .regex(
    /^[\p{L}\p{N}(“‘£€$<>][^\p{C}]*$/u,
    'A value begins with a letter, a digit or an opening bracket, and has no line breaks or invisible characters in it',
  );

const missingNumbers = [
  MISSING.notAsked,
  MISSING.left,
  MISSING.notInVersion,
  MISSING.preferNotToSay,
  MISSING.dontKnow,
  MISSING.blank,
] as const;
const missing = z.record(
  z.string(),
  z.literal(missingNumbers, `A missing code is one of ${missingNumbers.join(', ')}`),
  '"missing" says which number stands for which word, as {"": -9, "don’t know": -8}',
);

const ROLES = ['direct', 'quasi', 'sensitive', 'text', 'technical', 'weight', 'plain'] as const;

export const columnSchema = z.strictObject(
  {
    /** How far it could give somebody away. Direct, technical, text and weight never leave. */
    role: z.enum(ROLES, `"role" is one of ${ROLES.join(', ')}`),
    /** All values there can be, in their order. */
    values: z.array(value, '"values" is a list of texts').min(1, '"values" needs something in it').optional(),
    /** All values there can be, each with what it becomes on coarser and coarser levels. */
    hierarchy: z.record(value, z.array(value, 'A value’s coarser values are a list of texts')).optional(),
    /** A number's bands on coarser and coarser levels: where each band but the lowest begins. */
    bands: z
      .array(
        z
          .array(z.number('A band begins at a number'), 'A level of bands is a list of numbers')
          .min(1, 'A level needs a number in it'),
        '"bands" is a list of levels, each a list of numbers',
      )
      .min(1, '"bands" needs a level in it')
      .optional(),
    /** The columns whose values somebody could tell from this one. */
    tells: z.array(z.string('"tells" is a list of columns’ names'), '"tells" is a list of columns’ names').default([]),
    /** Words of this column that mean there is no answer. */
    missing: missing.optional(),
  },
  'A column is a form {…} with its "role"',
);

export const specSchema = z.strictObject(
  {
    k: z
      .int('"k" is a whole number')
      .min(LEAST_K, `"k" is at least ${LEAST_K}: with fewer, people could be recognised`)
      .max(1000, '"k" is at most 1000')
      .default(5),
    /** The share of rows that the levels may leave in classes under k, to have keys withheld. */
    budget: z
      .number('"budget" is a number')
      .min(0, '"budget" is at least 0')
      .max(0.5, '"budget" is at most 0.5')
      .default(0.05),
    synthetic: z.boolean('"synthetic" is true or false').default(false),
    missing: missing.default({}),
    columns: z.record(name, columnSchema, '"columns" is a form {…} with each column’s name'),
  },
  'The file is a form {…}',
);

export type TableSpec = z.infer<typeof specSchema>;
export type ColumnSpec = z.infer<typeof columnSchema>;
