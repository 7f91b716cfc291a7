import { describe, expect, test } from 'vitest';
import { csvChunks } from '../../../src/release/bundle/csv.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { outlineOf, reopenFile } from '../../../src/release/microdata/reopen-file.ts';
import { EXAMPLE } from '../bundle/example.ts';
import { randomFile } from '../bundle/random-file.ts';

const csvOf = (file: DataFile) => [...csvChunks(file)].join('');
const valuesOf = ({ variables }: DataFile) =>
  variables.map(({ name, values }) => [name, Array.from<string | number>(values)]);

describe('a released data file, opened from its own text', () => {
  test('holds what was written, cell by cell', () => {
    for (const file of [EXAMPLE, randomFile(50, 40, 3)]) {
      expect(valuesOf(reopenFile(outlineOf(file), csvOf(file)))).toEqual(valuesOf(file));
    }
  });

  test.each([
    ['in a byte', [0, 127, -9, 1]],
    ['in two bytes', [1, 128, -9, 32_767]],
    ['in four', [127, -9, 40_000, 2_147_483_647]],
  ])('keeps counts as large as they are: %s', (_, counts) => {
    const [name, first] = EXAMPLE.variables;
    if (!name || !first) throw new Error('the example has two columns');
    const names = counts.map((_, row) => `r${row}`);
    const file: DataFile = {
      ...EXAMPLE,
      rows: counts.length,
      variables: [
        { ...name, values: names },
        { ...first, values: Int32Array.from(counts) },
      ],
    };
    expect(valuesOf(reopenFile(outlineOf(file), csvOf(file)))).toEqual([
      [name.name, names],
      [first.name, counts],
    ]);
  });

  test.each([
    ['a row short', (csv: string) => csv.replace(/[^\n]*\n$/, '')],
    ['a row more', (csv: string) => csv + csv.split('\n').at(-2)],
    ['another column', (csv: string) => `x,${csv}`],
    ['a cell that is empty', (csv: string) => csv.replace(/,-?\d+\r\n/, ',\r\n')],
  ])('is refused with %s', (_, spoil) => {
    const csv = csvOf(EXAMPLE);
    expect(spoil(csv)).not.toBe(csv);
    expect(() => reopenFile(outlineOf(EXAMPLE), spoil(csv))).toThrow('are not what was released');
  });
});
