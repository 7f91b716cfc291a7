/** What can be asked: the types of question, their options, and how far an answer could give somebody away. */
import { z } from 'zod';
import { exactNumber, isoDate, optionCode, placeCode, questionCode, storedValue } from './codes.ts';
import { conditionSchema } from './conditions.ts';
import { textSchema } from './texts.ts';

export const ROLES = ['direct', 'quasi', 'sensitive', 'text', 'technical', 'weight', 'plain'] as const;
export const role = z
  .enum(ROLES)
  .describe('How far the answer could give somebody away: see "Roles" in surveys/README.md. Every question needs one.');
export type Role = (typeof ROLES)[number];

export const optionSchema = z
  .strictObject({
    code: optionCode,
    label: textSchema,
    hint: textSchema.optional(),
    value: storedValue.optional(),
    exclusive: z.literal(true).optional().describe('In a tick list: ticking this one clears the rest.'),
    other: z
      .union([z.literal(true), z.strictObject({ limit: z.int().min(1).max(500) })])
      .optional()
      .describe('A box opens where people say what they mean, 100 characters unless "limit" says otherwise.'),
    end: placeCode.optional().describe('Choosing this ends the questionnaire on the named page of "ends".'),
  })
  .meta({ id: 'Option' });
export type Option = z.infer<typeof optionSchema>;

const optionsFrom = z.strictObject({
  from: questionCode.describe('An earlier tick list: only what was ticked there is offered.'),
  except: z.array(optionCode).optional(),
});
const options = z
  .union([z.array(optionSchema).min(2).max(2000), optionsFrom])
  .describe('What can be chosen: a list, or what was ticked earlier.');

const variant = z.strictObject({
  when: conditionSchema,
  text: textSchema.optional(),
  hint: textSchema.optional(),
  labels: z.record(optionCode, textSchema).optional().describe('Other labels for some options or scale points.'),
});

const flagCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, such as STAGE_CHECK')
  .describe('Marks the response for the team to look at; the answer itself is never changed.');

const confirm = z.strictObject({
  when: conditionSchema.describe('Looked at together with the answers just given on this page.'),
  message: textSchema,
  flag: flagCode.optional(),
});

const marks = {
  dontKnow: z.literal(true).optional().describe('Offers “Don’t know” (code dk), which counts as an answer.'),
  preferNotToSay: z
    .literal(true)
    .optional()
    .describe('Offers “Prefer not to say” (code pnts), which counts as an answer.'),
};

const collapsed = z
  .strictObject({ code: optionCode, label: textSchema, options: z.array(optionCode).min(2) })
  .meta({ id: 'Collapsed' });
export type Collapsed = z.infer<typeof collapsed>;

/** For questions with one answer each from a short list. */
const collapsing = {
  collapse: z
    .array(collapsed)
    .min(1)
    .optional()
    .describe('Answers that published tables take together rather than hide, such as “Agree” and “Strongly agree”.'),
};

const asked = {
  code: questionCode,
  text: textSchema,
  short: textSchema.optional().describe('A few words for tables and charts.'),
  hint: textSchema.optional(),
  when: conditionSchema.optional(),
  required: z.literal(true).optional(),
  role: role.optional(),
  variants: z.array(variant).optional().describe('Other wording; the first whose condition holds is used.'),
  confirm: z.array(confirm).optional().describe('Asks "Is that right?" once; the answer stands if they say so.'),
  flags: z
    .array(z.strictObject({ flag: flagCode, when: conditionSchema }))
    .optional()
    .describe('Marks the response for the team to look at, without asking anybody.'),
  retired: z.array(optionCode).optional().describe('Option codes of earlier versions, never to be used again.'),
  note: z.string().optional().describe('For the team; never shown.'),
};

export const questionSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('single'), ...asked, options, ...marks, ...collapsing }),
    z.strictObject({
      type: z.literal('multiple'),
      ...asked,
      options: z.array(optionSchema).min(2).max(60),
      atMost: z.int().min(1).optional(),
      ...marks,
    }),
    z.strictObject({
      type: z.literal('grid'),
      ...asked,
      rows: z
        .array(z.strictObject({ code: optionCode, label: textSchema }))
        .min(1)
        .max(40),
      options: z.array(optionSchema).min(2).max(11),
      ...marks,
      ...collapsing,
    }),
    z.strictObject({
      type: z.literal('number'),
      ...asked,
      decimals: z.int().min(0).max(6).optional().describe('Digits after the point; left out, whole numbers only.'),
      unit: textSchema.optional(),
      prefix: textSchema.optional().describe('Such as "£".'),
      atLeast: exactNumber.optional(),
      atMost: exactNumber.optional(),
      ...marks,
    }),
    z.strictObject({
      type: z.literal('text'),
      ...asked,
      long: z.literal(true).optional(),
      limit: z.int().min(1).max(10000).describe('The most characters.'),
    }),
    z.strictObject({
      type: z.literal('date'),
      ...asked,
      atLeast: isoDate.optional(),
      atMost: isoDate.optional(),
      ...marks,
    }),
    z.strictObject({
      type: z.literal('scale'),
      ...asked,
      from: z.int().min(0).max(1).describe('The first point.'),
      to: z.int().min(2).max(10).describe('The last point.'),
      lowest: textSchema.describe('What the lowest number means.'),
      highest: textSchema.describe('What the highest number means.'),
      ...marks,
      ...collapsing,
    }),
    z.strictObject({
      type: z.literal('dropdown'),
      ...asked,
      options: z.array(optionSchema).min(2).max(2000),
      ...marks,
    }),
    z.strictObject({
      type: z.literal('ranking'),
      ...asked,
      options: z.array(optionSchema).min(2).max(12),
      atMost: z.int().min(1).optional().describe('Rank only this many.'),
      ...marks,
    }),
  ])
  .meta({ id: 'Question' });
export type Question = z.infer<typeof questionSchema>;
