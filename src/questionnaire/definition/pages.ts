/** How a questionnaire is laid out: sections of pages, and the rules that the answers of a page must keep. */
import { z } from 'zod';
import { optionCode, placeCode, questionCode } from './codes.ts';
import { conditionSchema, operand } from './conditions.ts';
import { questionSchema } from './questions.ts';
import { textSchema } from './texts.ts';

const rule = z.strictObject({
  sum: z
    .array(questionCode)
    .min(2)
    .optional()
    .describe('Number questions on this page to add up; blanks are left alone.'),
  equals: operand.optional(),
  atLeast: operand.optional(),
  atMost: operand.optional(),
  refuseWhen: conditionSchema.optional().describe('Instead of "sum": the answers are refused when this holds.'),
  at: questionCode.describe('The question the message is shown at.'),
  message: textSchema,
});
export type Rule = z.infer<typeof rule>;

const pageSchema = z.strictObject({
  code: placeCode.optional().describe('Its name in the address; left out, the first question’s code in lower case.'),
  title: textSchema.optional(),
  intro: textSchema.optional(),
  when: conditionSchema.optional(),
  repeat: z
    .strictObject({ for: questionCode, except: z.array(optionCode).optional() })
    .optional()
    .describe('Asks the page once for each option ticked at an earlier tick list; {{each}} is its label.'),
  introduces: z.string().optional().describe('Shows this definition in full; later pages keep it one click away.'),
  questions: z.array(questionSchema).min(1).max(20),
  rules: z.array(rule).optional(),
});

export const sectionSchema = z.strictObject({
  code: placeCode,
  title: textSchema,
  when: conditionSchema.optional(),
  intro: textSchema.optional().describe('Shown on the first page of the section.'),
  pages: z.array(pageSchema).min(1),
});
export type Section = z.infer<typeof sectionSchema>;
export type Page = Section['pages'][number];
