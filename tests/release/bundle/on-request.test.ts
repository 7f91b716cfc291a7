import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { writeZip } from '../../../src/commands/bundle/zip.ts';
import { listFormats } from '../../../src/release/bundle/on-request.ts';
import { parquetChunks } from '../../../src/release/bundle/parquet.ts';
import { MOST_ROWS, workbookParts } from '../../../src/release/bundle/xlsx.ts';
import { safeCell } from '../../../src/release/cells.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { testFolder } from '../../support/folder.ts';
import { EXAMPLE } from './example.ts';
import { isInstalled, runProgram } from './installed.ts';
import { randomFile } from './random-file.ts';

const LARGE = randomFile(3000, 25, 11);
const r = isInstalled('Rscript', ['-e', 'library(readxl);library(jsonlite)'], 'a workbook in R');

/** Every sheet, by columns, numbers as R has them. */
const READ = `suppressPackageStartupMessages(library(readxl)); path <- commandArgs(TRUE)[1]
sheets <- excel_sheets(path)
read <- function(sheet) as.list(read_excel(path, sheet, guess_max = 100000, na = character(), trim_ws = FALSE))
cat(jsonlite::toJSON(setNames(lapply(sheets, read), sheets), digits = NA, na = "null"))`;

const sheets = z.record(z.string(), z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))));

async function readWorkbook(file: DataFile) {
  const path = join(testFolder(), 'data.xlsx');
  await writeZip(path, workbookParts(file), file.about.madeOn);
  const { ok, out, err } = runProgram('Rscript', ['-e', READ, path]);
  expect(ok, err).toBe(true);
  return sheets.parse(JSON.parse(out));
}

describe('the workbook', () => {
  test.skipIf(!r).each([
    ['example', EXAMPLE],
    ['large file', LARGE],
  ])('R reads every cell of the %s as it was written', async (_, file) => {
    const { data = {} } = await readWorkbook(file);
    expect(Object.keys(data)).toEqual(file.variables.map(({ name }) => name));
    for (const { name, values } of file.variables) expect(data[name]).toEqual([...values]);
  });

  test.skipIf(!r)('R reads what columns and codes mean, as it was written', async () => {
    const book = await readWorkbook(EXAMPLE);
    expect(Object.keys(book)).toEqual(['data', 'variables', 'categories', 'about']);
    expect(book.variables?.name).toEqual(EXAMPLE.variables.map(({ name }) => name));
    expect(book.variables?.label).toEqual(EXAMPLE.variables.map(({ label }) => safeCell(label)));
    const { name = [], value = [], label = [], n = [], missing = [] } = book.categories ?? {};
    const rows = name.map((each, row) => [each, value[row], label[row], missing[row], n[row]]);
    expect(rows.filter(([each]) => each === 'region')).toEqual([
      ['region', 1, 'North', 'no', 4],
      ['region', 2, 'South', 'no', 4],
      ['region', 3, 'Ynys Môn', 'no', 0],
      ['region', -1, 'Not asked: this question was not for them', 'yes', 0],
      ['region', -2, 'Left before this question', 'yes', 0],
      ['region', -5, 'Not in the version of the questionnaire that they answered', 'yes', 0],
      ['region', -6, 'Withheld to protect people', 'yes', 4],
      ['region', -7, 'Prefer not to say', 'yes', 0],
      ['region', -8, 'Don’t know', 'yes', 0],
      ['region', -9, 'Asked, not answered', 'yes', 0],
    ]);
    const own = EXAMPLE.variables.find((variable) => variable.name === 'reason')?.categories ?? [];
    const reasons = rows.filter(([each, , , why]) => each === 'reason' && why === 'no');
    expect(reasons.map(([, , each]) => each)).toEqual(own.map((category) => safeCell(category.label)));
    expect(book.about?.what?.[0]).toBe('synthetic');
  });

  test('F3: no cell holds a formula, and texts that look like one are guarded', () => {
    const text = workbookParts(EXAMPLE)
      .flatMap(({ chunks }) => [...chunks()])
      .join('');
    expect(text).not.toContain('<f');
    expect(text).toContain(">'=HYPERLINK(");
    expect(text).not.toContain('>=HYPERLINK(');
  });

  test.skipIf(!r)('a text that looks like a character’s number stays a text', async () => {
    const [first, ...others] = EXAMPLE.variables;
    const variables = [...(first ? [{ ...first, label: 'a_x0041_b_X0041__x00zz_' }] : []), ...others];
    const { variables: read } = await readWorkbook({ ...EXAMPLE, variables });
    expect(read?.label?.[0]).toBe('a_x0041_b_X0041__x00zz_');
  });

  test('more rows than a sheet holds are refused, and the format is not offered', () => {
    const file = { ...EXAMPLE, rows: MOST_ROWS };
    expect(() => workbookParts(file)).toThrow('a sheet holds 1048575');
    expect(listFormats(file).map(({ code }) => code)).toEqual(['parquet']);
  });
});

describe('the Parquet file', () => {
  test.each([
    ['example', EXAMPLE],
    ['large file', LARGE],
    ['file of several groups', randomFile(250_000, 2, 5)],
  ])('every cell of the %s comes back', async (_, file) => {
    const path = join(testFolder(), 'data.parquet');
    writeFileSync(path, Buffer.concat([...parquetChunks(file)]));
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path) });
    expect(rows).toHaveLength(file.rows);
    for (const { name, values } of file.variables) {
      const read = rows.map((row) => row[name]);
      expect(read.findIndex((value, row) => value !== values[row])).toBe(-1);
    }
  });

  test('has labels and missing codes with it, and says that made-up answers are', async () => {
    const path = join(testFolder(), 'data.parquet');
    const bytes = Buffer.concat([...parquetChunks(EXAMPLE)]);
    expect(bytes).toEqual(Buffer.concat([...parquetChunks(EXAMPLE)]));
    writeFileSync(path, bytes);
    const { key_value_metadata = [], created_by, schema } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    const said = new Map(key_value_metadata.map(({ key, value }) => [key, value ?? '']));
    const { fields, missingValues } = JSON.parse(said.get('datapackage') ?? '{}');
    expect(fields).toHaveLength(EXAMPLE.variables.length);
    expect(missingValues[3]).toEqual({ value: '-6', label: 'Withheld to protect people' });
    expect(said.get('synthetic')).toMatch(/^SYNTHETIC DATA/);
    expect(created_by).toBe('Soundings');
    expect(schema.slice(1).every(({ repetition_type }) => repetition_type === 'REQUIRED')).toBe(true);
  });
});

test('a release can be had in two more formats, under the name of its zip', () => {
  expect(listFormats(EXAMPLE).map(({ name }) => name)).toEqual([
    'choirs-3-synthetic.xlsx',
    'choirs-3-synthetic.parquet',
  ]);
});
