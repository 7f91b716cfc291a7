/** A booking's states, and how long each may wait for its owner. */
import { z } from 'zod';

/**
 * - `held`: has a seat until the mailbox has answered
 * - `waiting`: is in the waiting list, in it for good once the mailbox has answered
 * - `offered`: has a seat until they have said whether they want it
 * - `booked`: has a seat
 * - `cancelled`, `lapsed`: over, by somebody's word or for want of one
 */
export type State = 'held' | 'waiting' | 'offered' | 'booked' | 'cancelled' | 'lapsed';

/** Those that take a seat, and those that a mailbox can have one of. */
export const SEATED = ['held', 'offered', 'booked'] as const;
export const ACTIVE = ['held', 'waiting', 'offered', 'booked'] as const;

const HOUR = 3_600_000;

/** In hours: for the mailbox to answer, and for an offer to be taken. */
const HOLD = 24;
const OFFER = 48;

/** An offer that leaves less time than this is not made: nobody could act on it. In hours. */
const SHORTEST_OFFER = 1;

/** Until when a seat, or a place in the list, waits for its owner's mailbox: a day, and no longer than to the start. */
export function holdUntil(now: Date, startsAt: Date | undefined): Date {
  const day = now.getTime() + HOLD * HOUR;
  return new Date(startsAt ? Math.min(day, startsAt.getTime()) : day);
}

/**
 * Until when a freed seat is kept for whoever is next in the list: two days, and close to the session half of what is
 * left, so that somebody else still can. @returns undefined where it is too late for anybody
 */
export function offerUntil(now: Date, startsAt: Date): Date | undefined {
  const half = (startsAt.getTime() - now.getTime()) / 2;
  if (half < SHORTEST_OFFER * HOUR) return undefined;
  return new Date(now.getTime() + Math.min(OFFER * HOUR, half));
}

const answersSchema = z.record(z.string(), z.string());

/** What somebody who signed up answered, as a booking keeps it: by what was asked. */
export const readAnswers = (json: string): Readonly<Record<string, string>> => answersSchema.parse(JSON.parse(json));
