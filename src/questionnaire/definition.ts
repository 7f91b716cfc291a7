/**
 * What a survey file may say. This is the one description of the questionnaire language: the parser, the
 * editor's schema (`surveys/survey.schema.json`) and every type below come from it. What a file *means* (does
 * this reference exist, can this page be reached) is the business of `checks/`; how it is read from disk, with
 * its lines, of `source.ts`.
 */
import { z } from 'zod';

/** Missing here: anything that could hold code. There is no HTML, no regular expression and no expression string. */
const languageCode = z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'a language code such as "en" or "cy"');

const words = z.string().min(1, 'some text; leave the key out if there is none');

/** A text in one language (a plain string, in the survey's first language) or in several. */
export const textSchema = z
  .union([words, z.record(languageCode, words)])
  .describe('A text: one string, or one for each language code, such as {"en": "Yes", "cy": "Ydw"}.');
export type Text = z.infer<typeof textSchema>;

const questionCode = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,23}$/, 'a code: a letter, then letters, digits or _, at most 24')
  .describe('A short code that never changes once people have answered, such as "S1".');
const optionCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_]{0,23}$/, 'a code: letters, digits or _, at most 24')
  .describe('A short code that is never used again for something else, such as "m3".');
const placeCode = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower case letters, digits and -, at most 40')
  .describe('A name that appears in an address, such as "taking-part".');

/** A number, or a decimal written as a string where every digit matters. */
const exactNumber = z.union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/, 'a number such as "12.50"')]);
const isoDate = z.iso.date('a date such as "2027-03-31"');

/** Something to compare with: a number, a date, or another question's answer. */
const operand = z.union([exactNumber, isoDate, z.strictObject({ question: questionCode })]);
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
      return z.array(conditionSchema).min(1).optional();
    },
    get any() {
      return z.array(conditionSchema).min(1).optional();
    },
    get not() {
      return conditionSchema.optional();
    },
    question: questionCode.optional().describe('The question looked at; a grid row is "C1_privacy".'),
    variable: z.string().optional().describe('A derived variable looked at, such as "stage".'),
    is: optionCode.optional(),
    isNot: optionCode.optional(),
    isAnyOf: codes.optional(),
    isNoneOf: codes.optional(),
    includes: optionCode.optional(),
    includesAnyOf: codes.optional(),
    includesAllOf: codes.optional(),
    includesNoneOf: codes.optional(),
    count: countSchema.optional(),
    answered: z.boolean().optional(),
    compare: comparisonSchema.optional(),
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

export const ROLES = ['direct', 'quasi', 'sensitive', 'text', 'technical', 'weight', 'plain'] as const;
const role = z
  .enum(ROLES)
  .describe('How far the answer could give somebody away: see "Roles" in surveys/README.md. Every question needs one.');
export type Role = (typeof ROLES)[number];

const storedValue = z.int().min(1).max(999).describe('The number in data files. Left out: its place in the list.');

export const optionSchema = z.strictObject({
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
});
export type Option = z.infer<typeof optionSchema>;

const optionsFrom = z.strictObject({
  from: questionCode.describe('An earlier tick list: only what was ticked there is offered.'),
  except: z.array(optionCode).optional(),
});
const options = z.union([z.array(optionSchema).min(2).max(2000), optionsFrom]);

const variant = z.strictObject({
  when: conditionSchema,
  text: textSchema.optional(),
  hint: textSchema.optional(),
  labels: z.record(optionCode, textSchema).optional().describe('Other labels for some options or scale points.'),
});

const confirm = z.strictObject({
  when: conditionSchema.describe('Looked at together with the answers just given on this page.'),
  message: textSchema,
  flag: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]*$/, 'capitals, such as STAGE_CHECK')
    .optional(),
});

const marks = {
  dontKnow: z.literal(true).optional().describe('Offers “Don’t know” (code dk), which counts as an answer.'),
  preferNotToSay: z
    .literal(true)
    .optional()
    .describe('Offers “Prefer not to say” (code pnts), which counts as an answer.'),
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
  retired: z.array(optionCode).optional().describe('Option codes of earlier versions, never to be used again.'),
  note: z.string().optional().describe('For the team; never shown.'),
};

export const questionSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('single'), ...asked, options, ...marks }),
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
    from: z.int().min(0).max(1),
    to: z.int().min(2).max(10),
    lowest: textSchema.describe('What the lowest number means.'),
    highest: textSchema.describe('What the highest number means.'),
    ...marks,
  }),
  z.strictObject({ type: z.literal('dropdown'), ...asked, options: z.array(optionSchema).min(2).max(2000), ...marks }),
  z.strictObject({
    type: z.literal('ranking'),
    ...asked,
    options: z.array(optionSchema).min(2).max(12),
    atMost: z.int().min(1).optional().describe('Rank only this many.'),
    ...marks,
  }),
]);
export type Question = z.infer<typeof questionSchema>;
export type QuestionType = Question['type'];

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

