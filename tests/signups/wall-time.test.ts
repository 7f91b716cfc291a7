import { describe, expect, test } from 'vitest';
import { readWallTime, showSpan, showWall, wallTimeOf } from '../../src/signups/wall-time.ts';

describe('a time on the wall in London', () => {
  test.each([
    ['2027-01-15', '10:00', '2027-01-15T10:00:00.000Z'],
    ['2027-06-15', '10:00', '2027-06-15T09:00:00.000Z'],
    ['2027-03-28', '00:59', '2027-03-28T00:59:00.000Z'],
    ['2027-03-28', '02:00', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31', '00:59', '2027-10-30T23:59:00.000Z'],
    ['2027-10-31', '02:00', '2027-10-31T02:00:00.000Z'],
  ])('%s %s is %s', (day, time, iso) => {
    expect(readWallTime(day, time)).toEqual({ moment: new Date(iso) });
    expect(wallTimeOf(new Date(iso))).toEqual({ day, time });
  });

  test.each([
    ['2027-03-28', '01:00', 'skipped'],
    ['2027-03-28', '01:59', 'skipped'],
    ['2027-10-31', '01:00', 'twice'],
    ['2027-10-31', '01:59', 'twice'],
    ['2027-02-29', '10:00', 'malformed'],
    ['2027-01-15', '24:00', 'malformed'],
    ['2027-1-5', '10:00', 'malformed'],
    ['', '', 'malformed'],
  ])('%s %s is %s', (day, time, problem) => {
    expect(readWallTime(day, time)).toEqual({ problem });
  });

  test.each([
    ['earlier', '2027-10-31T00:30:00.000Z'],
    ['later', '2027-10-31T01:30:00.000Z'],
  ] as const)('of two the %s is %s, and is read back as that', (which, iso) => {
    expect(readWallTime('2027-10-31', '01:30', which)).toEqual({ moment: new Date(iso) });
    expect(wallTimeOf(new Date(iso))).toEqual({ day: '2027-10-31', time: '01:30', which });
  });

  test('a time that is skipped is skipped whichever is meant', () => {
    expect(readWallTime('2027-03-28', '01:30', 'later')).toEqual({ problem: 'skipped' });
  });
});

test.each([
  ['2027-06-01T13:00:00.000Z', 90, 'en', 'Tuesday 1 June 2027, 14:00 – 15:30 (British Summer Time)'],
  [
    '2027-01-01T23:00:00.000Z',
    90,
    'en',
    'Friday 1 January 2027, 23:00 – 00:30, Saturday 2 January 2027 (Greenwich Mean Time)',
  ],
  ['2027-10-31T00:30:00.000Z', 60, 'en', 'Sunday 31 October 2027, 01:30 – 01:30 (British Summer Time)'],
  ['2027-06-01T13:00:00.000Z', 90, 'cy', 'Dydd Mawrth 1 Mehefin 2027, 14:00 – 15:30 (Amser Haf Prydain)'],
])('%s for %i minutes in %s is told as %s', (iso, minutes, language, words) => {
  expect(showSpan(new Date(iso), minutes, language)).toBe(words);
});

test('a moment by which something has to be done carries its zone', () => {
  expect(showWall(new Date('2027-06-01T13:00:00.000Z'))).toBe('14:00, Tuesday 1 June 2027 (British Summer Time)');
});
