/** Somebody who knows in which order answers came, or stand in the store, and looks for it in what left (rule M16). */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { BYTES_AN_ITEM, shuffle } from '../../../src/release/texts/order.ts';

const N = 40;
const SEEDS = 400;
const items = Array.from({ length: N }, (_, index) => index);

function bytesFrom(seed: number, length: number): Uint8Array {
  const random = randomFrom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** Spearman's, of places without ties: 1 is the same order, −1 the reverse, 0 nothing. */
function rankCorrelation(order: readonly number[]): number {
  const squares = order.reduce((sum, from, to) => sum + (from - to) ** 2, 0);
  return 1 - (6 * squares) / (order.length * (order.length ** 2 - 1));
}

interface Told {
  readonly mean: number;
  readonly largest: number;
  /** How often an item is where it was, of how often chance would leave it. */
  readonly stayed: number;
}

function attack(orderOf: (seed: number) => readonly number[]): Told {
  const orders = Array.from({ length: SEEDS }, (_, seed) => orderOf(seed + 1));
  const correlations = orders.map(rankCorrelation);
  return {
    mean: Math.abs(correlations.reduce((sum, each) => sum + each, 0) / SEEDS),
    largest: Math.max(...correlations.map(Math.abs)),
    stayed: orders.reduce((sum, order) => sum + order.filter((from, to) => from === to).length, 0) / SEEDS,
  };
}

/** The standard error of a correlation of 40 is 0.16, of the mean over 400 seeds 0.008. */
const tellsNothing = ({ mean, largest, stayed }: Told) => mean < 0.03 && largest < 0.65 && stayed > 0.7 && stayed < 1.3;

describe('M16: the order of what leaves', () => {
  test('tells nothing of the order in the store', () => {
    expect(attack((seed) => shuffle(items, bytesFrom(seed, N * BYTES_AN_ITEM)))).toSatisfy(tellsNothing);
  });

  test('tells nothing of the order in the review file, which came from other bytes', () => {
    const told = attack((seed) => {
      const review = shuffle(items, bytesFrom(seed, N * BYTES_AN_ITEM));
      const left = shuffle(review, bytesFrom(seed + 10_000, N * BYTES_AN_ITEM));
      return left.map((item) => review.indexOf(item));
    });
    expect(told).toSatisfy(tellsNothing);
  });

  test.each([
    ['an order left as it was', () => items],
    ['one that only starts elsewhere', (seed: number) => [...items.slice(seed % 3), ...items.slice(0, seed % 3)]],
    ['neighbours swapped', () => items.map((item) => item ^ 1)],
  ])('the attacker finds a planted fault: %s', (_, orderOf) => {
    expect(attack(orderOf)).not.toSatisfy(tellsNothing);
  });

  test('keeps every item, also those that are alike', () => {
    expect(shuffle(['a', 'b', 'a'], bytesFrom(1, 24)).sort()).toEqual(['a', 'a', 'b']);
  });

  test.each([
    ['too few bytes', bytesFrom(1, 23)],
    ['bytes that are all the same', new Uint8Array(24)],
  ])('%s are refused', (_, random) => {
    expect(() => shuffle(['a', 'b', 'c'], random)).toThrow('too few or not random');
  });
});
