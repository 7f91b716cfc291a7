import { describe, expect, test } from 'vitest';
import { wholePercent, wilson } from '../../src/results/figures.ts';

describe('the Wilson interval', () => {
  // Newcombe, R. G. (1998), Statistics in Medicine 17, 857–872, table I, method 3: its four published examples.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d of %d is as published', (n, base, low, high) => {
    const interval = wilson(n, base);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  // The pilot's stages, as the instrument's document gives them.
  test.each([
    [55, 49.6, 69.2],
    [15, 10.1, 25.2],
    [22, 16.4, 33.6],
  ])('of %d of 92 is %d%% to %d%%', (n, low, high) => {
    const interval = wilson(n, 92);
    expect(interval.low * 100).toBeCloseTo(low, 1);
    expect(interval.high * 100).toBeCloseTo(high, 1);
  });

  test('of everybody ends at exactly 100%', () => {
    expect(wilson(54, 54).high).toBe(1);
  });
});

test.each([
  [33, 40, 83],
  [45, 54, 83],
  [40, 54, 74],
  [43, 54, 80],
  [55, 92, 60],
  [1, 200, 1],
  [1, 201, 0],
  [0, 7, 0],
  [7, 7, 100],
  [29, 40, 73],
])('%d of %d is %d%%, halves up', (n, base, percent) => {
  expect(wholePercent(n, base)).toBe(percent);
});
