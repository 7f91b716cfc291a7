import { describe, expect, test } from 'vitest';
import { csvChunks } from '../../../src/release/bundle/csv.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { fileReader, outlineOf } from '../../../src/release/microdata/reopen-file.ts';
import { EXAMPLE } from '../bundle/example.ts';
import { randomFile } from '../bundle/random-file.ts';

const csvOf = (file: DataFile) => [...csvChunks(file)].join('');
/** Opens a file from its text in pieces of so many bytes. */
function reopen(file: DataFile, csv: string, size = 1000): DataFile {
  const reader = fileReader(outlineOf(file));
  const bytes = Buffer.from(csv);
  for (let at = 0; at < bytes.length; at += size) reader.add(bytes.subarray(at, at + size));
  return reader.finish();
}
const valuesOf = ({ variables }: DataFile) =>
  variables.map(({ name, values }) => [name, Array.from<string | number>(values)]);

describe('a released data file, opened from its own text', () => {
  test.each([1, 7, 1000, 1_000_000])('holds what was written, cell by cell, in pieces of %i', (size) => {
    for (const file of [EXAMPLE, randomFile(50, 40, 3)]) {
      expect(valuesOf(reopen(file, csvOf(file), size))).toEqual(valuesOf(file));
    }
  });

  test('keeps nothing of the text but a line that is not whole yet', () => {
    const [name, first] = EXAMPLE.variables;
    if (!name || !first) throw new Error('the example has two columns');
    const reader = fileReader({ ...outlineOf({ ...EXAMPLE, variables: [name, first] }), rows: 3 });
    const piece = Buffer.from(`${name.name},${first.name}\r\nr1,1\r\nr2`);
    reader.add(piece);
    // Whoever reads gives the same piece of memory again and again.
    piece.fill(0);
    reader.add(Buffer.from(',2\r\nr3,-9\r\n'));
    expect(valuesOf(reader.finish())).toEqual([
      [name.name, ['r1', 'r2', 'r3']],
      [first.name, [1, 2, -9]],
    ]);
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
    expect(valuesOf(reopen(file, csvOf(file)))).toEqual([
      [name.name, names],
      [first.name, counts],
    ]);
  });

  test.each([
    ['a row short', (csv: string) => csv.replace(/[^\n]*\n$/, '')],
    ['a row more', (csv: string) => csv + csv.split('\n').at(-2)],
    ['another column', (csv: string) => `x,${csv}`],
    ['a cell that is empty', (csv: string) => csv.replace(/,-?\d+\r\n/, ',\r\n')],
    ['a cell more', (csv: string) => csv.replace(/\r\n$/, ',1\r\n')],
    ['a line that ends otherwise', (csv: string) => csv.replace(/\r\n$/, '\n')],
    ['half a line more', (csv: string) => `${csv}r`],
    ['nothing in it', () => ''],
  ])('is refused with %s', (_, spoil) => {
    const csv = csvOf(EXAMPLE);
    expect(spoil(csv)).not.toBe(csv);
    expect(() => reopen(EXAMPLE, spoil(csv))).toThrow('are not what was released');
  });
});
