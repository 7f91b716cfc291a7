import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Key, keyOf, leavesOf } from '../../../../src/release/microdata/generalise/keys.ts';
import { getOptimum } from '../../../../src/release/microdata/generalise/lattice.ts';
import { keysAndK } from './tables.ts';

const SEED = { seed: 20261122, numRuns: 300 };

/** Seven rows with an age, a gender and a postcode, and their hierarchies, as they are tried in ARX's own tests. */
const ROWS: readonly (readonly [age: number, gender: string, postcode: number])[] = [
  [34, 'male', 81667],
  [45, 'female', 81675],
  [66, 'male', 81925],
  [70, 'female', 81931],
  [34, 'female', 81931],
  [70, 'male', 81931],
  [45, 'male', 81931],
];
const GENDERS = ['male', 'female'];
const strip = (code: number, digits: number) =>
  String(code)
    .slice(0, 5 - digits)
    .padEnd(5, '*');
const AGES = Array.from({ length: 100 }, (_, index) => index + 1);
const POSTCODES = Array.from({ length: 10_000 }, (_, index) => 80_000 + index);
const SEVEN: readonly Key[] = [
  keyOf(
    'age',
    Int32Array.from(ROWS, ([age]) => age - 1),
    AGES.map((age) => [String(age), age < 50 ? '<50' : '>=50']),
  ),
  keyOf(
    'gender',
    Int32Array.from(ROWS, ([, gender]) => GENDERS.indexOf(gender)),
    GENDERS.map((gender) => [gender]),
  ),
  keyOf(
    'postcode',
    Int32Array.from(ROWS, ([, , code]) => code - 80_000),
    POSTCODES.map((code) => [0, 1, 2, 3, 4, 5].map((digits) => strip(code, digits))),
  ),
];

describe('the seven rows of ARX come out as ARX has them', () => {
  test.each([
    { limit: 0, levels: [2, 0, 3], leftOver: 0, score: 0.3666366636333333 },
    { limit: 0.3, levels: [1, 0, 3], leftOver: 1, score: 0.3118549949666667 },
  ])('k = 2 with $limit of the rows to spare', ({ limit, levels, leftOver, score }) => {
    const found = getOptimum(SEVEN, ROWS.length, 2, Math.floor(limit * ROWS.length));
    expect(found).toMatchObject({ levels, leftOver });
    expect(Math.abs(found.score - score)).toBeLessThan(1e-9);
    const looks = new Map<string, number>();
    for (const row of ROWS.keys()) {
      const look = SEVEN.map(({ codes, levels: all }, key) => all[levels[key] ?? 0]?.groups[codes[row] ?? 0]).join();
      looks.set(look, (looks.get(look) ?? 0) + 1);
    }
    const sizes = [...looks.values()].filter((size) => size >= 2).sort();
    expect(sizes).toEqual(limit === 0 ? [3, 4] : [2, 2, 2]);
  });
});

describe('of all choices of levels the best is found', () => {
  test('on many small tables, as by trying every one', () => {
    fc.assert(
      fc.property(keysAndK, ({ keys, k, budget, rows }) => {
        const { levels, score, leftOver } = getOptimum(keys, rows, k, budget);
        expect({ levels, score, leftOver }).toEqual(tryEveryChoice(keys, rows, k, budget));
      }),
      SEED,
    );
  });

  test('and a larger k never loses less', () => {
    fc.assert(
      fc.property(keysAndK, ({ keys, k, budget, rows }) => {
        if (k === 2) return;
        const [less, more] = [k - 1, k].map((each) => getOptimum(keys, rows, each, budget).score);
        expect(less).toBeLessThanOrEqual(more ?? 0);
      }),
      SEED,
    );
  });

  test('and the order of rows makes no difference', () => {
    fc.assert(
      fc.property(keysAndK, ({ keys, k, budget, rows }) => {
        const turned = keys.map((key) => ({ ...key, codes: key.codes.toReversed() }));
        expect(getOptimum(turned, rows, k, budget)).toEqual(getOptimum(keys, rows, k, budget));
      }),
      { ...SEED, numRuns: 50 },
    );
  });

  test('and no class of k is looked for among fewer rows', () => {
    expect(() => getOptimum(SEVEN, 7, 8, 7)).toThrow('7 rows can have no class of 8');
  });
});

test('wide hierarchies are counted as narrow ones are, though their codes together are no longer exact numbers', () => {
  const wide = Array.from({ length: 8 }, (_, place) =>
    keyOf(
      `key${place}`,
      Int32Array.from({ length: 40 }, (_, row) => (row * 7 + place) % 4),
      Array.from({ length: 1000 }, (_, leaf) => [String(leaf)]),
    ),
  );
  expect(getOptimum(wide, 40, 10, 0)).toMatchObject({ levels: [0, 0, 0, 0, 0, 0, 0, 0], leftOver: 0, score: 0 });
});

test('a hierarchy that does not nest is refused', () => {
  const crossing = [
    ['a', 'x', 'p'],
    ['b', 'x', 'q'],
  ];
  expect(() => keyOf('place', Int32Array.of(0, 1), crossing)).toThrow('the hierarchy of place does not nest');
});

/** The slow way, with nothing in common with the fast one but the loss as it is defined. */
function tryEveryChoice(keys: readonly Key[], rows: number, k: number, budget: number) {
  const choices = keys.reduce<number[][]>(
    (known, key) => known.flatMap((levels) => key.levels.map((_, level) => [...levels, level])),
    [[]],
  );
  const tried = choices.flatMap((levels) => {
    const looks = Array.from({ length: rows }, (_, row) =>
      keys.map(({ codes, levels: all }, key) => all[levels[key] ?? 0]?.groups[codes[row] ?? 0] ?? 0),
    );
    const size = (look: readonly number[]) => looks.filter((other) => other.join() === look.join()).length;
    const kept = looks.map((look) => size(look) >= k);
    const leftOver = kept.filter((each) => !each).length;
    if (leftOver > budget) return [];
    const losses = keys.map((key, place) => {
      const leaves = leavesOf(key);
      const told = looks.map((look, row) =>
        kept[row] ? (key.levels[levels[place] ?? 0]?.leaves[look[place] ?? 0] ?? 0) : leaves,
      );
      return leaves === 1 ? 0 : (told.reduce((sum, each) => sum + each, 0) / rows - 1) / (leaves - 1);
    });
    return [{ levels, score: losses.reduce((sum, loss) => sum + loss, 0) / keys.length, leftOver }];
  });
  return tried.reduce((best, each) => (each.score < best.score ? each : best));
}
