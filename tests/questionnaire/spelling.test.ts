import { expect, test } from 'vitest';
import { findWrongDay, suggestSpelling } from '../../src/questionnaire/spelling.ts';

const PATTERNS = {
  question: '/^[A-Za-z][A-Za-z0-9_]{0,23}$/',
  option: '/^[A-Za-z0-9][A-Za-z0-9_]{0,23}$/',
  place: '/^[a-z0-9][a-z0-9-]{0,39}$/',
  variable: '/^[a-z][a-z0-9_]{0,31}$/',
  flag: '/^[A-Z][A-Z0-9_]*$/',
  date: '/^(?:\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01]))$/',
  version: '/^\\d+\\.\\d+$/',
  language: '/^[a-z]{2,3}(-[A-Z]{2})?$/',
  number: '/^-?\\d+(\\.\\d+)?$/',
} as const;

test.each<[kind: keyof typeof PATTERNS, written: string, meant: string | undefined]>([
  ['option', '1-9', '1_9'],
  ['option', '£10 to £20', '10_to_20'],
  ['option', '???', undefined],
  ['question', '1st drink', 'q1st_drink'],
  ['question', 'Café', 'Cafe'],
  ['place', 'Taking part', 'taking-part'],
  ['variable', 'Size band', 'size_band'],
  ['variable', '2027', 'q2027'],
  ['flag', 'stage check', 'STAGE_CHECK'],
  ['date', '30/06/2027', '2027-06-30'],
  ['date', '1.7.2027', '2027-07-01'],
  ['date', '2027/7/1', '2027-07-01'],
  ['date', '3rd June 2027', '2027-06-03'],
  ['date', '3 Foo 2027', undefined],
  ['date', '31/13/2027', undefined],
  ['date', 'next June', undefined],
  ['version', '1', '1.0'],
  ['version', 'v1.2.3', '1.2'],
  ['language', 'Welsh', 'cy'],
  ['language', 'EN', 'en'],
  ['number', '£1,000.50', '1000.50'],
  ['number', 'ten', undefined],
])('as a %s, %j was probably meant to be %j', (kind, written, meant) => {
  expect(suggestSpelling(written, PATTERNS[kind])).toBe(meant);
});

test.each([
  ['2027-11-31', 'November has 30 days'],
  ['2027-02-29', 'February 2027 has 28 days'],
  ['2028-02-29', undefined],
  ['2100-02-29', 'February 2100 has 28 days'],
  ['2027-13-01', 'a year has the months 01 to 12'],
  ['2027-01-00', 'January has 31 days'],
  ['next week', undefined],
])('against %s the calendar has: %s', (written, what) => {
  expect(findWrongDay(written)).toBe(what);
});
