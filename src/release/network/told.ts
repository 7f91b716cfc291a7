/**
 * What the network tier told. It comes as text from the thread that read the files, and is read back here; only the gate
 * (`released.ts`) makes of it what a page can show.
 */
import { z } from 'zod';

const named = z.strictObject({ code: z.string(), label: z.string() });
const share = { percent: z.number(), low: z.number(), high: z.number() };
const weighting = z.strictObject({ designEffect: z.number(), effectiveBase: z.int() });

const figure = z.union([
  z.strictObject({ state: z.literal('hidden') }),
  z.strictObject({
    state: z.literal('shown'),
    n: z.int().min(0),
    base: z.int().min(0),
    share: z.strictObject(share).optional(),
    weighted: z
      .strictObject({ ...share, step: z.int() })
      .nullable()
      .exactOptional(),
  }),
]);

const table = z.strictObject({
  question: z.string(),
  label: z.string(),
  text: z.string().optional(),
  collapsed: z.boolean(),
  answers: z.array(named),
  nets: z.array(named.extend({ dontKnow: z.boolean() })),
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
          effectiveBase: z.int().exactOptional(),
        }),
      ),
      nets: z.array(z.array(figure)),
    }),
  ),
  weighting: weighting.exactOptional(),
});

const about = z.strictObject({
  kind: z.enum(['choice', 'list', 'grid', 'ranking', 'scale']),
  label: z.string(),
  section: z.string(),
  description: z.string().exactOptional(),
  workedOutFrom: z.array(z.string()).exactOptional(),
  makes: z.array(z.string()),
  put: z.array(
    z.strictObject({
      language: z.string(),
      wordings: z.array(z.string()),
      options: z.array(z.string()),
      rows: z.array(z.string()),
      universe: z.string().exactOptional(),
    }),
  ),
});

const question = z.object({ name: z.string(), label: z.string() });

const section = z.strictObject({
  title: z.string(),
  questions: z.array(
    z.strictObject({
      ...question.shape,
      telling: z.enum(['filters', 'overall', 'refused', 'kept', 'key', 'absent']),
      why: z.string().exactOptional(),
      net: z.string().exactOptional(),
    }),
  ),
});

/** A release whose file is asked, and what it offers. */
const offered = z.strictObject({
  release: z.int(),
  madeOn: z.string(),
  synthetic: z.boolean(),
  k: z.int(),
  respondents: z.int(),
  policy: z.object({ base: z.int(), cell: z.int() }),
  groups: z.int(),
  rest: z.int(),
  dimensions: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      key: z.string(),
      values: z.array(named.extend({ people: z.int().min(0) })),
    }),
  ),
  questions: z.array(question.extend({ by: z.array(z.string()), collapsed: z.boolean() })),
  refused: z.array(question),
  kept: z.array(question),
  sections: z.array(section),
});

/** The newest release, and why it does not tell what an earlier one does. */
const instead = z.strictObject({ release: z.int(), why: z.string() });

/** What was asked for, of which release and whether an older one had to tell it; or why there is no answer, of a question that is there. */
const answer = z.union([
  z.strictObject({
    release: z.int(),
    madeOn: z.string(),
    synthetic: z.boolean(),
    table,
    about,
    insteadOf: instead.exactOptional(),
  }),
  z.strictObject({ refusal: z.string(), about: about.exactOptional() }),
]);

export const toldSchema = z.strictObject({
  /** Those that can be asked, the newest first; none, where nothing can. */
  offers: z.array(offered),
  insteadOf: instead.exactOptional(),
  /** One for each that was wanted, in order. */
  answers: z.array(answer),
  /** Why nothing can be asked at all. */
  refusal: z.string().exactOptional(),
});
export type Told = z.infer<typeof toldSchema>;
export type Offer = Told['offers'][number];
export type Answer = Extract<Told['answers'][number], { table: unknown }>;
