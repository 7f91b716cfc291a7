import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { knownFrom } from '../../src/questionnaire/journey.ts';
import { inLanguage, pipesIn, say } from '../../src/questionnaire/text.ts';
import { engineSurvey } from '../support/respond.ts';

const survey = engineSurvey('piping');
const saying = (text: string, answers: Answers, quote?: (typed: string) => string) =>
  say(survey, text, 'en', knownFrom(survey, answers), quote);

describe('a text', () => {
  test('is in the language asked for, else in the survey’s first, else in any', () => {
    expect(inLanguage('Yes', 'cy', 'en')).toBe('Yes');
    expect(inLanguage({ en: 'Yes', cy: 'Ie' }, 'cy', 'en')).toBe('Ie');
    expect(inLanguage({ en: 'Yes' }, 'cy', 'en')).toBe('Yes');
    expect(inLanguage({ fr: 'Oui' }, 'cy', 'en')).toBe('Oui');
  });

  test('has labels, numbers and typed words piped in', () => {
    expect(saying('{{Q1}} and {{ Q2 }}', { Q1: ['ink'], Q2: '12.5' })).toBe('Ink and 12.5');
    expect(saying('{{Q1|nothing}}, {{Q2}}.', {})).toBe('nothing, .');
    expect(saying('{{Q9|no such question}} {not a pipe} {{}}', {})).toBe('no such question {not a pipe} {{}}');
  });

  test('quotes what people typed and nothing else, and never pipes it again', () => {
    const quote = (typed: string) => `<${typed}>`;
    expect(saying('{{Q1}} of {{Q3}}', { Q1: ['pen'], Q3: '*{{Q1}}* $& $1' }, quote)).toBe('Pen of <*{{Q1}}* $& $1>');
  });

  test.each([
    [['pen'], 'Pen'],
    [['pen', 'ink'], 'Pen and Ink'],
    [['pen', 'chalk', 'ink'], 'Pen, Chalk and Ink'],
  ])('lists %j as “%s”', (Q1, words) => {
    expect(saying('{{Q1}}', { Q1 })).toBe(words);
  });

  test('joins the last of a Welsh list with “a” before a consonant and “ac” before a vowel', () => {
    const joined = (Q1: string[]) => say(survey, '{{Q1}}', 'cy', knownFrom(survey, { Q1 }));
    expect(joined(['pen', 'chalk'])).toBe('Pen a Chalk');
    expect(joined(['pen', 'ink'])).toBe('Pen ac Ink');
  });
});

test('the pipes of a text are found with whether they say what a blank is', () => {
  expect(pipesIn('{{Q1}} {{Q2|none}} {{ Q3 |}} {{4}}')).toEqual([
    { code: 'Q1', fallback: false },
    { code: 'Q2', fallback: true },
    { code: 'Q3', fallback: true },
  ]);
});
