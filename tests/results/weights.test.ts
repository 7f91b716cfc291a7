import { describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import type { Weighting } from '../../src/questionnaire/definition.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { writeSnapshot } from '../../src/results/snapshot.ts';
import { NotWeightable, weightsOf } from '../../src/results/weights.ts';
import { CHOIRS } from '../release/choirs.ts';

const BY_SIZE: Weighting = {
  source: 'A made-up count',
  margins: [{ by: 'size', shares: { tiny: 0.5, small: 0.3, large: 0.2 } }],
};

function choirsWith(weighting: Weighting | undefined) {
  return getSurvey(JSON.stringify({ ...JSON.parse(CHOIRS), weighting }));
}

/** Weights of choirs of these sizes; `null` left the question blank. */
function weigh(weighting: Weighting | undefined, sizes: readonly (string | null)[], more: Answers = {}) {
  const survey = choirsWith(weighting);
  const writer = writeSnapshot(new Map([['v1', survey]]), {
    survey: 'choirs',
    madeOn: '2027-05-01',
    responses: sizes.length,
  });
  for (const O1 of sizes) writer.add('v1', { A1: 'yes', S1: 'often', O1, ...more });
  return weightsOf(survey, writer.finish());
}

const rounded = (weights: Float64Array | undefined) => weights && [...weights].map((each) => Number(each.toFixed(6)));

test('a survey that declares no population has no weights', () => {
  expect(weigh(undefined, ['n5', 'n20'])).toBeUndefined();
});

test('answers weigh what their part of the population makes of them', () => {
  expect(rounded(weigh(BY_SIZE, ['n5', 'n5', 'n20', 'n50', 'n99']))).toEqual([1.25, 1.25, 1.5, 0.5, 0.5]);
});

test('who is not known to have any of the values keeps a factor of 1', () => {
  expect(rounded(weigh(BY_SIZE, ['n5', 'n20', 'n50', 'dk', null]))).toEqual([1.5, 0.9, 0.6, 1, 1]);
});

test('a question is a margin as well as a variable, and shares that are rounded are made a whole', () => {
  const margins = [{ by: 'O1', shares: { n5: 0.333, n20: 0.333, n50: 0.166, n99: 0.166 } }];
  expect(rounded(weigh({ ...BY_SIZE, margins }, ['n5', 'n20', 'n50', 'n99']))).toEqual(
    [0.333, 0.333, 0.166, 0.166].map((share) => Number(((4 * share) / 0.998).toFixed(6))),
  );
});

describe('what cannot be weighted is refused in a sentence', () => {
  test('a value that nobody has', () => {
    expect(() => weigh(BY_SIZE, ['n5', 'n20', 'n20'])).toThrow(NotWeightable);
    expect(() => weigh(BY_SIZE, ['n5', 'n20', 'n20'])).toThrow(
      'Nobody answered for "large" of "size", so nobody can stand for that part of the population.',
    );
  });

  test('margins that cannot be met together', () => {
    const margins = [...BY_SIZE.margins, { by: 'O1', shares: { n5: 0.3, n20: 0.3, n50: 0.2, n99: 0.2 } }];
    expect(() => weigh({ ...BY_SIZE, margins }, ['n5', 'n20', 'n50', 'n99'])).toThrow(
      /after 1000 rounds "(tiny|large)" of "size" makes (30|40)% instead of (50|20)%\. Take values together/,
    );
  });

  test('limits under which a margin cannot be met', () => {
    expect(() => weigh({ ...BY_SIZE, limits: { lowest: 0.9, highest: 1.1 } }, ['n5', 'n20', 'n50'])).toThrow(
      'Widen "limits"',
    );
  });
});
