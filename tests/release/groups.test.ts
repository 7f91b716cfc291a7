import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupValues, type Level, NOT_KNOWN, REST } from '../../src/release/tables/protection/groups.ts';

const values = (bases: Readonly<Record<string, number>>) =>
  Object.entries(bases).map(([code, base]) => ({ code, label: code, base }));

const WIDE: Level = new Map(
  Object.entries({ a: 'ab', b: 'ab', c: 'cd', d: 'cd' }).map(([value, code]) => [value, { code, label: code }]),
);

test.each([
  ['large values stand alone', { a: 10, b: 20 }, 0, [], [['a'], ['b']]],
  ['a value nobody has is left out', { a: 10, b: 0, c: 12 }, 0, [], [['a'], ['c']]],
  ['a small value takes its whole family up', { a: 3, b: 20, c: 11, d: 12 }, 0, [WIDE], [['a', 'b'], ['c'], ['d']]],
  ['what stays small is left over, with the smallest beside it', { a: 3, b: 20, c: 11 }, 0, [], [['b'], ['a', 'c']]],
  ['enough small values make a rest of their own', { a: 6, b: 20, c: 7 }, 0, [], [['b'], ['a', 'c']]],
  ['those not known are in the rest, and it has to be large too', { a: 40, b: 20 }, 2, [], [['a'], ['b', NOT_KNOWN]]],
  ['many not known are a rest by themselves', { a: 40, b: 20 }, 12, [], [['a'], ['b'], [NOT_KNOWN]]],
  ['when only a rest is left there is nothing to compare', { a: 6, b: 7 }, 0, [], []],
  ['when all together are too few there is nothing at all', { a: 3, b: 4 }, 0, [], []],
] as const)('%s', (_, bases, notKnown, levels, expected) => {
  const groups = groupValues(values(bases), notKnown, levels, 10);
  const sorted = groups.map((group) => [...group.values].sort());
  expect(sorted).toEqual(expected.map((group) => [...group].sort()));
});

test('what was merged is called by its family, and what is left over by all that is in it', () => {
  const [wide] = groupValues(values({ a: 3, b: 20 }), 0, [WIDE], 10);
  expect(wide).toMatchObject({ code: 'ab', labels: ['ab'] });
  expect(groupValues(values({ a: 3, b: 20, c: 11 }), 0, [], 10).at(-1)).toMatchObject({
    code: REST,
    labels: ['a', 'c'],
  });
});

test('T2: whatever the counts are, every group is large enough and nobody is lost or counted twice', () => {
  const counts = fc.record({ a: fc.nat(30), b: fc.nat(30), c: fc.nat(30), d: fc.nat(30) });
  fc.assert(
    fc.property(counts, fc.nat(30), fc.boolean(), (bases, notKnown, isTall) => {
      const groups = groupValues(values(bases), notKnown, isTall ? [WIDE] : [], 10);
      const sizes: Readonly<Record<string, number>> = { ...bases, [NOT_KNOWN]: notKnown };
      const size = (codes: readonly string[]) => codes.reduce((sum, code) => sum + (sizes[code] ?? 0), 0);
      for (const group of groups) expect(size(group.values)).toBeGreaterThanOrEqual(10);
      const all = groups.flatMap((group) => group.values);
      expect(new Set(all).size).toBe(all.length);
      if (groups.length > 0) expect(size(all)).toBe(size(Object.keys(sizes)));
    }),
  );
});
