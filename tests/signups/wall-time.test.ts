import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWallTime, showDeadline, showSpan, wallTimeOf } from '../../src/signups/wall-time.ts';

const HOUR = 3_600_000;

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

describe('a deadline', () => {
  test.each([
    ['to the hour', '2027-06-02T13:47:59.000Z', 26, 'en', '14:00, Wednesday 2 June 2027 (British Summer Time)'],
    ['to the hour', '2027-03-02T13:47:59.000Z', 6, 'cy', '13:00, Dydd Mawrth 2 Mawrth 2027 (Amser Safonol Greenwich)'],
    ['to the quarter', '2027-03-02T13:47:59.000Z', 5.9, 'en', '13:45, Tuesday 2 March 2027 (Greenwich Mean Time)'],
    ['to the minute', '2027-03-02T13:47:59.000Z', 0.9, 'en', '13:47, Tuesday 2 March 2027 (Greenwich Mean Time)'],
    ['as the day before', '2027-03-02T00:17:00.000Z', 24, 'en', '23:59, Monday 1 March 2027 (Greenwich Mean Time)'],
    ['after the clocks', '2027-10-31T01:30:00.000Z', 24, 'en', '01:00, Sunday 31 October 2027 (Greenwich Mean Time)'],
    ['before the clocks', '2027-10-31T00:30:00.000Z', 24, 'cy', '01:00, Dydd Sul 31 Hydref 2027 (Amser Haf Prydain)'],
  ])('is told %s: %s with %d hours left in %s', (_, iso, hours, language, words) => {
    const deadline = new Date(iso);
    expect(showDeadline(deadline, new Date(deadline.getTime() - hours * HOUR), language)).toBe(words);
  });

  test('is never told later than it is, nor as over while much of the time is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 24 * 60 }), fc.integer({ min: 5, max: 48 * 60 }), (minute, left) => {
        const deadline = new Date(Date.parse('2027-01-01T00:00:30.000Z') + minute * 60_000);
        const now = new Date(deadline.getTime() - left * 60_000);
        const [, time = '', date = '', zone] = /^(.{5}), \w+ (.+) \((.+)\)$/.exec(showDeadline(deadline, now)) ?? [];
        const day = new Date(`${date} UTC`).toISOString().slice(0, 10);
        const read = readWallTime(day, time, zone === 'British Summer Time' ? 'earlier' : 'later');
        const told = 'moment' in read ? read.moment.getTime() : Number.NaN;
        expect(told).toBeLessThanOrEqual(deadline.getTime());
        expect((told - now.getTime()) / (deadline.getTime() - now.getTime())).toBeGreaterThan(0.4);
      }),
      { seed: 20270301, numRuns: 500 },
    );
  });
});
