import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkSurvey } from '../../src/questionnaire/check.ts';
import { parseSurvey } from '../../src/questionnaire/parse.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';

const base = JSON.parse(readFileSync(new URL('../../surveys/examples/training-day.json', import.meta.url), 'utf8'));
const numbers = (n: number) => Array.from({ length: n }, (_, index) => index);
const yesNo = [
  { code: 'a', label: 'A' },
  { code: 'b', label: 'B' },
];
const single = (code: string, more: object = {}) => ({
  type: 'single',
  code,
  text: `Question ${code}?`,
  role: 'plain',
  options: yesNo,
  ...more,
});
const fileOf = (pages: readonly object[], more: object = {}) =>
  JSON.stringify(
    {
      ...base,
      sections: [base.sections[0], { code: 'more', title: 'More', pages }],
      disclosure: { anonymous: true },
      ...more,
    },
    null,
    1,
  );
const asking = (n: number) => numbers(n).map((index) => ({ questions: [single(`Q${index}`)] }));
const list = { type: 'multiple', code: 'M', text: 'Which?', role: 'plain' };
const optionsOf = (n: number) => numbers(n).map((index) => ({ code: `o${index}`, label: `Option ${index}` }));
const whens = (n: number) =>
  numbers(n).map((index) => ({ kind: 'when', code: `v${index}`, label: 'V', when: { question: 'Q0', is: 'a' } }));
const cases = (n: number) => [
  {
    kind: 'cases',
    code: 'v',
    label: 'V',
    values: yesNo,
    cases: numbers(n).map(() => ({ when: { question: 'Q0', is: 'a' }, is: 'a' })),
  },
];

/** A text that can be read as a survey. */
function getParsed(text: string) {
  const parsed = parseSurvey(text);
  if (!parsed.survey) throw new Error(parsed.findings[0]?.message);
  return parsed;
}

const sizesOf = (text: string) =>
  parseSurvey(text)
    .findings.filter(({ check }) => check === 'size')
    .map(({ message }) => message);

test.each([
  [
    'a text',
    fileOf([{ questions: [single('Q0', { text: 'x'.repeat(20_001) })] }]),
    'A text here has 20,001 characters, and may have 20,000.',
  ],
  [
    'many options',
    fileOf(
      numbers(9).map((n) => ({ questions: [{ ...list, type: 'dropdown', code: `D${n}`, options: optionsOf(2000) }] })),
    ),
    'The file holds 54,124 values (texts, numbers, lists, forms), and may hold 50,000.',
  ],
  [
    'questions',
    fileOf(asking(1000)),
    'There are 1,001 questions, those of a repeated page once for each of its options, and may be 1,000.',
  ],
  [
    'repeated pages',
    fileOf([
      { questions: [{ ...list, options: optionsOf(60) }] },
      ...numbers(17).map((n) => ({ repeat: { for: 'M' }, questions: [single(`R${n}`)] })),
    ]),
    'There are 1,022 questions, those of a repeated page once for each of its options, and may be 1,000.',
  ],
  ['variables', fileOf(asking(1), { derived: whens(501) }), 'There are 501 variables, and may be 500.'],
  ['cases of a variable', fileOf(asking(1), { derived: cases(201) }), 'There are 201 cases, and may be 200.'],
])('what is larger than any survey is refused before it is looked at: %s', (_, text, message) => {
  expect(sizesOf(text)).toEqual([message]);
});

test.each([
  ['a text', fileOf([{ questions: [single('Q0', { text: 'x'.repeat(20_000) })] }])],
  ['questions', fileOf(asking(999))],
  ['variables', fileOf(asking(1), { derived: whens(500) })],
  ['cases of a variable', fileOf(asking(1), { derived: cases(200) })],
])('what is as large as it may be is taken: %s', (_, text) => {
  expect(parseSurvey(text).survey).toBeDefined();
});

test('the line of a text that is too long is told', () => {
  const text = fileOf([{ questions: [single('Q0', { text: 'x'.repeat(20_001) })] }]);
  const line = text.split('\n').findIndex((each) => each.includes('xxx')) + 1;
  expect(parseSurvey(text).findings).toMatchObject([{ check: 'size', line }]);
});

// Each of these took minutes, or for ever. A minute is far more than any of them needs.
const PATIENCE = 60_000;

test('variables that rest on each other crosswise are followed once each', { timeout: PATIENCE }, () => {
  const derived = numbers(60).map((n) => {
    const any = [
      { variable: `v${n - 1}`, is: 'yes' },
      { variable: `v${n - 2}`, is: 'yes' },
    ];
    return {
      kind: 'when',
      code: `v${n}`,
      label: 'V',
      role: 'plain',
      when: n < 2 ? { question: 'Q0', is: 'a' } : { any },
    };
  });
  const { survey, source } = getParsed(fileOf(asking(1), { derived }));
  expect(checkSurvey(survey, source)).toEqual([]);
  expect(variablesOf(survey).at(-1)?.read({ Q0: 'a' })).toBe('yes');
});

test('a condition that rests on too much leaves the rest untried, and says so', { timeout: PATIENCE }, () => {
  const any = (from: number) => numbers(12).map((n) => ({ question: `Q${(from * 7 + n) % 20}`, is: 'a' }));
  const pages = numbers(60).map((n) => ({ questions: [single(`Q${n}`, n < 20 ? {} : { when: { any: any(n) } })] }));
  const { survey, source } = getParsed(fileOf(pages));
  const untried = checkSurvey(survey, source).filter(({ check }) => check === 'too-many-cases');
  expect(untried.length).toBeGreaterThan(20);
  expect(untried.every(({ severity }) => severity === 'warning')).toBe(true);
});

test.each([
  ['without a blank', 'a'],
  ['of brackets', ']('],
  ['of empty lines', '\n'],
  ['of addresses', 'a@b.'],
])('long texts %s are read in one go', { timeout: PATIENCE }, (_, unit) => {
  const pages = numbers(40).map((n) => ({ questions: [single(`Q${n}`, { text: unit.repeat(20_000 / unit.length) })] }));
  const text = fileOf(pages);
  const { survey, source } = getParsed(text);
  expect(checkSurvey(survey, source).filter(({ severity }) => severity === 'error')).toEqual([]);
});
