/** The 92 made-up answers of the pilot give back the figures that the pilot published (see the survey's README). */
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { knownFrom } from '../../src/questionnaire/journey.ts';
import { variablesOf } from '../../src/questionnaire/variables.ts';
import { aiAdoption, surveyText } from './walks.ts';

const records = z
  .array(z.record(z.string(), z.string()))
  .parse(parse(surveyText('ai-adoption/pilot92.csv'), { columns: true, bom: true }));

const GIVEN = new Set(['id', 'synthetic', 'stage', 'stage_detail', 'route']);
const lists = new Set(
  [...aiAdoption.questions.values()].filter((each) => each.type === 'multiple').map((each) => each.code),
);
const respondents = records.map((record) => ({
  record,
  answers: Object.fromEntries(
    Object.entries(record)
      .filter(([field]) => !GIVEN.has(field))
      .map(([field, value]) => [field, value === '' ? null : lists.has(field) ? value.split('|') : value]),
  ) satisfies Answers,
}));

const variables = new Map(variablesOf(aiAdoption).map((variable) => [variable.name, variable]));
const read = (answers: Answers, name: string) => variables.get(name)?.read(answers);
const inStage = (stage: string) => respondents.filter(({ answers }) => read(answers, 'stage') === stage);
const count = (stage: string, name: string, value = 'yes') =>
  inStage(stage).filter(({ answers }) => read(answers, name) === value).length;
const answered = (stage: string, name: string) =>
  inStage(stage).filter(({ answers }) => typeof read(answers, name) === 'string').length;

test('every column is a field of the survey, and every answer one of its options', () => {
  const wrong = respondents.flatMap(({ answers }) =>
    Object.entries(answers).flatMap(([field, answer]) => {
      const question = aiAdoption.questions.get(field) ?? aiAdoption.questions.get(field.split('_')[0] ?? '');
      const codes = question?.choices.map((option) => option.code) ?? [];
      return [answer ?? []]
        .flat()
        .filter((code) => !codes.includes(code))
        .map((code) => `${field}: ${code}`);
    }),
  );
  expect(wrong).toEqual([]);
});

test('the stage rule gives every one of the 92 the stage, stage in detail and route that the file has for it', () => {
  expect(respondents).toHaveLength(92);
  for (const { record, answers } of respondents) {
    const known = knownFrom(aiAdoption, answers);
    const { stage, stage_detail, route } = record;
    expect([record.id, ...['stage', 'stage_detail', 'route'].map((name) => known.variable(name))]).toEqual([
      record.id,
      stage,
      stage_detail,
      route,
    ]);
  }
});

describe('the published figures', () => {
  test('55 of 92 use AI (60%), 15 prepare (16%), 22 have no plans (24%)', () => {
    expect(['adopter', 'future', 'non', 'unclassified'].map((stage) => inStage(stage).length)).toEqual([55, 15, 22, 0]);
  });

  test.each([
    ['c1_raised_privacy', 45, '83% worry about data privacy'],
    ['c1_raised_integration', 40, 'nearly 75% have trouble to integrate'],
    ['c1_raised_skills', 38, 'a large number miss skills'],
    ['u1_training', 43, 'nearly 80% ask for training'],
    ['u1_any', 50, 'most ask for support'],
  ])('%s: %i of the 54 adopters who answered (%s)', (name, expected) => {
    expect([count('adopter', name), answered('adopter', name)]).toEqual([expected, 54]);
  });

  test('those preparing all want support, and 8 of 22 non-adopters do', () => {
    expect([count('future', 'u1_any'), count('non', 'u1_any')]).toEqual([15, 8]);
  });

  test('non-adopters raise the fewest concerns: 5.80, 5.47 and 1.64 on average', () => {
    const mean = (stage: string) => {
      const counts = inStage(stage)
        .map(({ answers }) => read(answers, 'c1_count'))
        .filter((value) => typeof value === 'string');
      return (counts.reduce((sum, value) => sum + Number(value), 0) / counts.length).toFixed(2);
    };
    expect(['adopter', 'future', 'non'].map(mean)).toEqual(['5.80', '5.47', '1.64']);
  });

  test('50 of the 55 adopters are micro or small', () => {
    expect(count('adopter', 'size', 'micro') + count('adopter', 'size', 'small')).toBe(50);
  });
});
