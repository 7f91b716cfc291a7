import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findStep, type Spread, weightedPercent } from '../../src/release/tables/weighted-percent.ts';

const part = fc.integer({ min: 0, max: 1000 }).map((each) => each / 1000);

/** Some of a base, of whom some are heavy and the others light. */
const somebody = fc
  .record({
    base: fc.integer({ min: 10, max: 400 }),
    heavyShare: part,
    share: part,
    least: part.map((each) => 0.05 + each),
    more: part.map((each) => 0.05 + 3 * each),
    own: part,
  })
  .map(({ base, heavyShare, share, least, more, own }) => {
    const heavy = Math.round(base * heavyShare);
    const n = Math.round(base * share);
    const [fewest, most] = [Math.max(0, heavy - (base - n)), Math.min(n, heavy)];
    const possible = Array.from({ length: most - fewest + 1 }, (_, index) => fewest + index);
    const spread: Spread = { least, most: least + more, open: 5 };
    const baseWeight = heavy * spread.most + (base - heavy) * least;
    const truth = possible[Math.min(possible.length - 1, Math.floor(own * possible.length))] ?? 0;
    return { n, base, baseWeight, possible, spread, truth };
  });

type Somebody = typeof somebody extends fc.Arbitrary<infer T> ? T : never;

/** How many of those who gave an answer may be heavy, for somebody who knows everything but that. */
function guess({ n, possible, spread, truth }: Somebody, percentOf: (weight: number) => number): number[] {
  const weightOf = (heavy: number) => heavy * spread.most + (n - heavy) * spread.least;
  return possible.filter((heavy) => percentOf(weightOf(heavy)) === percentOf(weightOf(truth)));
}

test('a weighted percentage leaves open how many of each kind said it, by five or altogether', () => {
  fc.assert(
    fc.property(somebody, (each) => {
      const { n, base, baseWeight, spread, possible } = each;
      const step = findStep(baseWeight, spread);
      if (step === undefined) return;
      const left = guess(each, (weight) => weightedPercent({ n, weight, base, baseWeight }, spread, step));
      const range = (left.at(-1) ?? 0) - (left[0] ?? 0);
      expect(range >= 5 || left.length === possible.length).toBe(true);
    }),
    { seed: 20_271_122, numRuns: 2000 },
  );
});

test('whole percent alone would not: the guess is caught on small bases', () => {
  const caught = fc.sample(somebody, { seed: 20_271_122, numRuns: 500 }).filter((each) => {
    const left = guess(each, (weight) => Math.round((100 * weight) / each.baseWeight));
    return (left.at(-1) ?? 0) - (left[0] ?? 0) < 5 && left.length < each.possible.length;
  });
  expect(caught.length).toBeGreaterThan(100);
});

test('large bases are told in whole percent, small ones in steps of ten or not at all', () => {
  const spread: Spread = { least: 0.5, most: 1.5, open: 5 };
  expect([1000, 600, 300, 120, 60, 59].map((base) => findStep(base, spread))).toEqual([1, 1, 2, 5, 10, undefined]);
});

test('the percentage is the weighted share to the step, and within two steps of it near the bounds', () => {
  fc.assert(
    fc.property(somebody, ({ n, base, baseWeight, spread, truth }) => {
      const step = findStep(baseWeight, spread);
      if (step === undefined) return;
      const weight = truth * spread.most + (n - truth) * spread.least;
      const percent = weightedPercent({ n, weight, base, baseWeight }, spread, step);
      expect(percent % step).toBe(0);
      expect(Math.abs(percent - (100 * weight) / baseWeight)).toBeLessThanOrEqual(2 * step);
    }),
    { seed: 20_271_122, numRuns: 2000 },
  );
});

test('nobody is nought and everybody is a hundred', () => {
  const spread: Spread = { least: 0.5, most: 1.5, open: 5 };
  const share = { base: 200, baseWeight: 210 };
  expect(weightedPercent({ ...share, n: 0, weight: 0 }, spread, 5)).toBe(0);
  expect(weightedPercent({ ...share, n: 200, weight: 210 }, spread, 5)).toBe(100);
});
