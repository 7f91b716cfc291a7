/** A disclosure report as it was kept: in full for staff, or the public one, which leaves things out. */
import { z } from 'zod';
import { GATES } from '../../overrides.ts';

const count = z.union([z.number(), z.string()]);
const risk = z.looseObject({
  rows: z.number(),
  classes: z.number().optional(),
  uniques: z.number().optional(),
  under3: z.number().optional(),
  under5: z.number().optional(),
  under10: z.number().optional(),
  highestRisk: z.number().optional(),
  meanRisk: z.number().optional(),
  shareAbove: z.number().optional(),
  histogram: z.array(z.looseObject({ size: z.number(), classes: z.number() })).optional(),
});
export type ReadRisk = z.infer<typeof risk>;

const diversity = z.looseObject({
  distinct: z.number(),
  entropy: z.number().optional(),
  equal: z.number().optional(),
  ordered: z.number().optional(),
});

export const reportTextSchema = z.looseObject({
  survey: z.string(),
  version: z.string(),
  title: z.string(),
  language: z.string(),
  release: z.number(),
  madeOn: z.string(),
  synthetic: z.boolean(),
  settings: z.looseObject({
    audience: z.enum(['public', 'network']),
    k: z.number(),
    budget: z.number(),
    keys: z.array(z.string()),
    kept: z.array(z.string()),
    rowNames: z.string(),
    overrides: z.array(z.looseObject({ gate: z.enum(GATES), by: z.string(), reason: z.string() })).default([]),
    /** Of files from before each gate had a reason of its own: one for all. */
    override: z.looseObject({ by: z.string(), reason: z.string() }).optional(),
    weights: z.string().optional(),
    tables: z.number(),
  }),
  responses: z.number(),
  population: z.looseObject({ size: z.number(), fraction: z.number() }).optional(),
  before: risk,
  after: risk,
  look: z.looseObject({ smallestClass: z.number(), fewestCompatible: z.number().optional() }),
  toldByTables: z.array(z.string()).default([]),
  keys: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      published: z.string().optional(),
      level: z.number(),
      levels: z.number(),
      loss: z.number(),
      withheld: count,
      unanswered: z.boolean().default(false),
    }),
  ),
  score: z.number(),
  search: z.looseObject({
    choices: z.number(),
    counted: z.number().optional(),
    leftOver: z.number().optional(),
    budgetRows: z.number().optional(),
  }),
  withheldRows: count,
  sensitive: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      withheld: count,
      before: diversity.optional(),
      after: diversity.optional(),
    }),
  ),
  columns: z.array(
    z.looseObject({
      name: z.string(),
      label: z.string(),
      role: z.string(),
      withheld: count,
      distance: z.number().optional(),
    }),
  ),
  largestChange: z
    .union([
      z.looseObject({ name: z.string(), label: z.string(), answer: z.string(), before: z.number(), after: z.number() }),
      z.looseObject({ atMost: z.number() }),
    ])
    .optional(),
  /** Files with what people typed; who read it is for staff. */
  texts: z
    .array(z.looseObject({ question: z.string(), items: z.number(), reviewedBy: z.string().optional() }))
    .default([]),
  leftOut: z.array(z.looseObject({ name: z.string(), reason: z.string() })),
  sha256: z.record(z.string(), z.string()),
});
export type ReportText = z.infer<typeof reportTextSchema>;
