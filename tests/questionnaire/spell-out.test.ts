import { expect, test } from 'vitest';
import type { Condition } from '../../src/questionnaire/definition.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { spellOut } from '../../src/questionnaire/spell-out.ts';
import { CHOIRS } from '../release/choirs.ts';

interface ChoirsFile {
  segments: string[];
  stageRule: { from: string[]; rows: { if: Record<string, unknown>; give: Record<string, string> }[] };
  derived: unknown[];
}

/** The choirs, with what an author changed in their file. */
function choirsWith(change: (file: ChoirsFile) => void) {
  const file: ChoirsFile = JSON.parse(CHOIRS);
  change(file);
  return getSurvey(JSON.stringify(file));
}

const unsegmented = choirsWith((file) => {
  file.segments = [];
  file.derived.push({
    kind: 'when',
    code: 'records_now',
    label: 'Internal',
    role: 'plain',
    when: { question: 'S1', isAnyOf: ['often', 'once'] },
  });
});

const table: readonly [Condition, Condition][] = [
  [
    { variable: 'stage_strict', is: 'future' },
    { question: 'S1', isAnyOf: ['once', 'soon'] },
  ],
  [
    { variable: 'stage_strict', isNot: 'future' },
    { question: 'S1', isAnyOf: ['often', 'never'] },
  ],
  [
    { variable: 'size_wide', is: 'upto20' },
    { question: 'O1', isAnyOf: ['n5', 'n20'] },
  ],
  [{ variable: 'records_now', is: 'no' }, { not: { question: 'S1', isAnyOf: ['often', 'once'] } }],
  [
    {
      all: [
        { variable: 'records_now', is: 'yes' },
        { question: 'V1', is: 'yes' },
      ],
    },
    {
      all: [
        { question: 'S1', isAnyOf: ['often', 'once'] },
        { question: 'V1', is: 'yes' },
      ],
    },
  ],
  [
    { variable: 'c1_count', compare: { atLeast: 1 } },
    { variable: 'c1_count', compare: { atLeast: 1 } },
  ],
];

test.each(table)('%j is said as %j', (condition, expected) => {
  expect(spellOut(unsegmented, condition)).toEqual(expected);
});

test.each([
  { variable: 'stage', is: 'user' },
  { variable: 'size', is: 'tiny' },
])('%j keeps its name: readers meet it as a heading', (condition) => {
  expect(spellOut(getSurvey(CHOIRS), condition)).toEqual(condition);
});

test('of the questions of a stage rule only those are named that decide', () => {
  const survey = choirsWith((file) => {
    file.stageRule.from = ['S1', 'V1'];
    file.stageRule.rows = [
      { if: { S1: ['often', 'once'], V1: null }, give: { stage: 'user', stage_strict: 'user' } },
      { if: { S1: ['soon', 'never'], V1: ['yes', 'partly'] }, give: { stage: 'future', stage_strict: 'future' } },
      { if: { S1: ['soon', 'never'], V1: ['no', 'dk'] }, give: { stage: 'non', stage_strict: 'non' } },
    ];
  });
  expect(spellOut(survey, { variable: 'stage_strict', is: 'user' })).toEqual({
    question: 'S1',
    isAnyOf: ['often', 'once'],
  });
  expect(spellOut(survey, { variable: 'stage_strict', is: 'future' })).toEqual({
    question: 'V1',
    isAnyOf: ['yes', 'partly'],
  });
});

test('a rule that no lists of answers can stand for keeps its name', () => {
  const survey = choirsWith((file) => {
    file.stageRule.from = ['S1', 'V1'];
    file.stageRule.rows = [
      { if: { S1: 'often', V1: 'yes' }, give: { stage: 'user', stage_strict: 'user' } },
      { if: { S1: 'never', V1: 'no' }, give: { stage: 'user', stage_strict: 'user' } },
      { if: { S1: 'often', V1: 'no' }, give: { stage: 'non', stage_strict: 'non' } },
      { if: { S1: 'never', V1: 'yes' }, give: { stage: 'non', stage_strict: 'non' } },
    ];
  });
  const condition = { variable: 'stage_strict', is: 'user' };
  expect(spellOut(survey, condition)).toEqual(condition);
});
