import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { textsIn } from '../../../src/questionnaire/checks/texts-in.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';

const flagship = getSurvey(readFileSync(new URL('../../../surveys/ai-adoption/1.0.json', import.meta.url), 'utf8'));
const descriptions = textsIn(flagship).filter(({ path }) => path.at(-1) === 'description');

test('what a stage means is a text like any other: its reading age and its language are checked', () => {
  expect(descriptions.map(({ path }) => path.join('/'))).toEqual(
    expect.arrayContaining(['stageRule/gives/0/description', 'stageRule/gives/0/values/0/description']),
  );
});

test('every stage of the AI adoption survey, and every other way to count it, says what it means', () => {
  const [stage] = flagship.file.stageRule?.gives ?? [];
  expect(stage?.values.filter(({ description }) => description === undefined)).toEqual([]);
  for (const name of ['stage', 'stage_strict', 'stage_soon']) {
    expect(flagship.derived.get(name)?.description, name).toBeDefined();
  }
});
