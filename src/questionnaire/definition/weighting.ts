/** How answers are weighted to a population: what is known of it, margin by margin. */
import { z } from 'zod';
import { optionCode } from './codes.ts';
import { textSchema } from './texts.ts';

const margin = z.strictObject({
  by: z.string().describe('A question with one answer, or a variable with categories, such as "size".'),
  shares: z
    .record(optionCode, z.number().gt(0, 'it has to be above 0: take a value that nobody has into a group').lt(1))
    .describe('For each of its values, the share of the population that has it, such as 0.8. Together they make 1.'),
});

export const weightingSchema = z.strictObject({
  source: textSchema.describe('Where the shares come from and of when they are. People read it beside the figures.'),
  population: z.int().min(1).optional().describe('How many there are in the population, if that is known.'),
  margins: z.array(margin).min(1).max(6).describe('What is known of the population, one variable at a time.'),
  limits: z
    .strictObject({
      lowest: z.number().gt(0).lt(1),
      highest: z.number().gt(1),
    })
    .optional()
    .describe('The least and the most that one answer may weigh; the mean is 1. Left out, nothing is trimmed.'),
});
export type Weighting = z.infer<typeof weightingSchema>;