const sectionSchema = z.strictObject({
  code: placeCode,
  title: textSchema,
  when: conditionSchema.optional(),
  intro: textSchema.optional().describe('Shown on the first page of the section.'),
  pages: z.array(pageSchema).min(1),
});

const category = z.strictObject({ code: optionCode, label: textSchema, value: storedValue.optional() });
export type Category = z.infer<typeof category>;
const variableCode = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,31}$/, 'lower case letters, digits or _, a letter first, at most 32')
  .describe('Its name in data files, such as "size".');
const derived = { code: variableCode, label: textSchema, role: role.optional() };

export const derivedSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('groups'),
    ...derived,
    of: z.string(),
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
    of: questionCode,
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
  z.strictObject({ kind: z.literal('when'), ...derived, when: conditionSchema }),
  z.strictObject({
    kind: z.literal('cases'),
    ...derived,
    values: z.array(category).min(1),
    cases: z.array(z.strictObject({ when: conditionSchema, is: optionCode })).min(1),
    otherwise: z.union([z.strictObject({ is: optionCode }), z.strictObject({ sameAs: z.string() })]).optional(),
  }),
]);
export type Derived = z.infer<typeof derivedSchema>;

const stageRule = z.strictObject({
  name: z.string().min(1).describe('The rule’s name and version, such as "stage-rule-1"; stored with every stage.'),
  from: z.array(questionCode).min(1).max(4),
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
        give: z.record(z.string(), optionCode),
      }),
    )
    .min(1),
});
export type StageRule = z.infer<typeof stageRule>;

const disclosureSchema = z.strictObject({
  anonymous: z.boolean().describe('True: the file check refuses questions that ask who somebody is.'),
  cell: z.int().min(3).max(50).default(5).describe('Counts under this are hidden (t).'),
  base: z.int().min(5).max(200).default(10).describe('Results for fewer people than this are hidden (b).'),
  reason: words.optional().describe('Why "cell" is under 5, if it is.'),
  k: z.int().min(3).max(50).default(5).describe('In a data file, at least this many rows look alike on the keys.'),
  keys: z.array(z.string()).max(8).default([]).describe('The quasi-identifiers that a data file carries.'),
  columns: z.array(z.string()).default([]).describe('The other variables that a data file carries. All else stays.'),
  hierarchies: z
    .record(questionCode, z.array(z.string()).min(1))
    .default({})
    .describe('For a quasi-identifier, its coarser versions, finest first: names of "groups" variables.'),
});

export const surveySchema = z.strictObject({
  $schema: z.string().optional(),
  survey: placeCode.describe('The survey’s name in addresses and commands; the same in every version.'),
  version: z.string().regex(/^\d+\.\d+$/, 'a version such as "1.0"'),
  title: textSchema,
  wave: textSchema.describe('The round of fieldwork, such as "Autumn 2026": the only time that data files carry.'),
  languages: z.array(languageCode).min(1).default(['en']),
  synthetic: z.literal(true).optional().describe('All answers are made up; every page says so.'),
  information: z.strictObject({
    version: z.string().min(1),
    summary: textSchema.describe('One or two sentences for the list of surveys.'),
    text: textSchema.describe('What the study is and what happens to the answers. Small Markdown.'),
    minutes: textSchema.describe('Such as "about 10 to 15 minutes".'),
    runBy: textSchema,
    contact: textSchema,
  }),
  consent: z.strictObject({
    version: z.string().min(1),
    question: questionCode.describe(
      'The first question. It stands on the information page; nothing is kept before it.',
    ),
    agree: optionCode,
  }),
  dates: z.strictObject({
    closes: isoDate.optional().describe('The last day on which people can answer.'),
    withdrawUntil: isoDate.optional().describe('The last day on which an answer can be taken back.'),
    deleteAfter: isoDate.describe('When the answers are deleted.'),
    keepDraftsDays: z.int().min(1).max(365).default(30),
  }),
  definitions: z.array(z.strictObject({ code: placeCode, title: textSchema, text: textSchema })).default([]),
  sections: z.array(sectionSchema).min(1),
  ends: z.record(placeCode, z.strictObject({ title: textSchema, text: textSchema })).default({}),
  finish: z.strictObject({ text: textSchema }).optional().describe('Shown with the receipt.'),
  stageRule: stageRule.optional(),
  derived: z.array(derivedSchema).default([]),
  segments: z.array(z.string()).default([]).describe('Variables by which results are shown, the stage first.'),
  disclosure: disclosureSchema,
});

/** A survey file as its author wrote it, defaults filled in. */
export type SurveyFile = z.infer<typeof surveySchema>;
export type Section = SurveyFile['sections'][number];
export type Page = Section['pages'][number];
