import fc from 'fast-check';
import { expect, test } from 'vitest';
import { randomFrom } from '../../src/questionnaire/random.ts';
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

/** So many responses at random, each with a place of either variable. */
function manyPlaces(row: SnapshotVariable, by: SnapshotVariable, responses: number, seed: number) {
  const random = randomFrom(seed);
  const places = (variable: SnapshotVariable) =>
    Array.from({ length: responses }, () => Math.floor(random() * placeCount(variable)));
  return [places(row), places(by)] as const;
}

const columnWith = (variable: SnapshotVariable, places: readonly number[]) => {
  const codes = places.map((place) => codeAt(variable, place));
  return { variable, column: { codes: variable.width === 1 ? Uint8Array.from(codes) : Uint16Array.from(codes) } };
};

test('so is a crosstab of very many, whatever the widths of their codes', () => {
  const categories = fc.constantFrom(0, 1, 5, 240, 300);
  const responses = fc.constantFrom(0xffff, 0x10000, 0x10001, 80_000);
  fc.assert(
    fc.property(categories, categories, responses, fc.nat(), (rows, columns, many, seed) => {
      const row = variableWith(rows);
      const by = variableWith(columns);
      const [own, other] = manyPlaces(row, by, many, seed);
      const expected = new Array<number>(placeCount(row) * placeCount(by)).fill(0);
      own.forEach((place, index) => {
        const cell = place * placeCount(by) + (other[index] ?? 0);
        expected[cell] = (expected[cell] ?? 0) + 1;
      });
      expect([...crosstab(columnWith(row, own), columnWith(by, other)).counts]).toEqual(expected);
    }),
    { seed: 20_271_122, numRuns: 30 },
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
