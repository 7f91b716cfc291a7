/**
 * R1: what was published once is downloaded the same byte for byte by every later version of the program. The content is
 * that of a release of 60 made-up choirs as the store keeps it. These files are never made anew: where a test fails, the
 * program has to go on writing what it wrote.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reopenTables } from '../../src/release/released.ts';
import { resultsCsv, resultsJson } from '../../src/release/tables/results-file.ts';

const read = (name: string) => readFileSync(new URL(`./expected/frozen/${name}`, import.meta.url), 'utf8');
const tables = reopenTables(read('content.json'));

test('R1: the CSV of a stored release is as it was, to the byte', () => {
  expect(resultsCsv(tables)).toBe(read('results.csv'));
});

test('R1: the JSON of a stored release is as it was, to the byte', () => {
  expect(JSON.stringify(resultsJson(tables, { number: 1, hash: 'x' }))).toBe(read('results.json'));
});
