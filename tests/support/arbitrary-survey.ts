/**
 * Generated surveys for property tests: small, valid, and with every construction of the language in them. A plan of
 * plain numbers is generated (so that a failure shrinks), and `surveyFrom` turns any plan into a survey.
 */
import fc from 'fast-check';
import { buildSurvey } from '../../src/questionnaire/build-survey.ts';
import { type Condition, surveySchema } from '../../src/questionnaire/definition.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { FIRST, FRAME } from './arbitrary-frame.ts';

interface ConditionPlan {
  readonly subject: number;
  readonly operator: number;
  readonly value: number;
  readonly ifBlank: boolean | undefined;
  readonly group: number;
  readonly other: ConditionPlan | undefined;
}

interface QuestionPlan {
  readonly type: number;
  readonly options: number;
  readonly value: number;
  readonly required: boolean;
  readonly dontKnow: boolean;
  readonly special: number;
  readonly when: ConditionPlan | undefined;
  readonly variant: ConditionPlan | undefined;
  readonly derived: number;
}

interface PagePlan {
  readonly questions: readonly QuestionPlan[];
  readonly when: ConditionPlan | undefined;
  readonly newSection: boolean;
  readonly sectionWhen: ConditionPlan | undefined;
  readonly repeat: boolean;
  readonly rules: boolean;
}

/** A question already built, as conditions and lists of later pages may refer to it. */
interface Placed {
  readonly type: string;
  readonly code: string;
  readonly options: readonly string[];
}

const small = fc.nat({ max: 11 });
const rarely = <T>(arbitrary: fc.Arbitrary<T>, freq: number) => fc.option(arbitrary, { nil: undefined, freq });
const plainCondition = (other: fc.Arbitrary<ConditionPlan | undefined>): fc.Arbitrary<ConditionPlan> =>
  fc.record({
    subject: small,
    operator: small,
    value: small,
    ifBlank: rarely(fc.boolean(), 1),
    group: small,
    other,
  });
const condition = plainCondition(rarely(plainCondition(fc.constant(undefined)), 1));

const pagePlan: fc.Arbitrary<PagePlan> = fc.record({
  questions: fc.array(
    fc.record({
      type: small,
      options: fc.nat({ max: 2 }),
      value: small,
      required: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
      dontKnow: fc.boolean(),
      special: small,
      when: rarely(condition, 1),
      variant: rarely(condition, 1),
      derived: small,
    }),
    { minLength: 1, maxLength: 3 },
  ),
  when: rarely(condition, 1),
  newSection: fc.boolean(),
  sectionWhen: rarely(condition, 1),
  repeat: fc.integer({ min: 0, max: 3 }).map((n) => n === 3),
  rules: fc.boolean(),
});

/** Small valid surveys: sections, pages, repeats, conditions, ends, lists taken from lists, a stage rule, derived variables. */
export const arbitrarySurvey: fc.Arbitrary<Survey> = fc
  .array(pagePlan, { minLength: 1, maxLength: 6 })
  .map((pages) => buildSurvey(surveySchema.parse(surveyFrom(pages))));

const TYPES = [
  'single',
  'multiple',
  'grid',
  'number',
  'text',
  'date',
  'scale',
  'dropdown',
  'ranking',
  'from',
  'multiple',
  'from',
] as const;
const LETTERS = ['a', 'b', 'c', 'd', 'e'];

