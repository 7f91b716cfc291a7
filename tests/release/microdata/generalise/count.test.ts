import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countClasses, roomFor } from '../../../../src/release/microdata/generalise/count.ts';

const columnsFrom = (rows: readonly (readonly number[])[], span: number) =>
  (rows[0] ?? []).map((_, place) => ({ codes: Int32Array.from(rows, (row) => row[place] ?? 0), span }));

test('rows that differ in their last code alone are told apart, however long the codes before it', () => {
  const long = Array.from({ length: 8 }, () => 999_999);
  const rows = [
    [...long, 0],
    [...long, 1],
    [...long, 1],
    [...long, 2],
  ];
  const { of, sizes } = countClasses(columnsFrom(rows, 1_000_000), rows.length);
  expect([[...of], [...sizes]]).toEqual([
    [0, 1, 1, 2],
    [1, 2, 1],
  ]);
});

test('in the room of another count nothing of that is left', () => {
  const room = roomFor(3);
  // By places, and by hashing.
  for (const span of [3, 2_000_000]) {
    const ends = (...codes: number[]) =>
      columnsFrom(
        codes.map((code) => [code % span, (span - code) % span]),
        span,
      );
    const used = countClasses(ends(2, 1, 2), 3, undefined, room);
    expect([...used.of]).toEqual([0, 1, 0]);
    expect(countClasses(ends(1, 2, 2), 3, undefined, room)).toEqual(countClasses(ends(1, 2, 2), 3));
    expect([...used.of]).toEqual([0, 1, 0]);
  }
});

test('rows are in one class if they are equal and only then, with weights and without', () => {
  const tables = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, 2, 7, 5000, 2_000_000))
    .chain(([keys, span]) =>
      fc.tuple(
        fc.array(fc.array(fc.nat({ max: Math.min(span, 7) - 1 }), { minLength: keys, maxLength: keys }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.constant(span),
      ),
    );
  fc.assert(
    fc.property(tables, ([rows, span]) => {
      // Codes near the span's end, so that all of it is used.
      const high = rows.map((row) => row.map((code) => span - 1 - code));
      const weights = Int32Array.from(rows, (_, row) => row + 1);
      const { of, sizes, count } = countClasses(columnsFrom(high, span), rows.length, weights);
      const looks = high.map((row) => row.join());
      expect(count).toBe(new Set(looks).size);
      looks.forEach((look, row) => {
        const alike = looks.flatMap((other, place) => (other === look ? [place] : []));
        expect(alike.map((place) => of[place])).toEqual(alike.map(() => of[row]));
        expect(sizes[of[row] ?? 0]).toBe(alike.reduce((sum, place) => sum + place + 1, 0));
      });
    }),
    { seed: 20261122, numRuns: 200 },
  );
});
