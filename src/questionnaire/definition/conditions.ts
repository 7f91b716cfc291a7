/** When something is asked or shown. There is no expression string and no regular expression: only these operators. */
import { z } from 'zod';
import { exactNumber, isoDate, optionCode, questionCode } from './codes.ts';

/** Something to compare with: a number, a date, or another question's answer. */
export const operand = z.union([exactNumber, isoDate, z.strictObject({ question: questionCode })]);
const comparisonSchema = z.strictObject({
  equals: operand.optional(),
  atLeast: operand.optional(),
  atMost: operand.optional(),
  moreThan: operand.optional(),
  lessThan: operand.optional(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
export type Operand = z.infer<typeof operand>;

const countSchema = z.strictObject({
  equals: z.int().min(0).optional(),
  atLeast: z.int().min(0).optional(),
  atMost: z.int().min(0).optional(),
  except: z.array(optionCode).optional().describe('Options that do not count, such as ["none", "dk"].'),
});

/** The operators of a condition on one question or variable; a condition uses exactly one. */
export const OPERATORS = [
  'is',
  'isNot',
  'isAnyOf',
  'isNoneOf',
  'includes',
  'includesAnyOf',
  'includesAllOf',
  'includesNoneOf',
  'count',
  'answered',
  'compare',
] as const;
const GROUPS = ['all', 'any', 'not'] as const;

/**
 * A condition. Either a group (`all`, `any`, `not`) or one operator on one `question` or derived `variable`.
 * On a blank every operator but `answered` is false, unless `ifBlank` says true: `conditions.ts` has the table.
 */
export interface Condition {
  all?: Condition[] | undefined;
  any?: Condition[] | undefined;
  not?: Condition | undefined;
  question?: string | undefined;
  variable?: string | undefined;
  is?: string | undefined;
  isNot?: string | undefined;
  isAnyOf?: string[] | undefined;
  isNoneOf?: string[] | undefined;
  includes?: string | undefined;
  includesAnyOf?: string[] | undefined;
  includesAllOf?: string[] | undefined;
  includesNoneOf?: string[] | undefined;
  count?: z.infer<typeof countSchema> | undefined;
  answered?: boolean | undefined;
  compare?: Comparison | undefined;
  ifBlank?: boolean | undefined;
}

const codes = z.array(optionCode).min(1);
export const conditionSchema: z.ZodType<Condition> = z
  .strictObject({
    get all() {
      return z.array(conditionSchema).min(1).optional().describe('Every one of these holds.');
    },
    get any() {
      return z.array(conditionSchema).min(1).optional().describe('At least one of these holds.');
    },
    get not() {
      return conditionSchema.optional().describe('This does not hold.');
    },
    question: questionCode.optional().describe('The question looked at; a grid row is "C1_privacy".'),
    variable: z.string().optional().describe('A derived variable looked at, such as "stage".'),
    is: optionCode.optional().describe('The answer is this.'),
    isNot: optionCode.optional().describe('There is an answer, and it is not this.'),
    isAnyOf: codes.optional().describe('The answer is one of these.'),
    isNoneOf: codes.optional().describe('There is an answer, and it is none of these.'),
    includes: optionCode.optional().describe('This was ticked.'),
    includesAnyOf: codes.optional().describe('At least one of these was ticked.'),
    includesAllOf: codes.optional().describe('All of these were ticked.'),
    includesNoneOf: codes.optional().describe('Something was ticked, and none of these.'),
    count: countSchema.optional().describe('How many were ticked.'),
    answered: z.boolean().optional().describe('Whether there is an answer; “don’t know” is one.'),
    compare: comparisonSchema.optional().describe('How a number or a date compares.'),
    ifBlank: z.boolean().optional().describe('What to say when there is no answer. Left out, the answer is no.'),
  })
  .superRefine((condition, context) => {
    const groups = GROUPS.filter((key) => condition[key] !== undefined);
    const operators = OPERATORS.filter((key) => condition[key] !== undefined);
    const subjects = (['question', 'variable'] as const).filter((key) => condition[key] !== undefined);
    const fail = (message: string) => context.addIssue({ code: 'custom', message });
    if (groups.length + operators.length !== 1) {
      fail(
        `a condition says exactly one thing: one of ${[...GROUPS, ...OPERATORS].join(', ')}; ` +
          (groups.length + operators.length === 0
            ? 'this one says none'
            : `this one says ${[...groups, ...operators].join(' and ')}: put them in "all" or "any"`),
      );
    } else if (groups.length === 1 && (subjects.length > 0 || condition.ifBlank !== undefined)) {
      fail(`"${groups[0]}" stands alone: move the question into the conditions inside it`);
    } else if (operators.length === 1 && subjects.length !== 1) {
      fail(`"${operators[0]}" needs one "question" or one "variable" to look at`);
    } else if (condition.answered !== undefined && condition.ifBlank !== undefined) {
      fail('"answered" already says what a blank means: leave "ifBlank" out');
    }
  })
  .describe('When something is asked or shown.')
  .meta({ id: 'Condition' });
