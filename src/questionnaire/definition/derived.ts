/** What is worked out from the answers: the stage by its rule, and groups, bands, NETs, counts and cases. */
import { z } from 'zod';
import { exactNumber, optionCode, questionCode, storedValue, variableCode } from './codes.ts';
import { conditionSchema } from './conditions.ts';
import { role } from './questions.ts';
import { textSchema } from './texts.ts';

const description = textSchema
  .optional()
  .describe('What it means, in plain words, for whoever reads the results: how the answers make it.');
const category = z.strictObject({ code: optionCode, label: textSchema, value: storedValue.optional(), description });
export type Category = z.infer<typeof category>;
const derived = { code: variableCode, label: textSchema, role: role.optional(), description };

export const derivedSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('groups'),
      ...derived,
      of: z.string().describe('A question with one answer, or another variable.'),
      groups: z.array(category.extend({ options: z.array(optionCode).min(1) })).min(1),
    }),
    z.strictObject({
      kind: z.literal('bands'),
      ...derived,
      of: questionCode,
      bands: z
        .array(category.extend({ from: exactNumber.optional(), below: exactNumber.optional() }))
        .min(1)
        .describe('Each band holds "from" and everything up to, not including, "below".'),
    }),
    z.strictObject({
      kind: z.literal('net'),
      ...derived,
      of: questionCode.describe('A tick list, or a grid: then it is one variable a row, such as "c1_raised_privacy".'),
      options: z.array(optionCode).min(1).optional(),
      anyBut: z.array(optionCode).optional().describe('Instead of "options": any option but these.'),
    }),
    z.strictObject({
      kind: z.literal('count'),
      ...derived,
      of: questionCode,
      options: z.array(optionCode).min(1),
      minimumAnswered: z
        .int()
        .min(1)
        .optional()
        .describe('Rows of the grid that must be answered for the count to stand.'),
    }),
    z.strictObject({
      kind: z.literal('when'),
      ...derived,
      when: conditionSchema.describe('Yes if this holds, else no.'),
    }),
    z.strictObject({
      kind: z.literal('cases'),
      ...derived,
      values: z.array(category).min(1),
      cases: z
        .array(z.strictObject({ when: conditionSchema, is: optionCode }))
        .min(1)
        .describe('Read from the top; the first that holds is taken.'),
      otherwise: z
        .union([z.strictObject({ is: optionCode }), z.strictObject({ sameAs: z.string() })])
        .optional()
        .describe('When no case holds: a value, or another variable’s. Left out: no value.'),
    }),
  ])
  .meta({ id: 'DerivedVariable' });
export type Derived = z.infer<typeof derivedSchema>;

export const stageRule = z.strictObject({
  name: z.string().min(1).describe('The rule’s name and version, such as "stage-rule-1"; stored with every stage.'),
  from: z.array(questionCode).min(1).max(4).describe('The questions it looks at.'),
  gives: z
    .array(z.strictObject({ ...derived, values: z.array(category).min(1) }))
    .min(1)
    .describe('The variables the rule sets. The first is the stage; the others are other readings of it.'),
  rows: z
    .array(
      z.strictObject({
        if: z
          .record(questionCode, z.union([optionCode, z.array(optionCode).min(1), z.null()]))
          .describe('What the answers are; null is "not asked or left blank"; a question left out may be anything.'),
        give: z.record(z.string(), optionCode).describe('The value of every variable in "gives".'),
      }),
    )
    .min(1),
});
export type StageRule = z.infer<typeof stageRule>;
