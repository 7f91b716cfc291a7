import { expect, test } from 'vitest';
import { changeOf } from '../../src/results/change.ts';

// Newcombe (1998), Table II, method 10: the first group less the second.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [0, 10, 0, 10, -0.2775, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
  [10, 10, 0, 10, 0.6075, 1],
])('%i of %i after %i of %i has the published interval', (n, base, m, other, low, high) => {
  const change = changeOf({ n: m, base: other }, { n, base });
  expect(change.difference).toBeCloseTo(n / base - m / other, 12);
  expect([change.low, change.high].map((each) => Math.round(each * 10_000) / 10_000)).toEqual([low, high]);
});

test('the other way round it is the same with the other sign', () => {
  const [there, back] = [
    changeOf({ n: 5, base: 56 }, { n: 0, base: 29 }),
    changeOf({ n: 0, base: 29 }, { n: 5, base: 56 }),
  ];
  expect(back.difference).toBeCloseTo(-there.difference, 12);
  expect([back.low, back.high]).toEqual([expect.closeTo(-there.high, 12), expect.closeTo(-there.low, 12)]);
});
