import { describe, expect, test } from 'vitest';
import { holdUntil, offerUntil } from '../../src/signups/booking.ts';

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
  ])('%d holds a seat for %d and offers one for %d', (begins, held, offered) => {
    expect(holdUntil(NOW, inHours(begins))).toEqual(inHours(held));
    expect(offerUntil(NOW, inHours(begins))).toEqual(offered === undefined ? undefined : inHours(offered));
  });
});

test('a place in a list without times is kept for a day', () => {
  expect(holdUntil(NOW, undefined)).toEqual(inHours(24));
});
