import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { oneClass, refine, sizesOf } from '../../../src/release/microdata/classes.ts';
import { keepRows } from '../../../src/release/microdata/withhold.ts';

/** Which rows stay: one letter a row for each key, and in the answer a dot for each row that is withheld. */
function keep(k: number, ...keys: string[]): string {
  const columns = keys.map((key) => Int32Array.from(key, (letter) => letter.charCodeAt(0)));
  const rows = keys[0]?.length ?? 0;
  const kept = keepRows(columns.reduce(refine, oneClass(rows)), k, columns);
  return Array.from(keys[0] ?? '', (letter, row) => (kept[row] === 1 ? letter : '.')).join('');
}

describe('rows in classes under k are withheld', () => {
  test.each([
    ['every class has k', 3, ['aaabbb'], 'aaabbb'],
    ['no class has k', 3, ['aabbcc'], '......'],
    ['some have', 3, ['aaabbc'], 'aaa...'],
    ['they stand in any order', 2, ['abacdb'], 'aba..b'],
    ['only all keys together tell them apart', 2, ['aaaabbbb', 'xxyzxxxx'], 'aa..bbbb'],
    ['there are no rows', 3, [''], ''],
  ])('where %s', (_, k, keys, stay) => {
    expect(keep(k, ...keys)).toBe(stay);
  });
});

describe('and others with them, so that those withheld are not found by subtraction', () => {
  test.each([
    ['too few in all: a large class lends some', 3, ['aaaaaaab'], 'aaaa....'],
    ['too few in all: no class can lend any, so the smallest goes', 3, ['aaaabbbc'], 'aaaa....'],
    ['too few of one key’s value, and then of another’s', 3, ['aaaaaaaabbb', 'xxxxxxxyzzz'], 'aaaa....bbb'],
    ['all there are of a value are few enough to lose', 3, ['aaab', 'xxxx'], '....'],
  ])('%s', (_, k, keys, stay) => {
    expect(keep(k, ...keys)).toBe(stay);
  });
});

const tables = fc.tuple(
  fc.integer({ min: 3, max: 7 }),
  fc.integer({ min: 0, max: 120 }).chain((rows) =>
    fc.array(
      fc
        .integer({ min: 1, max: 4 })
        .chain((values) => fc.array(fc.nat({ max: values }), { minLength: rows, maxLength: rows })),
      { minLength: 1, maxLength: 4 },
    ),
  ),
);

test('how many stay of each class does not depend on the order of rows', () => {
  const kept = (cells: readonly (readonly number[])[], order: readonly number[], k: number) => {
    const columns = cells.map((column) => Int32Array.from(order, (row) => column[row] ?? 0));
    const stays = keepRows(columns.reduce(refine, oneClass(order.length)), k, columns);
    const looks = order.map((_, row) => columns.map((column) => column[row]).join());
    return looks.filter((_, row) => stays[row] === 1).sort();
  };
  fc.assert(
    fc.property(tables, ([k, cells]) => {
      const order = [...(cells[0] ?? []).keys()];
      expect(kept(cells, order.toReversed(), k)).toEqual(kept(cells, order, k));
    }),
    { seed: 20270401, numRuns: 200 },
  );
});

test('in any table, every class that stays has k rows, and none or k of each value are withheld', () => {
  fc.assert(
    fc.property(tables, ([k, cells]) => {
      const columns = cells.map((column) => Int32Array.from(column));
      const rows = columns[0]?.length ?? 0;
      const classes = columns.reduce(refine, oneClass(rows));
      const before = sizesOf(classes);
      const kept = keepRows(classes, k, columns);
      const after = new Int32Array(classes.count);
      for (let row = 0; row < rows; row++)
        if (kept[row] === 1) after[classes.of[row] ?? 0] = (after[classes.of[row] ?? 0] ?? 0) + 1;
      for (const [own, size] of after.entries()) {
        expect(size === 0 || size >= k).toBe(true);
        if ((before[own] ?? 0) < k) expect(size).toBe(0);
      }
      for (const column of [new Int32Array(rows), ...columns]) {
        for (const value of new Set(column)) {
          const its = [...column.keys()].filter((row) => column[row] === value);
          const withheld = its.filter((row) => kept[row] === 0).length;
          expect([0, its.length].includes(withheld) || withheld >= k).toBe(true);
        }
      }
      // What is large enough goes only where it hides others.
      if (before.every((size) => size >= k)) expect(kept.every((each) => each === 1)).toBe(true);
    }),
    { seed: 20270401, numRuns: 500 },
  );
});
