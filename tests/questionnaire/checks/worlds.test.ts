/** What the check says of routes, against respondents that walk them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFiles } from '../../../src/questionnaire/check-files.ts';
import { checkStageRule } from '../../../src/questionnaire/checks/stage-rule.ts';
import { subjectOf } from '../../../src/questionnaire/checks/subject.ts';
import { routesOf } from '../../../src/questionnaire/checks/worlds.ts';
import { allHold, holds } from '../../../src/questionnaire/conditions.ts';
import type { Journey } from '../../../src/questionnaire/journey.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { simulateResponse } from '../../../src/questionnaire/simulate.ts';
import type { Survey } from '../../../src/questionnaire/survey.ts';
import { arbitrarySurvey } from '../../support/arbitrary-survey.ts';
import { aiAdoption } from '../../surveys/walks.ts';

const subject = (survey: Survey) => subjectOf(survey, { value: survey.file, lineOf: () => 1 });

const respondents = (survey: Survey, n: number): Journey[] =>
  Array.from({ length: n }, (_, seed) => simulateResponse(survey, randomFrom(seed), { weights: {}, blanks: 0.3 }));

/** Conditions that turned out for a respondent as for none of the possible respondents, with how they turned out. */
function unforeseen(survey: Survey, journeys: readonly Journey[]): string[] {
  const { conditions, routes } = subject(survey);
  return conditions.flatMap((placed) => {
    const worlds = routes.worlds(placed, placed.given, { conditions: [placed.condition] });
    const foreseen = new Set(worlds?.map(({ known }) => holds(placed.condition, known)));
    const seen = journeys
      .filter(({ known }) => allHold(placed.given, known))
      .map(({ known }) => holds(placed.condition, known));
    return worlds
      ? [...new Set(seen)].filter((each) => !foreseen.has(each)).map((each) => `${placed.path.join('/')} ${each}`)
      : [];
  });
}

test('every condition turns out for whoever walks as it can turn out, in any generated survey', () => {
  const seen = { conditions: 0 };
  fc.assert(
    fc.property(arbitrarySurvey, (survey) => {
      const journeys = respondents(survey, 20).filter(({ next, end }) => !next && end === undefined);
      seen.conditions += journeys.length > 0 ? subject(survey).conditions.length : 0;
      expect(unforeseen(survey, journeys)).toEqual([]);
    }),
    { seed: 20260302, numRuns: 150 },
  );
  expect(seen.conditions).toBeGreaterThan(500);
}, 60_000);

describe('every possible respondent of the AI adoption survey', () => {
  test('has one of the 30 answers to the stage questions', () => {
    const each = ['S1', 'S3'].flatMap((code) =>
      (aiAdoption.questions.get(code)?.choices ?? []).map((option) => ({ question: code, is: option.code })),
    );
    const worlds = routesOf(aiAdoption).worlds({ position: aiAdoption.pages.length }, [], { conditions: each });
    const pairs = new Set(worlds?.map(({ answers }) => `${answers.S1} ${answers.S3 ?? 'not asked'}`));
    expect(pairs.size).toBe(30);
  });

  test('and a stage rule short of one row has exactly that gap', () => {
    const rule = aiAdoption.file.stageRule;
    if (!rule) throw new Error('the survey has a stage rule');
    for (const index of rule.rows.keys()) {
      const short = { ...rule, rows: rule.rows.filter((_, row) => row !== index) };
      const findings = checkStageRule(subject({ ...aiAdoption, file: { ...aiAdoption.file, stageRule: short } }));
      expect(findings.filter(({ check }) => check === 'stage-gap')).toHaveLength(1);
    }
  });
});

test('questions in the middle of a page, and numbers under and over a limit, are tried', () => {
  const survey = getSurvey(readFileSync(join(import.meta.dirname, '../../surveys/right.json'), 'utf8'));
  const condition = { question: 'O3', compare: { moreThan: 39.9 } };
  const worlds = routesOf(survey).worlds({ position: survey.pages.length }, [condition]);
  expect(worlds?.map(({ answers }) => answers.O3)).toContain('40');
});

test('whatever is changed in a survey file, the check ends with findings or none and never throws', () => {
  const text = readFileSync(join(import.meta.dirname, '../../surveys/right.json'), 'utf8');
  const words = [...new Set(text.match(/"[^"\n]*"|\d+/g) ?? [])];
  const swap = fc.tuple(fc.nat(), fc.nat());
  fc.assert(
    fc.property(fc.array(swap, { minLength: 1, maxLength: 3 }), (swaps) => {
      const changed = swaps.reduce((now, [from, to]) => {
        const places = [...now.matchAll(/"[^"\n]*"|\d+/g)];
        const place = places[from % places.length];
        if (!place) return now;
        return now.slice(0, place.index) + (words[to % words.length] ?? '') + now.slice(place.index + place[0].length);
      }, text);
      const [file] = checkFiles([{ path: 'changed.json', text: changed }], '2027-01-01');
      for (const { message, line } of file?.findings ?? []) {
        expect(message).toMatch(/^\S.*\.$/s);
        expect(line).toBeGreaterThan(0);
      }
    }),
    { seed: 20260303, numRuns: 400 },
  );
}, 60_000);
