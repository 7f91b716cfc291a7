import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { csvChunks } from '../../../src/release/bundle/csv.ts';
import { plainNumber } from '../../../src/release/bundle/numbers.ts';
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';
import { EXAMPLE } from './example.ts';
import { randomFile } from './random-file.ts';

const textOf = (file: DataFile) => [...csvChunks(file)].join('');

/** The example with one more column. */
function withColumn(more: Partial<DataVariable> & Pick<DataVariable, 'kind' | 'values'>): DataFile {
  const [first] = EXAMPLE.variables;
  if (first === undefined) throw new Error('the example has no columns');
  return { ...EXAMPLE, variables: [...EXAMPLE.variables, { ...first, name: 'more', ...more }] };
}

describe('the data as CSV', () => {
  test('is this, to the byte', async () => {
    await expect(textOf(EXAMPLE)).toMatchFileSnapshot('expected/data.csv');
  });

  test('F2: begins with its header and no mark, ends each line in CRLF, and breaks no line in a cell', () => {
    const values = Array.from({ length: EXAMPLE.rows }, () => 'one\r\ntwo\nthree');
    const text = textOf(withColumn({ kind: 'name', values }));
    const lines = text.split('\r\n');
    expect(lines[0]).toBe([...EXAMPLE.variables.map(({ name }) => name), 'more'].join(','));
    expect(lines.pop()).toBe('');
    expect(lines).toHaveLength(EXAMPLE.rows + 1);
    expect(lines.join('')).not.toMatch(/[\r\n]/);
    expect(lines[1]).toMatch(/,one two three$/);
  });

  test('F3: numbers stay bare, negative ones too, and texts that a spreadsheet would run are guarded', () => {
    const formulas = [
      '=1+1',
      '+44',
      '-9',
      '@a',
      '\t=1',
      '\n=1',
      ' =1',
      '\u{feff}=1',
      '\u{200b}-1',
      '＝1',
      'a,b',
      '"q"',
    ];
    const file = withColumn({ kind: 'name', values: formulas });
    const rows: string[][] = parse(textOf(file)).slice(1);
    expect(rows.map((row) => row.at(-1))).toEqual([
      ...["'=1+1", "'+44", "'-9", "'@a", "'\t=1", "' =1", "' =1", "'\u{feff}=1", "'\u{200b}-1", "'＝1", 'a,b', '"q"'],
    ]);
    for (const row of rows) for (const cell of row.slice(1, -1)) expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
    expect(textOf(EXAMPLE)).not.toMatch(/["']/);
  });

  test.each([
    [0, '0'],
    [-0, '0'],
    [-9, '-9'],
    [0.1, '0.1'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-1.5e-9, '-0.0000000015'],
    [1 / 3, '0.3333333333333333'],
  ])('%d is written as %s, without an exponent', (value, text) => {
    expect(plainNumber(value)).toBe(text);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%d is no number to write: no cell is empty', (value) => {
    const values = Float64Array.from({ length: EXAMPLE.rows }, () => value);
    expect(() => textOf(withColumn({ kind: 'weight', values }))).toThrow(`would hold ${value}`);
  });

  test('a column with too few values is refused', () => {
    expect(() => textOf(withColumn({ kind: 'count', values: Int32Array.of(1) }))).toThrow('more has 1 values');
  });

  test('every cell of a large file comes back, and no chunk is much larger than 64 KiB', () => {
    const file = randomFile(20_000, 30, 7);
    const chunks = [...csvChunks(file)];
    expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(262_144);
    expect(chunks.length).toBeGreaterThan(10);
    const [header, ...rows]: string[][] = parse(chunks.join(''));
    expect(header).toEqual(file.variables.map(({ name }) => name));
    for (const [column, { values }] of file.variables.entries()) {
      expect(rows.map((row) => row[column])).toEqual(Array.from(values, String));
    }
  });
});
