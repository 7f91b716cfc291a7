import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { findPlace, flagsOf, journeyOf, questionOfField } from '../../src/questionnaire/journey.ts';
import { findSubmission } from '../../src/questionnaire/submission.ts';
import { engineSurvey } from '../support/respond.ts';

/** Where each page of a survey stands for a draft: `a1 here, q1 not reached`. */
function places(rule: string, draft: Answers): string {
  const survey = engineSurvey(rule);
  const journey = journeyOf(survey, draft);
  return survey.pages.map(({ code }) => `${code} ${findPlace(survey, journey, code).at}`).join(', ');
}

describe('where a page stands', () => {
  test('is here up to the first page that is not answered, and not reached beyond it', () => {
    expect(places('options-from', {})).toBe('a1 here, q1 not reached, q2 not reached');
    expect(places('options-from', { A1: 'yes' })).toBe('a1 here, q1 here, q2 not reached');
    const two = { A1: 'yes', Q1: ['cost', 'speed'], Q1_other: null };
    expect(places('options-from', two)).toBe('a1 here, q1 here, q2 here');
    expect(places('options-from', { ...two, Q2: 'cost' })).toBe('a1 here, q1 here, q2 here');
  });

  test('is off the path once earlier answers rule the page out', () => {
    expect(places('options-from', { A1: 'yes', Q1: ['cost'], Q1_other: null })).toBe(
      'a1 here, q1 here, q2 off the path',
    );
    expect(places('section-when', { A1: 'yes', Q1: 'no' })).toBe('a1 here, q1 here, q2 off the path, q3 off the path');
    expect(places('section-when', { A1: 'yes' })).toBe('a1 here, q1 here, q2 not reached, q3 not reached');
    expect(places('section-when', { A1: 'yes', Q1: 'yes' })).toBe('a1 here, q1 here, q2 here, q3 not reached');
    expect(places('section-when', { A1: 'yes', Q1: 'yes', Q2: null })).toBe(
      'a1 here, q1 here, q2 here, q3 off the path',
    );
  });

  test('follows a derived variable back to the questions it rests on', () => {
    expect(places('shown-by-stage', { A1: 'yes' })).toBe('a1 here, q1 here, q2 not reached, q3 not reached');
    expect(places('shown-by-stage', { A1: 'yes', Q1: 'yes' })).toBe('a1 here, q1 here, q2 off the path, q3 here');
    expect(places('shown-by-stage', { A1: 'yes', Q1: 'no', Q2: 'never' })).toBe(
      'a1 here, q1 here, q2 here, q3 off the path',
    );
  });

  test('is off the path after an end, and here up to it', () => {
    expect(places('ends', { A1: 'yes', Q1: 'elsewhere', Q2: 'yes' })).toBe('a1 here, q1 here, q2 off the path');
  });

  test('knows the page before it on the path', () => {
    const survey = engineSurvey('shown-by-stage');
    const place = findPlace(survey, journeyOf(survey, { A1: 'yes', Q1: 'yes' }), 'q3');
    expect(place.at === 'here' && place.previous?.page.code).toBe('q1');
    const first = findPlace(survey, journeyOf(survey, {}), 'a1');
    expect(first.at === 'here' && first.previous).toBeUndefined();
    expect(findPlace(survey, journeyOf(survey, {}), 'nowhere').at).toBe('off the path');
  });
});

describe('a draft', () => {
  const survey = engineSurvey('options-from');
  const complete = { A1: 'yes', Q1: ['cost', 'speed'], Q1_other: null, Q2: 'speed' };

  test('stops again at a page whose answer no longer fits an earlier one', () => {
    const changed = journeyOf(survey, { ...complete, Q1: ['cost', 'other'] });
    expect(changed.next?.page.code).toBe('q2');
    expect(changed.answers).not.toHaveProperty('Q2');
    expect(findSubmission(survey, { ...complete, Q1: ['cost', 'other'] })).toBeUndefined();
  });

  test('keeps an answer that still fits', () => {
    expect(findSubmission(survey, { ...complete, Q1: ['speed', 'other'] })?.answers.Q2).toBe('speed');
  });

  test('stops at a page that was never saved, and not at one that was saved blank', () => {
    expect(journeyOf(survey, { A1: 'yes' }).next?.page.code).toBe('q1');
    expect(journeyOf(survey, { A1: 'yes', Q1: null }).next).toBeUndefined();
  });

  test('is not a submission where its answers lead to an end', () => {
    expect(findSubmission(survey, { ...complete, A1: 'no' })).toBeUndefined();
  });

  test('raises no flag for what lies off its path', () => {
    const confirm = engineSurvey('confirm');
    expect(flagsOf(journeyOf(confirm, { A1: 'yes', Q1: 'yes', Q2: ['none'] }))).toEqual(['USE_CHECK']);
    expect(flagsOf(journeyOf(confirm, { A1: 'no', Q1: 'yes', Q2: ['none'] }))).toEqual([]);
  });
});

test.each([
  ['grid', 'Q1_tea', 'Q1'],
  ['other-box', 'Q1_other', 'Q1'],
  ['repeat-page', 'Q2_chalk', 'Q2_chalk'],
  ['grid', 'Q1_coffee', undefined],
  ['grid', 'Q9', undefined],
])('in %s the input %s belongs to %s', (rule, field, code) => {
  expect(questionOfField(engineSurvey(rule), field)?.code).toBe(code);
});