function surveyFrom(plans: readonly PagePlan[]): unknown {
  const placed: Placed[] = [{ type: 'single', code: 'S1', options: ['use', 'plan', 'no'] }];
  const variables = ['stage', 'soon'];
  const derived: object[] = [];
  const sections: { code: string; title: string; pages: object[]; when?: Condition }[] = [];
  let number = 0;
  for (const plan of plans) {
    if (plan.newSection || sections.length === 0) {
      const when = plan.sectionWhen && conditionFrom(plan.sectionWhen, placed, variables);
      sections.push({ code: `part-${sections.length}`, title: 'Part', pages: [], ...(when && { when }) });
    }
    const here: Placed[] = [];
    const list = placed.findLast((each) => each.type === 'multiple');
    const repeat = plan.repeat && list ? { repeat: { for: list.code } } : {};
    const questions = plan.questions.map((question) => {
      const built = questionFrom(question, `Q${++number}`, placed, variables);
      here.push(built.placed);
      return built.question;
    });
    const when = plan.when && conditionFrom(plan.when, placed, variables);
    const rules = plan.rules ? rulesFrom(here, placed) : [];
    sections.at(-1)?.pages.push({ ...repeat, questions, rules, ...(when && { when }) });
    // A question of a repeated page has no one name that others could refer to.
    if (plan.repeat && list) continue;
    for (const [index, each] of here.entries()) {
      const made = derivedFrom(plan.questions[index]?.derived ?? 0, each);
      if (!made) continue;
      derived.push(made);
      if (each.type !== 'grid' || made.kind !== 'net') variables.push(made.code);
    }
    placed.push(...here);
  }
  return { ...FRAME, sections: [FIRST, ...sections], derived };
}

function questionFrom(plan: QuestionPlan, code: string, placed: readonly Placed[], variables: readonly string[]) {
  const list = placed.findLast((each) => each.type === 'multiple');
  const wanted = TYPES[plan.type % TYPES.length] ?? 'single';
  const type = wanted === 'from' && !list ? 'single' : wanted;
  const codes = LETTERS.slice(0, plan.options + 2);
  const when = plan.when && conditionFrom(plan.when, placed, variables);
  const variant = plan.variant && conditionFrom(plan.variant, placed, variables);
  const common = {
    code,
    text: `Question ${code}?`,
    role: 'plain',
    ...(plan.required && { required: true }),
    ...(when && { when }),
    ...(variant && { variants: [{ when: variant, text: 'Said otherwise?' }] }),
  };
  const marks = plan.dontKnow ? { dontKnow: true } : {};
  const options = codes.map((option, index) => ({
    code: option,
    label: option,
    ...(index === 1 && plan.special === 1 && { other: { limit: 5 } }),
    ...(index === 1 && plan.special === 2 && { end: 'early' }),
    ...(index === codes.length - 1 && plan.special === 3 && type === 'multiple' && { exclusive: true }),
  }));
  const plainOptions = codes.map((option) => ({ code: option, label: option }));
  const scored = type === 'scale' ? ['1', '2', '3'] : codes;
  const placedHere = { type, code, options: [...scored, ...(plan.dontKnow && type !== 'text' ? ['dk'] : [])] };
  const most = plan.special === 4 ? { atMost: 2 } : {};
  const built = {
    single: { ...common, ...marks, type, options },
    multiple: { ...common, ...marks, type, options, ...most },
    grid: {
      ...common,
      ...marks,
      type,
      rows: [
        { code: 'x', label: 'x' },
        { code: 'y', label: 'y' },
      ],
      options: plainOptions,
    },
    number: { ...common, ...marks, type, decimals: plan.options, atLeast: plan.special - 8, atMost: plan.special + 4 },
    text: { ...common, type, limit: 3 + plan.special, role: 'text' },
    date: { ...common, ...marks, type, atLeast: '2026-02-20', atMost: '2026-03-10' },
    scale: { ...common, ...marks, type, from: 1, to: 3, lowest: 'low', highest: 'high' },
    dropdown: { ...common, ...marks, type, options },
    ranking: { ...common, ...marks, type, options: plainOptions, ...most },
    from: { ...common, ...marks, type: 'single', options: { from: list?.code } },
  }[type];
  return { question: built, placed: type === 'from' ? { ...placedHere, type: 'single' } : placedHere };
}

function conditionFrom(plan: ConditionPlan, placed: readonly Placed[], variables: readonly string[]): Condition {
  const single = oneCondition(plan, placed, variables);
  const other = plan.other && conditionFrom(plan.other, placed, variables);
  if (plan.group === 1) return { not: single };
  if (plan.group === 2 && other) return { all: [single, other] };
  return plan.group === 3 && other ? { any: [single, other] } : single;
}

