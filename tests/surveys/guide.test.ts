/** The authors' guide is kept true: every example in it is read as the program would read it. */
import { describe, expect, test } from 'vitest';
import { checkSurvey } from '../../src/questionnaire/check.ts';
import {
  conditionSchema,
  derivedSchema,
  OPERATORS,
  optionSchema,
  questionSchema,
  ROLES,
  surveySchema,
} from '../../src/questionnaire/definition.ts';
import { parseSurvey } from '../../src/questionnaire/parse.ts';
import { surveyText } from './walks.ts';

const guide = surveyText('README.md');
const section = surveySchema.shape.sections.element;

/** What a block of the guide is an example of, as it says after "json". */
const SCHEMAS = {
  option: optionSchema,
  question: questionSchema,
  page: section.shape.pages.element,
  condition: conditionSchema,
  derived: derivedSchema,
  part: surveySchema.partial(),
} as const;

const blocks = [...guide.matchAll(/^```json(.*)\n([\s\S]*?)^```$/gm)].map(([before, kind = '', text = '']) => ({
  kind: kind.trim(),
  text,
  line: guide.slice(0, guide.indexOf(before)).split('\n').length,
}));
const surveys = blocks.filter((block) => block.kind === 'survey');

test('the guide has examples, and each says what it is an example of', () => {
  expect(blocks.length).toBeGreaterThan(25);
  const kinds = new Set(blocks.map((block) => block.kind));
  expect([...kinds].sort()).toEqual([...Object.keys(SCHEMAS), 'survey'].sort());
});

test.each(blocks.filter((block) => block.kind in SCHEMAS))(
  'the $kind on line $line of the guide is one',
  ({ kind, text }) => {
    const schema = Object.entries(SCHEMAS).find(([name]) => name === kind)?.[1];
    expect(schema?.safeParse(JSON.parse(text)).error).toBeUndefined();
  },
);

test.each(surveys)(
  'the survey on line $line of the guide can be read, and the check finds nothing in it',
  ({ text }) => {
    const parsed = parseSurvey(text);
    expect(parsed.survey ? checkSurvey(parsed.survey, parsed.source) : parsed.findings).toEqual([]);
  },
);

describe('the guide leaves nothing out', () => {
  const told = (words: readonly string[]) => words.filter((word) => !guide.includes(`\`${word}\``));
  const types = questionSchema.options.map((option) => option.shape.type.value);
  const kinds = derivedSchema.options.map((option) => option.shape.kind.value);

  test('every type of question, with an example of each', () => {
    expect(told(types)).toEqual([]);
    const shown = blocks.filter(({ kind }) => kind === 'question').map(({ text }) => JSON.parse(text).type);
    expect(types.filter((type) => !shown.includes(type))).toEqual([]);
  });

  test('every kind of variable, with an example of each', () => {
    expect(told(kinds)).toEqual([]);
    const shown = blocks.filter(({ kind }) => kind === 'derived').map(({ text }) => JSON.parse(text).kind);
    expect(kinds.filter((kind) => !shown.includes(kind))).toEqual([]);
  });

  test('every operator, and the groups of conditions', () => {
    expect(told([...OPERATORS, 'all', 'any', 'not'])).toEqual([]);
  });

  test('every role', () => {
    expect(told(ROLES)).toEqual([]);
  });

  test('every key of a survey file, of a section, a page, a question and an option', () => {
    const question = questionSchema.options.flatMap((option) => Object.keys(option.shape));
    const keys = [
      ...Object.keys(surveySchema.shape).filter((key) => key !== '$schema'),
      ...Object.keys(section.shape),
      ...Object.keys(section.shape.pages.element.shape),
      ...question,
      ...Object.keys(optionSchema.shape),
      ...Object.keys(surveySchema.shape.dates.shape),
      ...Object.keys(surveySchema.shape.disclosure.shape),
    ];
    expect(keys.filter((key) => !guide.includes(`\`${key}\``) && !guide.includes(`"${key}":`))).toEqual([]);
  });
});
