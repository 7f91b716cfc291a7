import { describe, expect, test } from 'vitest';
import { dtaChunks } from '../../../src/release/bundle/dta.ts';
import { savChunks } from '../../../src/release/bundle/sav.ts';
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';
import { EXAMPLE } from './example.ts';
import { randomFile } from './random-file.ts';

const WRITERS = [
  ['sav', savChunks],
  ['dta', dtaChunks],
] as const;

const [ROW_NAME] = EXAMPLE.variables;

function fileWith(...variables: readonly Partial<DataVariable>[]): DataFile {
  if (!ROW_NAME) throw new Error('the example has no rows');
  const numbers = variables.map((more, index) => ({
    ...ROW_NAME,
    name: `q${index + 1}`,
    role: 'plain' as const,
    kind: 'count' as const,
    values: Int32Array.of(1),
    ...more,
  }));
  return { ...EXAMPLE, rows: 1, variables: [{ ...ROW_NAME, values: ['r1'] }, ...numbers] };
}

const bytesOf = (chunks: Iterable<Uint8Array>) => Buffer.concat([...chunks]);

describe.each(WRITERS)('.%s', (_, write) => {
  test('is the same to the byte when written again', () => {
    expect(bytesOf(write(EXAMPLE)).equals(bytesOf(write(EXAMPLE)))).toBe(true);
  });

  test('has no chunk over 64 KiB, however long its labels are', () => {
    const wide = randomFile(50, 400, 1);
    const sizes = [...write(wide)].map(({ length }) => length);
    expect(sizes.length).toBeGreaterThan(5);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(65_536);
  });

  test('reads no more rows than it has written, after it has measured them', () => {
    const rows = 50_000;
    let lastRead = -1;
    const names = new Proxy(
      Array.from({ length: rows }, (_, row) => `r${row}`),
      {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) lastRead = Number(key);
          return Reflect.get(target, key);
        },
      },
    );
    const counts = Int32Array.from({ length: rows }, (_, row) => row * 1000);
    const file = fileWith({ values: counts });
    const [rowName, ...others] = file.variables;
    if (!rowName) throw new Error('the file has no rows');
    const reads: number[] = [];
    for (const _chunk of write({ ...file, rows, variables: [{ ...rowName, values: names }, ...others] })) {
      reads.push(lastRead);
    }
    expect(reads.length).toBeGreaterThan(5);
    for (const [index, read] of reads.entries()) expect(read).toBeLessThan((rows * (index + 2)) / reads.length);
  });

  test('refuses a row name that the program could not hold', () => {
    const [rowName] = fileWith().variables;
    if (!rowName) throw new Error('the file has no rows');
    const file = { ...fileWith(), variables: [{ ...rowName, values: ['ŵ'.repeat(1100)] }] };
    expect(() => bytesOf(write(file))).toThrow(/^row_id has a text of 2200 bytes: (SPSS|Stata) holds \d+$/);
  });
});

describe('F6: the header', () => {
  test('of a .sav says UTF-8, packed, the day that the release was made on and no time', () => {
    const header = bytesOf(savChunks(EXAMPLE));
    expect(header.toString('latin1', 0, 24)).toBe('$FL2@(#) SPSS DATA FILE ');
    expect([header.readInt32LE(64), header.readInt32LE(72), header.readInt32LE(80)]).toEqual([2, 1, 12]);
    expect(header.toString('latin1', 92, 109)).toBe('05 Nov 2600:00:00');
    expect(header.toString('utf8', 109, 124)).toBe('SYNTHETIC DATA.');
    expect(header.includes(Buffer.from('\u0014\0\0\0\u0001\0\0\0\u0005\0\0\0UTF-8'))).toBe(true);
  });

  test('of a .dta says format 118, and its map says where each part begins', () => {
    const bytes = bytesOf(dtaChunks(EXAMPLE));
    expect(bytes.toString('utf8', 0, 90)).toMatch(/^<stata_dta><header><release>118<\/release><byteorder>LSF</);
    expect(bytes.includes('<timestamp>\u001105 Nov 2026 00:00</timestamp>')).toBe(true);
    const map = bytes.indexOf('<map>') + 5;
    const begins = Array.from({ length: 14 }, (_, index) => Number(bytes.readBigUInt64LE(map + index * 8)));
    const parts = begins.slice(0, 13).map((at) => bytes.toString('latin1', at, bytes.indexOf('>', at) + 1));
    expect(parts).toEqual([
      '<stata_dta>',
      '<map>',
      '<variable_types>',
      '<varnames>',
      '<sortlist>',
      '<formats>',
      '<value_label_names>',
      '<variable_labels>',
      '<characteristics>',
      '<data>',
      '<strls>',
      '<value_labels>',
      '</stata_dta>',
    ]);
    expect(begins[13]).toBe(bytes.length);
  });
});

test.each([0, 1, 6, 7, 8])('a .sav ends with whole cells of eight bytes: %i rows', (rows) => {
  const [rowName] = fileWith().variables;
  if (!rowName) throw new Error('the file has no rows');
  const file = { ...fileWith(), rows, variables: [{ ...rowName, values: Array.from({ length: rows }, () => 'r') }] };
  const bytes = bytesOf(savChunks(file));
  const data = bytes.indexOf(Buffer.of(0xe7, 3, 0, 0, 0, 0, 0, 0)) + 8;
  // Each row is one cell of text: its code, and the cell.
  expect(bytes.length - data).toBe(8 * (Math.ceil(rows / 8) + rows));
});

test('short names in a .sav are nobody else’s name', () => {
  const names = ['v1', 'a_long_name', 'v2', 'a_long_name_too', 'short'];
  const bytes = bytesOf(savChunks(fileWith(...names.map((name) => ({ name })))));
  expect(bytes.includes('ROW_ID=row_id\tV1=v1\tV3=a_long_name\tV2=v2\tV4=a_long_name_too\tSHORT=short')).toBe(true);
});

test.each([
  ['byte', 65530, [0, 100, -9]],
  ['int', 65529, [101, 32740, -1]],
  ['long', 65528, [32741, 2147483620, -2]],
  ['double, for what no long holds', 65526, [2147483621]],
  ['double, for decimals', 65526, [0.5]],
  ['byte, for a column of nothing but missing codes', 65530, [-1, -9]],
])('Stata gets the smallest type that holds a column: %s', (_, type, values) => {
  const bytes = bytesOf(dtaChunks(fileWith({ values: Float64Array.from(values) })));
  expect(bytes.readUInt16LE(bytes.indexOf('<variable_types>') + 16 + 2)).toBe(type);
});
