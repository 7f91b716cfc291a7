import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { journeyOf } from '../../src/questionnaire/journey.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { simulateResponse, type Weights, weightProblems, weightsSchema } from '../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import { fieldsOf } from '../../src/questionnaire/survey.ts';
import { engineSurvey } from '../support/respond.ts';

const HABITS = { weights: {}, blanks: 0.1 };

/** The answers of `n` made-up respondents who took part. */
function simulate(rule: string, n: number, weights: Weights = {}, seed = 1, blanks = 0) {
  const survey = engineSurvey(rule);
  const random = randomFrom(seed);
  return Array.from({ length: n }, () =>
    simulateResponse(survey, random, { weights: { A1: { yes: 1, no: 0 }, ...weights }, blanks }),
  );
}

const share = <T>(of: readonly T[], such: (each: T) => boolean) => of.filter(such).length / of.length;

describe('random numbers', () => {
  test('are those of the published generator', () => {
    // Worked out in C with sfc32::raw32 and sfc32::seed(Uint64) as PractRand has them.
    const words = (seed: number) => Array.from({ length: 4 }, randomFrom(seed)).map((number) => number * 2 ** 32);
    expect(words(1)).toEqual([2012149540, 1872316204, 1707632675, 1779833415]);
    expect(words(0x1234567890abc)).toEqual([1490866092, 2539973455, 93874305, 2863629984]);
  });

  test('fall evenly between nought and one', () => {
    const random = randomFrom(7);
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 100_000; i++) {
      const place = Math.floor(random() * 10);
      tenths[place] = (tenths[place] ?? 0) + 1;
    }
    // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
    expect(tenths.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});

describe('a simulated response', () => {
  const rules = readdirSync(new URL('../surveys/engine', import.meta.url))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

  test.each(rules)('keeps the rules of %s and comes to its end', (rule) => {
    const survey = engineSurvey(rule);
    const random = randomFrom(3);
    for (let i = 0; i < 50; i++) {
      const journey = simulateResponse(survey, random, HABITS);
      expect(journey.next).toBeUndefined();
      const again = journeyOf(survey, journey.answers);
      expect([again.answers, again.filled, again.end]).toEqual([journey.answers, journey.filled, journey.end]);
    }
  });

  const shipped = readdirSync(new URL('../../surveys', import.meta.url), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.json') && !path.endsWith('.schema.json'),
  );

  test.each(shipped)('comes to its end in surveys/%s', (path) => {
    const survey = getSurvey(readFileSync(new URL(`../../surveys/${path}`, import.meta.url), 'utf8'));
    const random = randomFrom(9);
    const met = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const journey = simulateResponse(survey, random, HABITS);
      expect(journey.next).toBeUndefined();
      for (const field of Object.keys(journey.answers)) met.add(field);
    }
    // Among a few hundred made-up respondents somebody meets every question.
    for (const question of survey.questions.values()) expect(met, question.code).toContain(fieldsOf(question)[0]);
  });

  test('is the same for the same seed and another for another', () => {
    const answers = (seed: number) => simulate('grid', 20, {}, seed).map((journey) => journey.answers);
    expect(answers(5)).toEqual(answers(5));
    expect(answers(5)).not.toEqual(answers(6));
  });

  test('chooses in proportion to the weights, and never what weighs nothing', () => {
    const journeys = simulate('stage-rule', 4000, { Q1: { yes: 3, no: 1 }, Q2: { soon: 0, later: 1, never: 1 } });
    expect(share(journeys, ({ answers }) => answers.Q1 === 'yes')).toBeCloseTo(0.75, 1);
    expect(journeys.some(({ answers }) => answers.Q2 === 'soon')).toBe(false);
  });

  test('ticks an exclusive option alone, and no more than the most', () => {
    for (const { answers } of simulate('exclusive', 200)) {
      if (answers.Q1?.includes('none')) expect(answers.Q1).toEqual(['none']);
    }
    for (const { answers } of simulate('at-most', 200)) expect(answers.Q1?.length).toBeLessThanOrEqual(2);
  });

  test('weighs a row of a grid by its own name before the name of its question', () => {
    const journeys = simulate('grid', 50, { Q1: { little: 1, lot: 0 }, Q1_milk: { little: 0, lot: 1 } });
    expect(new Set(journeys.map(({ answers }) => `${answers.Q1_tea} ${answers.Q1_milk}`))).toEqual(
      new Set(['little lot']),
    );
  });

  test('leaves the asked share of optional questions blank', () => {
    const journeys = simulate('grid', 2000, {}, 1, 0.3);
    expect(share(journeys, ({ answers }) => answers.Q1_tea === null)).toBeCloseTo(0.3, 1);
  });

  test('makes parts add up to what the page wants', () => {
    const sums = simulate('sum-rule', 200, { Q2: { dk: 0 } }).map(({ answers }) => [
      Number(answers.Q2) + Number(answers.Q3),
      Number(answers.Q1),
    ]);
    for (const [sum, total] of sums) expect(sum).toBe(total);
  });

  test('says of a text that it is made up, within its limit', () => {
    expect(simulate('text-limit', 1)[0]?.answers.Q1).toBe('Made-');
  });

  test('stops at a page whose rules no answers can keep', () => {
    const survey = engineSurvey('refuse-rule');
    const [page] = survey.pages.slice(-1);
    const never = { refuseWhen: { not: { question: 'Q1', is: 'never' } }, at: 'Q1', message: 'No.' };
    const impossible = {
      ...survey,
      pages: [...survey.pages.slice(0, -1), ...(page ? [{ ...page, rules: [never] }] : [])],
    };
    const journey = simulateResponse(impossible, randomFrom(1), { ...HABITS, weights: { A1: { no: 0 } } });
    expect(journey.next?.page.code).toBe('q1');
    expect(submissionOf(journey)).toBeUndefined();
  });
});

describe('weights', () => {
  test('name questions, rows and answers of the survey', () => {
    const problems = (rule: string, weights: Weights) => weightProblems(engineSurvey(rule), weights);
    expect(problems('grid', { Q1: { lot: 2 }, Q1_tea: { lot: 1 } })).toEqual([]);
    expect(problems('date', { Q1: { value: 1, dk: 1 } })).toEqual([]);
    expect(problems('options-from', { Q2: { other: 1, dk: 2 } })).toEqual([]);
    expect(problems('grid', { Q9: { lot: 2 } })).toEqual(['"Q9" is not a question of grid.']);
    expect(problems('grid', { Q1: { value: 2 } })).toEqual([
      '"value" is not an answer to Q1. Its answers: little, lot.',
    ]);
  });

  test('are never below nought', () => {
    expect(weightsSchema.safeParse({ Q1: { lot: -1 } }).success).toBe(false);
    expect(weightsSchema.safeParse({ Q1: { lot: 0 } }).success).toBe(true);
  });
});
