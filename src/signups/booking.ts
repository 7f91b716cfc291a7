/** A booking's states, and how long each may wait for its owner. */
import { z } from 'zod';

/**
 * - `held`: has a seat, or is on a list, until the mailbox has answered
 * - `waiting`: is in the waiting list once the mailbox has answered; before, has a link that takes a seat if one is free
 * - `offered`: has a seat until they have said whether they want it
 * - `booked`: has a seat
 * - `cancelled`, `lapsed`: over, by somebody's word or for want of one
 */
export type State = 'held' | 'waiting' | 'offered' | 'booked' | 'cancelled' | 'lapsed';

/** Those that take a seat, and those that a mailbox can have one of. */
export const SEATED = ['held', 'offered', 'booked'] as const;
export const ACTIVE = ['held', 'waiting', 'offered', 'booked'] as const;

/** Whether somebody may take a free seat of another time: they have one, or wait for one and have answered from their mailbox. */
export const canMove = ({ state, confirmed }: { readonly state: State; readonly confirmed: 0 | 1 }): boolean =>
  state === 'booked' || (state === 'waiting' && confirmed === 1);

const HOUR = 3_600_000;

/** In hours: for a link to be confirmed, with the seat that is held for it, and for an offer to be taken. */
const LINK = 24;
const OFFER = 48;

/** An offer that leaves less time than this is not made: nobody could act on it. In hours. */
const SHORTEST_OFFER = 1;

/** For so many forms from one network address, within so many minutes, seats of an event are held. */
export const CROWD = { forms: 20, minutes: LINK * 60 };

/** Until when a link can be confirmed, and the seat is held that it may have, where nothing begins before: see `endOf`. */
export const linkUntil = (now: Date): Date => new Date(now.getTime() + LINK * HOUR);

/** When what waits for its owner ends: at its own time, or when its session begins if that is sooner. */
export function endOf(until: string | null, session: { readonly startsAt: Date } | undefined): Date | undefined {
  if (until === null) return undefined;
  const end = new Date(until);
  return session && session.startsAt < end ? session.startsAt : end;
}

/** Whether a booking was asked for within the last minute: then the same form was sent twice. */
export function isJustAsked(
  { state, until }: { readonly state: State; readonly until: string | null },
  now: Date,
): boolean {
  return until !== null && state !== 'offered' && Date.parse(until) > linkUntil(now).getTime() - 60_000;
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
