import { expect, test } from 'vitest';
import { figureOf, linesOf, withoutDontKnow } from '../../src/release/tables/figures.ts';
import type { ProtectedTable } from '../../src/release/tables/protected-tables.ts';

test('a figure is all or nothing', () => {
  expect(figureOf(45, 54)).toEqual({ state: 'shown', n: 45, base: 54, share: { percent: 83, low: 71.3, high: 91 } });
  expect(figureOf(null, 54)).toEqual({ state: 'hidden' });
  expect(figureOf(45, null)).toEqual({ state: 'hidden' });
});

test('a percentage of fewer than 10 is not printed, the count is', () => {
  expect(figureOf(7, 9)).toEqual({ state: 'shown', n: 7, base: 9, share: undefined });
});

function tableWith(counts: (number | null)[], base = 54): ProtectedTable {
  return {
    name: 'V1',
    kind: 'choice',
    section: 's',
    label: 'V1',
    wordings: [],
    rows: [{ variable: 'v1', label: 'V1' }],
    options: ['yes', 'no', 'dk'].map((code) => ({ code, label: code })),
    nets: [{ code: 'any', label: 'Any', dontKnow: true }],
    overall: { code: '', labels: [], asked: 60, rows: [{ base, counts, nets: [counts[0] ?? null] }] },
    views: [],
  };
}

const without = (table: ProtectedTable) => withoutDontKnow(table, { cell: 5, base: 10 }).overall?.rows[0];

test('leaving out "don’t know" takes them out of the base, of the options, and of a NET that counts them', () => {
  expect(without(tableWith([30, 16, 8]))).toEqual({ base: 46, counts: [30, 16], nets: [22] });
});

test('where "don’t know" is hidden, the base without it would tell it: nothing is shown', () => {
  expect(without(tableWith([30, null, null]))).toEqual({ base: null, counts: [null, null], nets: [null] });
});

test('a base that gets too small is not shown', () => {
  expect(without(tableWith([6, 0, 8], 14))).toEqual({ base: null, counts: [null, null], nets: [null] });
});

test('lines are the options and then the NETs', () => {
  const table = tableWith([30, 16, 8]);
  const [row] = table.overall?.rows ?? [];
  expect(row && linesOf(table, row).map(({ measure, code }) => `${measure} ${code}`)).toEqual([
    'option yes',
    'option no',
    'option dk',
    'net any',
  ]);
});