function oneCondition(plan: ConditionPlan, placed: readonly Placed[], variables: readonly string[]): Condition {
  const ifBlank = plan.ifBlank === undefined ? {} : { ifBlank: plan.ifBlank };
  const subject = placed[plan.subject % placed.length];
  const value = subject?.options[plan.value % subject.options.length] ?? 'a';
  if (plan.subject >= 9 || !subject) {
    const variable = variables[plan.value % variables.length] ?? 'stage';
    return plan.operator < 6
      ? { variable, isAnyOf: ['use', 'yes', 'low', 'some'], ...ifBlank }
      : { variable, answered: true };
  }
  const question = subject.type === 'grid' ? `${subject.code}_x` : subject.code;
  const compares = ['number', 'date', 'scale'].includes(subject.type);
  const bound = subject.type === 'date' ? '2026-03-01' : plan.value - 3;
  const operators: Condition[] = [
    { is: value },
    { isNot: value },
    { isAnyOf: [value, 'a'] },
    { isNoneOf: [value] },
    { includes: value },
    { includesAnyOf: ['a', value] },
    { includesAllOf: ['a', value] },
    { includesNoneOf: [value] },
    { count: { atLeast: 2, except: ['dk'] } },
    { compare: { atLeast: bound } },
    { compare: { lessThan: bound } },
  ];
  const operator = compares ? operators[9 + (plan.operator % 2)] : operators[plan.operator % 9];
  if (plan.operator === 11) return { question, answered: plan.value % 2 === 0 };
  return { question, ...operator, ...ifBlank };
}

/** A rule over this page, which always leaves a way on: small enough numbers, another option, or a blank. */
function rulesFrom(here: readonly Placed[], placed: readonly Placed[]): object[] {
  const numbers = here.filter((each) => each.type === 'number').map((each) => each.code);
  const sum = { sum: numbers, atMost: 25, at: numbers[0], message: 'Too much.' };
  const list = here.find((each) => each.type === 'single' || each.type === 'multiple');
  const earlier = placed.at(-1);
  const refuse = list && {
    refuseWhen: {
      all: [
        { question: list.code, is: list.options[0] },
        { question: fieldOf(earlier), answered: true },
      ],
    },
    at: list.code,
    message: 'Not both.',
  };
  return [...(numbers.length > 1 ? [sum] : []), ...(refuse ? [refuse] : [])];
}

const fieldOf = (placed: Placed | undefined) => (placed?.type === 'grid' ? `${placed.code}_x` : (placed?.code ?? 'S1'));

type DerivedFile = { readonly kind: string; readonly code: string; readonly [key: string]: unknown };

function derivedFrom(plan: number, { type, code, options }: Placed): DerivedFile | undefined {
  if (plan > 8) return undefined;
  const common = { code: `v_${code.toLowerCase()}`, label: code, role: 'plain' };
  const [first] = options;
  const some = { code: 'some', label: 'Some' };
  const even = plan % 2 === 0;
  switch (type) {
    case 'number': {
      const bands = [
        { code: 'low', label: 'Low', below: 3 },
        { code: 'high', label: 'High', from: 3 },
      ];
      return { kind: 'bands', ...common, of: code, bands };
    }
    case 'multiple':
    case 'grid':
      return { kind: even ? 'net' : 'count', ...common, of: code, options: [first] };
    case 'single':
    case 'dropdown':
      if (even) return { kind: 'groups', ...common, of: code, groups: [{ ...some, options: [first] }] };
      return { kind: 'when', ...common, when: { question: code, is: first } };
    default: {
      const cases = [{ when: { question: code, answered: true }, is: 'some' }];
      const values = [some, { code: 'none', label: 'None' }];
      return { kind: 'cases', ...common, values, cases, otherwise: { is: 'none' } };
    }
  }
}
