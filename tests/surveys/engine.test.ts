/** One tiny survey for each rule of the engine, with a test of the same name. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkSurvey } from '../../src/questionnaire/check.ts';
import { parseSurvey } from '../../src/questionnaire/parse.ts';
import { engineSurvey } from '../support/respond.ts';
import { choices } from './engine/choices.ts';
import { derivedVariables } from './engine/derived.ts';
import { pageRules } from './engine/page-rules.ts';
import { questionTypes } from './engine/question-types.ts';
import { routing } from './engine/routing.ts';
import { wordings } from './engine/wording.ts';

const rules = { ...questionTypes, ...choices, ...routing, ...wordings, ...pageRules, ...derivedVariables };

describe('each rule of the engine', () => {
  test.each(Object.entries(rules))('%s', (name, check) => check(engineSurvey(name)));
});

test('every rule has its survey, and every survey its rule', () => {
  const surveys = readdirSync(new URL('engine', import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));
  expect(Object.keys(rules).sort()).toEqual(surveys.sort());
});

test.each(Object.keys(rules))('%s goes by the name of its file and could be published', (name) => {
  const parsed = parseSurvey(readFileSync(new URL(`engine/${name}.json`, import.meta.url), 'utf8'));
  expect(parsed.survey?.file.survey).toBe(name);
  const findings = parsed.survey ? checkSurvey(parsed.survey, parsed.source) : parsed.findings;
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
});
