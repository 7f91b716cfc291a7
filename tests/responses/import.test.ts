import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { simulateResponse } from '../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import type { Survey } from '../../src/questionnaire/survey.ts';
import { readHeader, readRow } from '../../src/responses/import.ts';
import { reasonFor } from '../../src/responses/import-reasons.ts';
import { answerColumns, rowOf } from '../../src/responses/table.ts';
import { engineSurvey } from '../support/respond.ts';

/** A row by its columns' names: the submission's answers, or what is said of it. */
function imported(survey: Survey, row: Record<string, string>, ignore: string[] = []): unknown {
  const { columns, refusals } = readHeader(survey, Object.keys(row), ignore);
  if (refusals.length > 0) return refusals.map(({ column, reason }) => `${column} ${reason}`);
  const read = readRow(survey, columns, Object.values(row));
  if ('submission' in read) return read.submission.answers;
  return read.refusals.map(({ column, reason }) => `${column ?? ''} ${reason}`.trim());
}

const importInto = (rule: string) => (row: Record<string, string>, ignore?: string[]) =>
  imported(engineSurvey(rule), { A1: 'yes', ...row }, ignore);

describe('a header', () => {
  const says = (header: string[], ignore: string[] = []) =>
    readHeader(engineSurvey('stage-rule'), header, ignore).refusals.map(({ column, reason }) => `${column} ${reason}`);

  test('names questions, derived variables and the row’s own id', () => {
    expect(says(['id', 'A1', 'Q1', 'Q2', 'stage', 'stage_detail'])).toEqual([]);
  });

  test('is refused with a column that is neither, unless that is to be passed over', () => {
    expect(says(['A1', 'stage_detial'])).toEqual([
      'stage_detial is neither a question nor a variable of this survey. Did you mean stage_detail? To pass it over: --ignore stage_detial',
    ]);
    expect(says(['A1', 'Q1', 'weather'], ['weather'])).toEqual([]);
  });

  test('is refused once for a question that everybody has to answer and that has no column', () => {
    expect(says(['A1'])).toEqual(['undefined The file has no column Q1, which everybody has to answer.']);
    // Q2 is asked of some only.
    expect(says(['A1', 'Q1'])).toEqual([]);
  });

  test('is refused with a column that stands twice, has no name or is not separated by commas', () => {
    expect(says(['A1', 'Q1', 'Q1'])).toEqual(['Q1 stands twice in the header.']);
    expect(says(['A1', ''])).toEqual([' has no name.']);
    expect(says(['A1;Q1;Q2'])).toEqual([
      'A1;Q1;Q2 has semicolons in it: save the file with commas between its columns.',
    ]);
  });
});

