import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkFiles } from '../../../src/questionnaire/check-files.ts';

/** It closes on 30 June 2027, lets people withdraw until 31 July 2027, and deletes after 31 December 2028. */
const RIGHT = readFileSync(new URL('../../surveys/right.json', import.meta.url), 'utf8');

const over = (today: string, ...later: string[]) =>
  checkFiles(
    ['1.0', ...later].map((version) => ({
      path: `drinks/${version}.json`,
      text: RIGHT.replace('"version": "1.0"', `"version": "${version}"`),
    })),
    today,
  ).map(({ findings }) => findings.map(({ pointer }) => pointer));

test.each([
  ['2027-06-30', []],
  ['2027-07-01', ['/dates/closes']],
  ['2027-07-31', ['/dates/closes']],
  ['2027-08-01', ['/dates/closes', '/dates/withdrawUntil']],
  ['2029-01-01', ['/dates/closes', '/dates/withdrawUntil', '/dates/deleteAfter']],
])('a day lasts until its end: on %s these are over: %j', (today, pointers) => {
  expect(over(today)).toEqual([pointers]);
});

test('of several versions in a folder only the latest is spoken of', () => {
  expect(over('2027-07-01', '1.1', '1.10')).toEqual([[], [], ['/dates/closes']]);
});
