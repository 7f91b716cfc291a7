import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Limits, type Margin, rake } from '../../src/results/raking.ts';
import { precisionOf } from '../../src/results/weights.ts';
import { hasR, runR } from './in-r.ts';

const margin = (values: readonly number[], ...shares: number[]): Margin => ({
  values: Int32Array.from(values),
  shares,
});

describe('weights worked out by hand', () => {
  test.each([
    ['one margin: a share over the share of the sample', [margin([0, 0, 0, 1], 0.5, 0.5)], [2 / 3, 2 / 3, 2 / 3, 2]],
    [
      'two margins that do not hang together: the product of both',
      [margin([0, 0, 1, 1], 0.8, 0.2), margin([0, 1, 0, 1], 0.25, 0.75)],
      [0.8, 2.4, 0.2, 0.6],
    ],
    ['nothing known of somebody: a factor of 1', [margin([0, 0, 0, 1, -1], 0.5, 0.5)], [2 / 3, 2 / 3, 2 / 3, 2, 1]],
    ['a sample that is like its population stays as it is', [margin([0, 0, 0, 1], 0.75, 0.25)], [1, 1, 1, 1]],
  ])('%s', (_, margins, expected) => {
    const raking = rake(expected.length, margins);
    expect([...raking.weights].map((weight) => weight.toFixed(12))).toEqual(expected.map((each) => each.toFixed(12)));
    expect(raking.gap).toBeLessThan(1e-9);
  });
});

/** Twelve people; of the last one the second margin is not known. */
const TWELVE = [
  margin([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], 0.8, 0.2),
  margin([0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, -1], 0.5, 0.5),
];

test('two margins that hang together, with a value that is not known: what a loop in R gives', () => {
  const { weights, rounds } = rake(12, TWELVE);
  const [a, b, c, d] = [1.309059877, 2.181880245, 0.290801063, 0.484693715];
  expect([...weights].map((weight) => Number(weight.toFixed(9)))).toEqual([
    a,
    a,
    a,
    a,
    b,
    b,
    c,
    c,
    d,
    d,
    d,
    0.36431673,
  ]);
  expect(rounds).toBeLessThan(50);
  const { effectiveBase, designEffect } = precisionOf(weights);
  expect(effectiveBase).toBeCloseTo(8.284244, 6);
  expect(designEffect).toBeCloseTo(12 / 8.284244, 6);
});

const R = `
x <- as.matrix(read.csv(file("stdin"), header = FALSE)); n <- nrow(x); margins <- ncol(x)
shares <- list(c(.5, .3, .2), c(.9, .1)); w <- rep(1, n)
for (round in 1:1000) for (j in 1:margins) {
  known <- x[, j] >= 0; all <- sum(w[known]); before <- w
  for (v in seq_along(shares[[j]])) { own <- x[, j] == v - 1; w[own] <- before[own] * shares[[j]][v] * all / sum(before[own]) }
}
cat(sprintf("%.12f", w), sep = "\\n")`;

test.runIf(hasR('raking against a loop in R'))('made-up answers weigh what R says', () => {
  const first = Array.from({ length: 300 }, (_, row) => (row % 7 === 0 ? -1 : (row * row + (row % 4)) % 3));
  const second = first.map((value, row) => (row % 5 === 3 || (value === 1 && row % 2 === 0) ? 1 : 0));
  expect([...new Set(first)].sort()).toEqual([-1, 0, 1, 2]);
  const said = runR(R, first.map((value, row) => `${value},${second[row]}`).join('\n'));
  const { weights } = rake(300, [margin(first, 0.5, 0.3, 0.2), margin(second, 0.9, 0.1)]);
  expect([...weights].map((weight) => weight.toFixed(7))).toEqual(said.map((weight) => Number(weight).toFixed(7)));
});

const sample = fc
  .record({
    responses: fc.integer({ min: 1, max: 60 }),
    seed: fc.array(fc.nat(99), { minLength: 120, maxLength: 120 }),
  })
  .map(({ responses, seed }) => ({
    // Everybody together first, so that each value and each pair of values has somebody.
    one: [0, 0, 1, 1, ...seed.slice(0, responses).map((each) => (each % 10 === 9 ? -1 : each % 2))],
    other: [0, 1, 0, 1, ...seed.slice(60, 60 + responses).map((each) => (each % 7 === 6 ? -1 : each % 2))],
  }));

test('every margin is met, the mean is 1, and the same answers weigh the same to the bit', () => {
  fc.assert(
    fc.property(sample, fc.double({ min: 0.05, max: 0.95, noNaN: true }), ({ one, other }, share) => {
      const margins = [margin(one, share, 1 - share), margin(other, 0.3, 0.7)];
      const { weights, reached, gap } = rake(one.length, margins);
      expect(gap).toBeLessThan(1e-6);
      expect(reached[0]?.[0]).toBeCloseTo(share, 5);
      expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(one.length, 6);
      expect(rake(one.length, margins).weights).toEqual(weights);
    }),
    { seed: 20_271_122, numRuns: 100 },
  );
});

describe('weights are trimmed only where the limits are declared', () => {
  const values = [...Array.from({ length: 90 }, () => 0), ...Array.from({ length: 10 }, () => 1)];
  const margins = [margin(values, 0.4, 0.6)];

  test('without them one answer may weigh six', () => {
    expect(Math.max(...rake(100, margins).weights)).toBeCloseTo(6, 9);
  });

  test.each<[Limits, number]>([
    [{ lowest: 0.2, highest: 3 }, 3],
    [{ lowest: 0.8, highest: 9 }, 2.8],
  ])('within %o none weighs more than %d, the mean stays 1, and the gap is told', (limits, most) => {
    const { weights, gap, reached } = rake(100, margins, limits);
    expect(Math.max(...weights)).toBeCloseTo(most, 6);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(limits.lowest);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(100, 6);
    expect(gap).toBeCloseTo(0.6 - (reached[0]?.[1] ?? 0), 9);
    expect(gap).toBeGreaterThan(0.1);
  });

  test('limits that nothing reaches change nothing', () => {
    expect([...rake(12, TWELVE, { lowest: 0.1, highest: 5 }).weights].map((each) => each.toFixed(6))).toEqual(
      [...rake(12, TWELVE).weights].map((each) => each.toFixed(6)),
    );
  });
});

test('margins that nobody can meet together are told by their gap', () => {
  const never = [margin([0, 0, 1, 1], 0.5, 0.5), margin([0, 0, 1, 1], 0.9, 0.1)];
  expect(rake(4, never).gap).toBeCloseTo(0.4, 6);
});

test('the design effect is 1 for equal weights, and what Kish gives for others', () => {
  expect(precisionOf(Float64Array.of(1, 1, 1, 1))).toEqual({ effectiveBase: 4, designEffect: 1 });
  expect(precisionOf(Float64Array.of(1, 1, 4)).effectiveBase).toBe(2);
});
