/**
 * What the network tier told. It comes as text from the thread that read the files, and is read back here; only the gate
 * (`released.ts`) makes of it what a page can show.
 */
import { z } from 'zod';

const named = z.strictObject({ code: z.string(), label: z.string() });

const figure = z.union([
  z.strictObject({ state: z.literal('hidden') }),
  z.strictObject({
    state: z.literal('shown'),
    n: z.int().min(0),
    base: z.int().min(0),
    share: z.strictObject({ percent: z.number(), low: z.number(), high: z.number() }).optional(),
  }),
]);

const table = z.strictObject({
  question: z.string(),
  label: z.string(),
  text: z.string().optional(),
  collapsed: z.boolean(),
  answers: z.array(named),
  people: z.int().min(0),
  groups: z.array(
    z.strictObject({
      ...named.shape,
      people: z.int().min(0),
      rows: z.array(
        z.strictObject({
          name: z.string(),
          label: z.string(),
          base: z.int().min(0),
          none: z.enum(['not asked', 'no answer']).optional(),
          figures: z.array(figure),
        }),
      ),
    }),
  ),
});

const question = z.object({ name: z.string(), label: z.string() });

/** A release whose file is asked, and what it offers. */
const offered = z.strictObject({
  release: z.int(),
  madeOn: z.string(),
  respondents: z.int(),
  policy: z.object({ base: z.int(), cell: z.int() }),
  groups: z.int(),
  rest: z.int(),
  dimensions: z.array(z.object({ name: z.string(), label: z.string(), values: z.array(named) })),
  questions: z.array(question.extend({ by: z.array(z.string()), collapsed: z.boolean() })),
  refused: z.array(question),
  kept: z.array(question),
});

/** The newest release, and why it does not tell what an earlier one does. */
const instead = z.strictObject({ release: z.int(), why: z.string() });

export const toldSchema = z.strictObject({
  /** Those that can be asked, the newest first; none, where nothing can. */
  offers: z.array(offered),
  insteadOf: instead.optional(),
  /** What was asked for, of which release, and whether an older one had to tell it. */
  answer: z.strictObject({ release: z.int(), table, insteadOf: instead.optional() }).optional(),
  /** Why there is no answer: nothing can be asked, or not this. */
  refusal: z.string().optional(),
});
export type Told = z.infer<typeof toldSchema>;
