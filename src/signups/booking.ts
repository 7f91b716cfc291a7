/** A booking's states, and how long each may wait for its owner. */
import { z } from 'zod';

/**
 * - `held`: has a seat for a while, or is on a list, until the mailbox has answered
 * - `waiting`: is in the waiting list once the mailbox has answered; before, has a link that takes a seat if one is free
 * - `offered`: has a seat until they have said whether they want it
 * - `booked`: has a seat
 * - `cancelled`, `lapsed`: over, by somebody's word or for want of one
 */
export type State = 'held' | 'waiting' | 'offered' | 'booked' | 'cancelled' | 'lapsed';

/** Those that take a seat, and those that a mailbox can have one of. */
export const SEATED = ['held', 'offered', 'booked'] as const;
export const ACTIVE = ['held', 'waiting', 'offered', 'booked'] as const;

const HOUR = 3_600_000;

/** In hours: for which a seat is held for a mailbox, for which a link can be confirmed, and for an offer to be taken. */
const HOLD = 2;
const LINK = 24;
const OFFER = 48;

/** An offer that leaves less time than this is not made: nobody could act on it. In hours. */
const SHORTEST_OFFER = 1;

/** For so many forms from one network address, within so many minutes, seats of an event are held. */
export const CROWD = { forms: 20, minutes: HOLD * 60 };

/** Until when a link can be confirmed: a day, and no longer than to the start. */
export function linkUntil(now: Date, startsAt: Date | undefined): Date {
  return soonest(now.getTime() + LINK * HOUR, startsAt);
}

/**
 * Until when a seat waits for its owner's mailbox: a stranger's made-up ones cannot keep it longer. What has no seats is
 * kept for as long as the link.
 */
export function holdUntil(now: Date, startsAt: Date | undefined): Date {
  return startsAt ? soonest(now.getTime() + HOLD * HOUR, startsAt) : linkUntil(now, undefined);
}

/** Until when the link is good whose seat was held until then. */
export function linkAfterHold(held: Date, startsAt: Date): Date {
  return soonest(held.getTime() + (LINK - HOLD) * HOUR, startsAt);
}

const soonest = (moment: number, startsAt: Date | undefined): Date =>
  new Date(startsAt ? Math.min(moment, startsAt.getTime()) : moment);

/** Whether a booking was asked for within the last minute: then the same form was sent twice. */
export function isJustAsked(
  { state, session, until }: { readonly state: State; readonly session: string | null; readonly until: string | null },
  now: Date,
): boolean {
  if (until === null || state === 'offered') return false;
  const length = state === 'held' && session !== null ? HOLD : LINK;
  return Date.parse(until) - now.getTime() > length * HOUR - 60_000;
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
