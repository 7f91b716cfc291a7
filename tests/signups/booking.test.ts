import { describe, expect, test } from 'vitest';
import { endOf, isJustAsked, linkUntil, offerUntil } from '../../src/signups/booking.ts';

const HOUR = 3_600_000;
const NOW = new Date('2027-03-01T09:00:00.000Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

describe('in hours, a session that begins in', () => {
  test.each([
    [1000, 24, 48],
    [97, 24, 48],
    [96, 24, 48],
    [50, 24, 25],
    [24, 24, 12],
    [10, 10, 5],
    [2, 2, 1],
    [1.9, 1.9, undefined],
    [0, 0, undefined],
    [-1, -1, undefined],
  ])('%d keeps a link and its seat for %d and offers a seat for %d', (begins, kept, offered) => {
    expect(endOf(linkUntil(NOW).toISOString(), { startsAt: inHours(begins) })).toEqual(inHours(kept));
    expect(offerUntil(NOW, inHours(begins))).toEqual(offered === undefined ? undefined : inHours(offered));
  });
});

test('a place in a list without times is kept for a day, and what waits for nothing has no end', () => {
  expect(endOf(linkUntil(NOW).toISOString(), undefined)).toEqual(inHours(24));
  expect(endOf(null, { startsAt: NOW })).toBeUndefined();
});

test.each([
  ['held, just now', { state: 'held', until: inHours(24) }, true],
  ['held, two minutes ago', { state: 'held', until: inHours(24 - 1 / 30) }, false],
  ['waiting, just now', { state: 'waiting', until: inHours(24) }, true],
  ['waiting, two minutes ago', { state: 'waiting', until: inHours(24 - 1 / 30) }, false],
  ['offered', { state: 'offered', until: inHours(48) }, false],
  ['booked', { state: 'booked', until: null }, false],
] as const)('whether the same form came just now: %s', (_, { state, until }, expected) => {
  expect(isJustAsked({ state, until: until?.toISOString() ?? null }, NOW)).toBe(expected);
});
