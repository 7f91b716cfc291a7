/**
 * Tables that may leave. Everything that a page, a file or a chart shows is worked out from these numbers, so a number
 * that is not here cannot be shown anywhere: null is the one state of what is hidden, whatever the reason (rule T6).
 */
import { z } from 'zod';
import { textSchema } from '../../questionnaire/definition.ts';

const figure = z.int().min(0).nullable();

const rowFigures = z.strictObject({
  /** How many were asked and answered. */
  base: figure,
  /** For each option. */
  counts: z.array(figure),
  /** For each NET. */
  nets: z.array(figure),
  /** Of a number. */
  mean: z.number().nullable().optional(),
  /** Of a survey that is weighted (rule T11): percentages in steps of so many points; no step where none would do. */
  weighted: z
    .strictObject({ effectiveBase: z.int(), step: z.int().optional(), counts: z.array(figure), nets: z.array(figure) })
    .optional(),
});
export type RowFigures = z.infer<typeof rowFigures>;

const group = z.strictObject({
  /** A value of the segment, a coarser group, `rest`; empty for everybody. */
  code: z.string(),
  /** What to call it; for the rest, what is in it. */
  labels: z.array(textSchema),
  asked: z.int().min(0),
  rows: z.array(rowFigures),
});
export type ShownGroup = z.infer<typeof group>;

/** The earlier release that figures were taken over from, unchanged (rule R3): new ones would tell the few who came or went. */
const keptFrom = z.strictObject({ release: z.int(), madeOn: z.string() }).optional();

const table = z.strictObject({
  /** A question's code, or a derived variable's name. */
  name: z.string(),
  kind: z.enum(['choice', 'list', 'grid', 'ranking', 'number', 'date', 'scale']),
  section: z.string(),
  label: textSchema,
  /** What it means, in the survey's own words. */
  description: textSchema.optional(),
  /** Of what is worked out from answers: the questions behind it. Nobody was asked it. */
  workedOutFrom: z.array(textSchema).optional(),
  /** The segments that are made of its answers: that their groups differ in it goes without saying. */
  makes: z.array(z.string()).optional(),
  /** Of a count: the most that it can be. */
  most: z.int().optional(),
  /** Its options come from an earlier answer, and the last one left is filled in without asking. */
  filledIn: z.literal(true).optional(),
  /** Nobody answered, and saying so tells nothing else: see `findUnanswered`. */
  unanswered: z.literal(true).optional(),
  /** The question as it was put, and its other wordings. */
  wordings: z.array(textSchema),
  /** Who was asked, in words; left out for everyone. */
  universe: textSchema.optional(),
  /** Some answers are taken together (rule T4); `options` are then what they were taken together to. */
  collapsed: z.literal(true).optional(),
  /** The rows of a grid, the options of a ranking; otherwise one. */
  rows: z.array(z.strictObject({ variable: z.string(), label: textSchema })),
  options: z.array(z.strictObject({ code: z.string(), label: textSchema, description: textSchema.optional() })),
  /** With whether "don't know" is one of the options taken together. */
  nets: z.array(z.strictObject({ code: z.string(), label: textSchema, dontKnow: z.boolean() })),
  /** Everybody; undefined when too few answered for anything to be shown. */
  overall: group.optional(),
  /** By each segment that can be shown. */
  views: z.array(z.strictObject({ segment: z.string(), groups: z.array(group), keptFrom })),
  /** All of it is of an earlier release. */
  keptFrom,
});
export type ProtectedTable = z.infer<typeof table>;

export const protectedTablesSchema = z.strictObject({
  survey: z.string(),
  version: z.string(),
  title: textSchema,
  wave: textSchema,
  languages: z.array(z.string()),
  madeOn: z.string(),
  responses: z.int(),
  /** All answers are made up. */
  synthetic: z.boolean(),
  policy: z.strictObject({ cell: z.int(), base: z.int() }),
  /** What percentages are weighted to, and how sure that leaves them. */
  weighting: z
    .strictObject({
      source: textSchema,
      population: z.int().optional(),
      by: z.array(textSchema),
      designEffect: z.number(),
      effectiveBase: z.int(),
    })
    .optional(),
  segments: z.array(z.strictObject({ name: z.string(), label: textSchema })),
  sections: z.array(z.strictObject({ code: z.string(), title: textSchema })),
  /** The tables of the stage and its other readings, the stage first. */
  readings: z.array(z.string()),
  tables: z.array(table),
});
export type ProtectedTables = z.infer<typeof protectedTablesSchema>;