describe('a row', () => {
  test('becomes the submission that a person’s answers would', () => {
    expect(importInto('multiple')({ Q1: 'green| red' })).toEqual({ A1: 'yes', Q1: ['red', 'green'] });
    expect(importInto('grid')({ Q1_tea: 'lot' })).toEqual({ A1: 'yes', Q1_tea: 'lot', Q1_milk: null });
    expect(importInto('ranking')({ Q1: 'trust|cost' })).toEqual({ A1: 'yes', Q1: ['trust', 'cost'] });
    expect(importInto('date')({ Q1: '2027-03-31' })).toEqual({ A1: 'yes', Q1: '2027-03-31' });
    expect(importInto('number-decimal')({ Q1: '1,250.50' })).toEqual({ A1: 'yes', Q1: '1250.5' });
    expect(importInto('other-box')({ Q1: 'red|other', Q1_other: 'a|b' })).toMatchObject({ Q1_other: 'a|b' });
    expect(importInto('filled-by-rule')({ Q1: 'cost', Q2: 'cost' })).toMatchObject({ Q2: 'cost', Q3: null });
  });

  test('has a blank where an optional question has no column or an empty cell', () => {
    expect(importInto('soft-prompt')({ Q1: '', Q3: 'yes' })).toEqual({
      A1: 'yes',
      Q1: null,
      Q2_x: null,
      Q2_y: null,
      Q3: 'yes',
    });
  });

  test.each([
    ['single', { Q1: 'purple' }, 'Q1 “purple” is none of the answers that can be given here: red, blue.'],
    [
      'exclusive',
      { Q1: 'red|none' },
      'Q1 “red|none” holds “None of these”, which stands alone, together with other answers.',
    ],
    ['number-range', { Q1: '11' }, 'Q1 “11” is over 10.'],
    ['date', { Q1: '31/03/2027' }, 'Q1 “31/03/2027” is not a date such as 2027-03-31.'],
    ['text-limit', { Q1: 'hello!!' }, 'Q1 “hello!!” is 2 characters over its limit of 5.'],
    ['other-box', { Q1: 'red', Q1_other: 'teal' }, 'Q1_other “teal” is filled in, but “Another” is not chosen.'],
    ['sum-rule', { Q1: '10', Q2: '6', Q3: '5' }, 'Q3 “5” breaks a rule of its page: The two must make all.'],
    [
      'refuse-rule',
      { Q1: '2026-02-02', Q2: '2026-02-01' },
      'Q2 “2026-02-01” breaks a rule of its page: The end cannot be before the start.',
    ],
    ['ranking', { Q1: 'cost|cost' }, 'Q1 “cost|cost” holds the same answer twice.'],
    [
      'ends',
      { A1: 'no', Q1: '' },
      'A1 ends the questionnaire at “declined”, where nothing is kept: leave the row out.',
    ],
    ['page-when', { Q1: 'no', Q2: 'yes' }, 'Q2 “yes” was not asked for: it is asked when Q1 is yes.'],
    [
      'options-from',
      { Q1: '', Q2: 'cost' },
      'Q2 “cost” was not asked for: it is asked when two or more answers to Q1 are ticked.',
    ],
    [
      'filled-by-rule',
      { Q1: 'cost', Q2: 'speed' },
      'Q2 “speed” was not asked for: with one answer left, a rule fills in “cost”.',
    ],
    ['multiple', { Q1: 'red,green' }, 'Q1 “red,green” is several answers in one. Put | between ticks: red|green'],
    ['multiple', { Q1: 'red; green' }, 'Q1 “red; green” is several answers in one. Put | between ticks: red|green'],
    ['stage-rule', { Q1: 'yes', stage: 'non' }, 'stage “non” is not what the answers give: “adopter”.'],
    ['derived-bands', { Q1: '', band: 'low' }, 'band “low” is not what the answers give: nothing.'],
    ['text-limit', { Q1: 'caf\uFFFD' }, 'Q1 holds a character that could not be read: save the file as UTF-8.'],
  ])('of %s is refused with %o', (rule, row, reason) => {
    expect(importInto(rule)(row)).toEqual([reason]);
  });

  test('is refused with everything that is wrong on the page it stops at', () => {
    expect(importInto('required')({ Q1: '', Q2: '', Q3_x: 'c', Q3_y: '', Q4: '' })).toEqual([
      'Q1 is empty, and an answer is required: yes, no.',
      'Q2 is empty, and at least one answer is required: a, b.',
      'Q3_x “c” is none of the answers that can be given here: a, b.',
      'Q3_y is empty, and an answer is required: a, b.',
      'Q4 is empty, and an answer is required.',
    ]);
  });

  test('is refused when it is longer or shorter than the header', () => {
    const survey = engineSurvey('single');
    const { columns } = readHeader(survey, ['A1', 'Q1'], []);
    expect(readRow(survey, columns, ['yes'])).toEqual({
      refusals: [{ column: undefined, reason: 'The row has 1 cell, and the header 2.' }],
    });
  });

  test('keeps to variables it states and to none it leaves empty', () => {
    expect(importInto('stage-rule')({ Q1: 'no', Q2: 'soon', stage: 'future', stage_detail: '' })).toMatchObject({
      Q2: 'soon',
    });
    expect(importInto('stage-rule')({ Q1: 'yes', stage: 'non' }, ['stage'])).toMatchObject({ Q1: 'yes' });
  });
});

test('every problem that a page can have is said in a sentence of its own', () => {
  const sources = ['page-rules', 'read-page'].map((name) =>
    readFileSync(new URL(`../../src/questionnaire/${name}.ts`, import.meta.url), 'utf8'),
  );
  const keys = new Set(sources.join().match(/error\.[a-z_]+/g));
  expect(keys.size).toBeGreaterThan(15);
  for (const key of keys)
    expect(reasonFor({ field: 'Q1', question: 'Q1', key, params: {} }, undefined, undefined), key).not.toBe(
      'cannot be taken.',
    );
});

describe('a row written from a submission', () => {
  const rules = readdirSync(new URL('../surveys/engine', import.meta.url)).filter((file) => file.endsWith('.json'));
  const surveys = [
    ...rules.map((file) => engineSurvey(file.slice(0, -'.json'.length))),
    getSurvey(readFileSync(new URL('../../surveys/ai-adoption/1.0.json', import.meta.url), 'utf8')),
  ];

  test.each(surveys.map((survey) => [survey.file.survey, survey] as const))('of %s gives it back', (_, survey) => {
    const random = randomFrom(11);
    const { columns, refusals } = readHeader(survey, answerColumns(survey), []);
    expect(refusals).toEqual([]);
    for (let i = 0; i < 20; i++) {
      const journey = simulateResponse(survey, random, { weights: {}, blanks: 0.2 });
      const submission = submissionOf(journey);
      if (submission)
        expect(readRow(survey, columns, rowOf(answerColumns(survey), submission))).toEqual({ submission });
    }
  });
});
