import { expect, test } from 'vitest';
import { dayOf } from '../../src/questionnaire/days.ts';
import { weekAfter, weekOf } from '../../src/responses/week.ts';

test.each([
  ['2027-03-01T00:00:00Z', '2027-W09'],
  ['2027-03-07T23:59:59Z', '2027-W09'],
  ['2027-01-01T12:00:00Z', '2026-W53'],
  ['2027-01-04T00:00:00Z', '2027-W01'],
  ['2026-12-31T00:00:00Z', '2026-W53'],
  ['2024-12-30T00:00:00Z', '2025-W01'],
  ['2028-02-29T12:00:00Z', '2028-W09'],
])('%s is in week %s', (moment, week) => {
  expect(weekOf(new Date(moment))).toBe(week);
});

test('weeks sort as text in the order of time, over the turn of years', () => {
  const weeks = Array.from({ length: 600 }, (_, n) => weekOf(new Date(Date.UTC(2024, 0, 1 + 7 * n))));
  expect([...weeks].sort()).toEqual(weeks);
  expect(new Set(weeks).size).toBe(600);
});

test.each([
  ['2027-03-01T12:00:00Z', 30, '2027-W13'],
  ['2026-12-20T12:00:00Z', 30, '2027-W03'],
  ['2027-03-01T12:00:00Z', 0, '2027-W09'],
])('%s and %i days is in week %s', (moment, days, week) => {
  expect(weekAfter(new Date(moment), days)).toBe(week);
});

test('a day is that of the world clock', () => {
  expect(dayOf(new Date('2027-06-30T23:59:59.999Z'))).toBe('2027-06-30');
});
