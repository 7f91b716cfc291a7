import { describe, expect, test } from 'vitest';
import { holdUntil, isJustAsked, linkAfterHold, linkUntil, offerUntil } from '../../src/signups/booking.ts';

const HOUR = 3_600_000;
const NOW = new Date('2027-03-01T09:00:00.000Z');
const inHours = (hours: number) => new Date(NOW.getTime() + hours * HOUR);

describe('in hours, a session that begins in', () => {
  test.each([
    [1000, 2, 24, 48],
    [97, 2, 24, 48],
    [96, 2, 24, 48],
    [50, 2, 24, 25],
    [24, 2, 24, 12],
    [10, 2, 10, 5],
    [2, 2, 2, 1],
    [1.9, 1.9, 1.9, undefined],
    [0, 0, 0, undefined],
    [-1, -1, -1, undefined],
  ])('%d holds a seat for %d, keeps a link for %d and offers a seat for %d', (begins, held, link, offered) => {
    expect(holdUntil(NOW, inHours(begins))).toEqual(inHours(held));
    expect(linkUntil(NOW, inHours(begins))).toEqual(inHours(link));
    expect(linkAfterHold(inHours(held), inHours(begins))).toEqual(inHours(link));
    expect(offerUntil(NOW, inHours(begins))).toEqual(offered === undefined ? undefined : inHours(offered));
  });
});

test('a place in a list without times is kept for a day', () => {
  expect(holdUntil(NOW, undefined)).toEqual(inHours(24));
});

test.each([
  ['a seat, just now', { state: 'held', session: 'x', until: inHours(2) }, true],
  ['a seat, two minutes ago', { state: 'held', session: 'x', until: inHours(2 - 1 / 30) }, false],
  ['a list, just now', { state: 'held', session: null, until: inHours(24) }, true],
  ['a list, 22 hours ago', { state: 'held', session: null, until: inHours(2) }, false],
  ['waiting, just now', { state: 'waiting', session: 'x', until: inHours(24) }, true],
  ['waiting, after a seat was held', { state: 'waiting', session: 'x', until: inHours(22) }, false],
  ['offered', { state: 'offered', session: 'x', until: inHours(48) }, false],
  ['booked', { state: 'booked', session: 'x', until: null }, false],
] as const)('whether the same form came just now: %s', (_, { state, session, until }, expected) => {
  expect(isJustAsked({ state, session, until: until?.toISOString() ?? null }, NOW)).toBe(expected);
});
