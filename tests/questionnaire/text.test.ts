import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { knownFrom } from '../../src/questionnaire/journey.ts';
import { inLanguage, pipesIn, say } from '../../src/questionnaire/text.ts';
import { editedSurvey as edited, engineSurvey } from '../support/respond.ts';

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

  test('has a point of a scale piped in as its number, and a mark as its label', () => {
    const scale = engineSurvey('scale');
    const heard = (Q1: string) => say(scale, '{{Q1}} out of 10', 'en', knownFrom(scale, { Q1 }));
    expect([heard('10'), heard('dk')]).toEqual(['10 out of 10', 'Don’t know out of 10']);
  });

  test('quotes what people typed and nothing else, and never pipes it again', () => {
    const quote = (typed: string) => `<${typed}>`;
    expect(saying('{{Q1}} of {{Q3}}', { Q1: ['pen'], Q3: '*{{Q1}}* $& $1' }, quote)).toBe('Pen of <*{{Q1}}* $& $1>');
  });

  test('pipes on what a label pipes in, and ends where a label names its own question', () => {
    const chained = edited('piping', (source) =>
      source
        .replaceAll('"label": "Yes"', '"label": "Yes, {{Q1}}"')
        .replaceAll('"label": "No"', '"label": "Not {{Q4|so}}"'),
    );
    const heard = (Q4: string) => say(chained, '{{Q4}}', 'en', knownFrom(chained, { Q1: ['ink'], Q4 }));
    expect(heard('yes')).toBe('Yes, Ink');
    expect(heard('no')).toBe('Not so');
  });

  test('on a repeated page says each option in every language its label has', () => {
    const repeated = edited('repeat-page', (source) =>
      source
        .replace('"label": "Pen"', '"label": { "en": "Pen", "cy": "Ysgrifbin" }')
        .replace(
          '"How many of {{each}}?"',
          '{ "en": "How many of {{each}}?", "cy": "Faint o {{each}}?", "fr": "{{each}}?" }',
        ),
    );
    expect(repeated.questions.get('Q2_pen')?.text).toEqual({
      en: 'How many of Pen?',
      cy: 'Faint o Ysgrifbin?',
      fr: 'Pen?',
    });
    expect(repeated.pages.find(({ code }) => code === 'q2-pen')?.title).toEqual({
      en: 'About Pen',
      cy: 'About Ysgrifbin',
    });
    expect(repeated.pages.find(({ code }) => code === 'q2-chalk')?.title).toBe('About Chalk');
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
