import { expect, test } from 'vitest';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import { shownOf, withholdGroups } from '../../../src/release/microdata/survey/withheld.ts';
import { holdNumbers, isWhole } from '../../../src/release/microdata/whole-numbers.ts';

test.each([
  [Int8Array, [-128, 0, 127]],
  [Int16Array, [-129, 0, 1]],
  [Int16Array, [-32_768, 128, 32_767]],
  [Int32Array, [-32_769, 0, 1]],
  [Int32Array, [-9, 1, 32_768]],
])('numbers are held in as few bytes as they need: %o', (kind, numbers) => {
  const held = holdNumbers(numbers.length, (row) => numbers[row] ?? 0);
  expect(held).toBeInstanceOf(kind);
  expect([...held]).toEqual(numbers);
  expect(isWhole(held)).toBe(true);
});

test('what is withheld of a column adds up, and the column itself stays as it was', () => {
  const column = { truth: (row: number) => row, withheld: [] };
  const [halves, thirds] = [
    { of: Int32Array.of(0, 0, 0, 1, 1, 1), count: 2 },
    { of: Int32Array.of(0, 0, 1, 1, 2, 2), count: 3 },
  ];
  const shown = (masked: Parameters<typeof shownOf>[0]) => [0, 1, 2, 3, 4, 5].map(shownOf(masked));
  const first = withholdGroups(column, thirds, [0]);
  const second = withholdGroups(first, thirds, [2]);
  const W = MISSING.withheld;
  expect(shown(withholdGroups(second, halves, [1]))).toEqual([W, W, 2, W, W, W]);
  expect(shown(second)).toEqual([W, W, 2, 3, W, W]);
  expect(shown(first)).toEqual([W, W, 2, 3, 4, 5]);
  expect(shown(column)).toEqual([0, 1, 2, 3, 4, 5]);
});
