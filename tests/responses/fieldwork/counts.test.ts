/** What is shown of a count, and when it is counted anew. */
import { describe, expect, test } from 'vitest';
import { isDue, REST, shareBetween, showAnew, showPages } from '../../../src/responses/fieldwork/counts.ts';
import { lastDayOfWeek, weekOf, weeksBetween } from '../../../src/responses/week.ts';

test.each([
  [0, undefined, false],
  [9, undefined, false],
  [10, undefined, true],
  [19, 10, false],
  [20, 10, true],
  [8, 10, false],
])('%i, after %o when it was counted last, is due: %o', (n, before, due) => {
  expect(isDue(n, before)).toBe(due);
});

describe('what is shown', () => {
  test.each([
    ['few', { total: 9, parts: { a: 9, [REST]: 0 } }, { total: 0, parts: { a: 0, [REST]: 0 } }],
    ['some', { total: 47, parts: { a: 31, b: 16, [REST]: 0 } }, { total: 40, parts: { a: 30, b: 10, [REST]: 0 } }],
    [
      'many',
      { total: 1234, parts: { a: 1180, b: 49, [REST]: 5 } },
      { total: 1200, parts: { a: 1100, b: 40, [REST]: 0 } },
    ],
    ['parts of which more are not known', { total: 100, parts: { a: 9, b: 9 } }, { total: 100, parts: { a: 0, b: 0 } }],
  ])('of %s', (_, exact, shown) => {
    expect(showAnew(exact)).toEqual(shown);
  });

  test('never goes down, and the whole is at least its parts', () => {
    const before = { total: 30, parts: { a: 20, b: 0, [REST]: 0 } };
    // Eight of a have withdrawn, and eighteen of b have come.
    expect(showAnew({ total: 35, parts: { a: 12, b: 23, [REST]: 0 } }, before)).toEqual({
      total: 40,
      parts: { a: 20, b: 20, [REST]: 0 },
    });
  });

  test.each([
    // All nine of each: the whole would say that none can be under five.
    [{ a: 9, b: 9, c: 9, d: 9, e: 9, [REST]: 9 }, 54, true],
    [{ a: 9, b: 9, c: 9, d: 9, e: 4, [REST]: 9 }, 49, false],
    [{ a: 9, b: 9, c: 9, [REST]: 9 }, 36, false],
    // Not all have a part: nothing follows from the whole.
    [{ a: 9, b: 9, c: 9, d: 9, e: 9, f: 9 }, 54, false],
  ])('stays as it was where the whole would narrow a part: %o', (parts, total, stays) => {
    const before = { total: 10, parts: { a: 0 } };
    expect(showAnew({ total, parts }, before) === before).toBe(stays);
  });
});

describe('where people left', () => {
  test('pages at which ten did have a line, the others one together', () => {
    expect(showPages({ one: 23, two: 9, three: 7, four: 1 }, undefined)).toEqual({
      total: 40,
      parts: { one: 20, [REST]: 10 },
    });
  });

  test('stays as it was where the whole would narrow a line', () => {
    const before = { total: 10, parts: { [REST]: 10 } };
    const nines = { one: 19, two: 19, three: 19, four: 19, five: 19, six: 9 };
    expect(showPages(nines, before)).toBe(before);
    expect(showPages({ ...nines, six: 4 }, before)).toMatchObject({ total: 90 });
  });

  test.each([
    [20, 100, { low: 13, high: 29 }],
    [0, 0, { low: 0, high: 100 }],
    [1000, 1000, { low: 90, high: 100 }],
  ])('a share comes from the steps: %i of %i', (left, saw, share) => {
    expect(shareBetween(left, saw)).toEqual(share);
  });
});

describe('weeks', () => {
  test.each(['2026-W01', '2026-W53', '2027-W01', '2027-W09', '2028-W52'])('%s ends on a Sunday of its own', (week) => {
    const day = new Date(lastDayOfWeek(week));
    expect([day.getUTCDay(), weekOf(day)]).toEqual([0, week]);
  });

  test('between two are all, over the end of a year too', () => {
    expect(weeksBetween('2026-W52', '2027-W02')).toEqual(['2026-W52', '2026-W53', '2027-W01', '2027-W02']);
    expect(weeksBetween('2027-W02', '2027-W02')).toEqual(['2027-W02']);
  });
});
