import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MISSING_STATES, missingCode } from '../../src/results/columns.ts';
import { count, crosstab, placeCount } from '../../src/results/crosstab.ts';
import { momentsBy, together } from '../../src/results/moments.ts';
import type { SnapshotVariable } from '../../src/results/variables.ts';

function variableWith(categories: number): SnapshotVariable {
  return {
    name: 'v',
    label: 'V',
    kind: 'categorical',
    categories: Array.from({ length: categories }, (_, value) => ({ code: `c${value}`, label: `${value}`, value })),
    role: 'plain',
    derived: false,
    universe: [],
    width: categories > 240 ? 2 : 1,
  };
}

/** A code of a variable, by its place. */
function codeAt({ categories, width }: SnapshotVariable, place: number): number {
  const state = MISSING_STATES[place - categories.length];
  return state ? missingCode(width, state) : place;
}

const pair = fc.tuple(fc.constantFrom(2, 5, 300), fc.constantFrom(3, 240)).chain(([rows, columns]) =>
  fc.record({
    row: fc.constant(variableWith(rows)),
    by: fc.constant(variableWith(columns)),
    places: fc.array(fc.tuple(fc.nat(rows + 3), fc.nat(columns + 3)), { maxLength: 60 }),
  }),
);

test('a crosstab is what counting one by one gives', () => {
  fc.assert(
    fc.property(pair, ({ row, by, places }) => {
      const own = { variable: row, column: { codes: Uint16Array.from(places, ([place]) => codeAt(row, place)) } };
      const other = { variable: by, column: { codes: Uint16Array.from(places, ([, place]) => codeAt(by, place)) } };
      const table = crosstab(own, other);
      expect(table.counts.length).toBe(placeCount(row) * placeCount(by));
      expect(table.counts.reduce((sum, n) => sum + n, 0)).toBe(places.length);
      for (const [one, two] of places) {
        const expected = places.filter((each) => each[0] === one && each[1] === two).length;
        expect(table.counts[one * table.columns + two]).toBe(expected);
      }
      expect([...count(own)].reduce((sum, n) => sum + n, 0)).toBe(places.length);
    }),
  );
});

test('the moments of groups together are those of everybody', () => {
  const segment = { variable: variableWith(2), column: { codes: Uint8Array.of(0, 0, 1, 1, 255) } };
  const number = {
    variable: { ...variableWith(1), kind: 'number' as const },
    column: { codes: new Uint8Array(5), values: Float64Array.of(5, 3, 8, Number.NaN, 1) },
  };
  const groups = momentsBy(number, segment);
  expect(groups[0]).toEqual({ n: 2, sum: 8, first: 5, second: 3 });
  expect(groups[1]).toEqual({ n: 1, sum: 8, first: 8, second: 0 });
  expect(together(groups)).toEqual({ n: 4, sum: 17, first: 8, second: 5 });
});
