import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { flowDiagram } from '../../src/questionnaire/diagram.ts';
import { journeyOf } from '../../src/questionnaire/journey.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf, type StagePath } from '../../src/questionnaire/paths.ts';
import { aiAdoption } from '../surveys/walks.ts';

const right = readFileSync(join(import.meta.dirname, '../surveys/right.json'), 'utf8');
const drinks = getSurvey(right);

const questionsOf = (path: StagePath | undefined) =>
  (path?.sections ?? []).flatMap(({ pages }) => pages.flatMap(({ questions }) => questions));
const met = (path: StagePath | undefined) =>
  questionsOf(path).map(({ code, when }) => (when === undefined ? code : `${code} if ${when}`));

describe('the path of each stage', () => {
  const [drinker, other] = pathsOf(drinks);

  test('names what all of its respondents meet, and on what the rest depends', () => {
    expect(met(drinker)).toEqual([
      'A1',
      'D1',
      'D2',
      'D3 if the number ticked at D2, without none, is 1 or more and two or more are left of D2',
      'D4 if the number ticked at D2, without none, is 1 or more',
      'D5_coffee if D2 includes coffee',
      'D5_water if D2 includes water',
      'T1',
      'T2 if T1_milk is not no',
      'T3 if T1_milk is not no',
      'O1',
      'O2',
      'O3',
      'O4',
      'Z1',
    ]);
    expect(drinker?.sections.map(({ code }) => code)).toEqual(['start', 'drinks', 'tea', 'you']);
  });

  test('leaves out what its respondents never meet', () => {
    expect(other?.stage).toBe('other');
    expect(met(other).filter((question) => question.startsWith('T'))).toEqual([]);
    expect(other?.sections.map(({ code }) => code)).toEqual(['start', 'drinks', 'you']);
  });

  test.each(pathsOf(aiAdoption))('$stage has an example that leads there', ({ stage, example }) => {
    const journey = journeyOf(aiAdoption, example);
    expect([journey.next, journey.end, journey.known.variable('stage')]).toEqual([undefined, undefined, stage]);
  });

  test('is there for each stage of the AI adoption survey, and the same each time', () => {
    expect(pathsOf(aiAdoption).map(({ stage }) => stage)).toEqual(['adopter', 'future', 'non', 'unclassified']);
    expect(pathsOf(aiAdoption)).toEqual(pathsOf(aiAdoption));
  });

  test('are told of while they are followed, from nought on', () => {
    const heard: number[] = [];
    pathsOf(aiAdoption, (percent) => heard.push(percent));
    expect(heard).toEqual(heard.toSorted((one, other) => one - other));
    expect([heard[0], new Set(heard).size > 50, (heard.at(-1) ?? 0) > 95]).toEqual([0, true, true]);
  });

  test('is one for all where there is no stage rule', () => {
    const plain = { ...JSON.parse(right), stageRule: undefined };
    plain.sections.splice(2, 1);
    plain.segments = [];
    plain.disclosure.columns = [];
    const [path, ...rest] = pathsOf(getSurvey(JSON.stringify(plain)));
    expect(rest).toEqual([]);
    expect([path?.stage, questionsOf(path).length]).toEqual([undefined, 12]);
  });

  test('is missing for a stage that nobody can have', () => {
    const file = JSON.parse(right);
    file.stageRule.rows = [{ if: {}, give: { stage: 'other' } }];
    expect(pathsOf(getSurvey(JSON.stringify(file))).map(({ stage }) => stage)).toEqual(['other']);
  });
});

test('the diagram shows pages in sections, conditions on arrows, and ends', () => {
  expect(flowDiagram(drinks)).toBe(readFileSync(join(import.meta.dirname, 'expected/drinks.mmd'), 'utf8'));
});
