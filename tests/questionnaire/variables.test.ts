import { describe, expect, test } from 'vitest';
import { MISSING, variablesOf } from '../../src/questionnaire/variables.ts';
import { editedSurvey, engineSurvey, readVariable, respond } from '../support/respond.ts';

/** The variables of a survey as `name kind role`, and their categories as `code=value`. */
const listed = (rule: string) =>
  variablesOf(engineSurvey(rule)).map(({ name, kind, role, categories }) => ({
    name: `${name} ${kind} ${role}`,
    categories: categories.map(({ code, value }) => `${code}=${value}`).join(' '),
  }));

describe('the variables of a survey', () => {
  test('are one for a choice, one for each tick, one for each row, one for each box', () => {
    expect(listed('other-box')).toEqual([
      { name: 'a1 categorical plain', categories: 'yes=1 no=2' },
      { name: 'q1_red categorical plain', categories: 'no=0 yes=1' },
      { name: 'q1_other categorical plain', categories: 'no=0 yes=1' },
      // Whatever the role of the question, what somebody typed is text.
      { name: 'q1_other_text text text', categories: '' },
    ]);
    expect(listed('grid').slice(1)).toEqual([
      { name: 'q1_tea categorical plain', categories: 'little=1 lot=2' },
      { name: 'q1_milk categorical plain', categories: 'little=1 lot=2' },
    ]);
  });

  test('say at a scale’s first and last point what they mean', () => {
    const labels = variablesOf(engineSurvey('scale'))
      .at(-1)
      ?.categories.map(({ label }) => label);
    expect([labels?.[0], labels?.[1], labels?.[10]]).toEqual(['0 – Not at all', '1', '10 – Certain']);
    const welsh = editedSurvey('scale', (text) =>
      text.replace('"lowest": "Not at all"', '"lowest": { "en": "Not at all", "cy": "Ddim o gwbl" }'),
    );
    expect(variablesOf(welsh).at(-1)?.categories[0]?.label).toEqual({ en: '0 – Not at all', cy: '0 – Ddim o gwbl' });
  });

  test('give marked answers the same numbers everywhere', () => {
    expect(listed('dont-know').slice(1)).toEqual([
      { name: 'q1 categorical plain', categories: 'a=1 b=2 dk=-8' },
      { name: 'q2_a categorical plain', categories: 'no=0 yes=1' },
      { name: 'q2_b categorical plain', categories: 'no=0 yes=1' },
      { name: 'q2_dk categorical plain', categories: 'no=0 yes=1' },
      { name: 'q3_x categorical plain', categories: 'a=1 b=2 dk=-8' },
      { name: 'q4 number plain', categories: 'dk=-8' },
      { name: 'q5 date plain', categories: 'dk=-8' },
      { name: 'q6 categorical plain', categories: '1=1 2=2 3=3 4=4 5=5 dk=-8' },
      { name: 'q7 categorical plain', categories: 'a=1 b=2 dk=-8' },
      { name: 'q8_a categorical plain', categories: '1=1 2=2 unranked=3 dk=-8' },
      { name: 'q8_b categorical plain', categories: '1=1 2=2 unranked=3 dk=-8' },
    ]);
    expect(listed('prefer-not-to-say')[1]).toEqual({ name: 'q1 categorical plain', categories: 'a=1 b=2 pnts=-7' });
  });

  test('hold the options of an earlier list where they are taken from one', () => {
    expect(listed('options-from').at(-1)).toEqual({
      name: 'q2 categorical plain',
      categories: 'cost=1 speed=2 other=3 dk=-8',
    });
  });

  test('have the derived ones last', () => {
    expect(listed('derived-count').slice(-2)).toEqual([
      { name: 'worries number plain', categories: '' },
      { name: 'helps number plain', categories: '' },
    ]);
    expect(listed('derived-net-grid').at(-1)).toEqual({
      name: 'q1_raised_time categorical plain',
      categories: 'yes=1 no=0',
    });
  });
});

describe('a variable without a value', () => {
  test('was left blank where it was asked, and not asked where it was not', () => {
    const survey = engineSurvey('question-when');
    expect(readVariable(survey, respond(survey, { A1: 'yes', Q1: 'yes' }).answers, 'q2')).toBe('[blank]');
    expect(readVariable(survey, respond(survey, { A1: 'yes', Q1: 'no' }).answers, 'q2')).toBe('[notAsked]');
  });

  test('leaves every option of a tick list blank with it', () => {
    const survey = engineSurvey('multiple');
    expect(readVariable(survey, respond(survey, { A1: 'yes' }).answers, 'q1_red')).toBe('[blank]');
  });

  test('is blank when it is derived and what it needs was asked, else not asked', () => {
    const survey = engineSurvey('derived-net');
    expect(readVariable(survey, { A1: 'yes', Q1: null }, 'training')).toBe('[blank]');
    expect(readVariable(survey, { A1: 'yes' }, 'training')).toBe('[notAsked]');
  });
});

test('each reason for a missing value has a number of its own', () => {
  const numbers = Object.values(MISSING);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers.every((number) => number < 0)).toBe(true);
});
