/** What admins do with the times of an event, and calling one off or all of it. */
import type { Actor } from '../../accounts/account.ts';
import { hashToken } from '../../accounts/secrets/store.ts';
import { ACTIVE, SEATED } from '../booking.ts';
import { forgetUnconfirmed, listSeated, updateBooking } from '../bookings/store.ts';
import { aboutSchema, type Event, type Session } from '../event.ts';
import { changing, record, type Saved, type Trx } from '../events/store.ts';
import { type BookingRow, heardBy, type Scene, type Told, tell, tellChanged } from '../letters/store.ts';
import { passOn } from '../seats/store.ts';
import { type Db, findSession, newKey, sessionOf } from '../store.ts';
import { type Clash, clashOf } from './clash.ts';

const DAY = 86_400_000;

/** What an admin says of a time. */
export type Slot = Pick<Session, 'startsAt' | 'minutes' | 'capacity' | 'host' | 'place'>;

/**
 * The interview that the interviewer of one of these slots has at that time, of whatever event.
 * @param except a time that is about to be another
 */
export async function findClash(
  db: Db,
  { kind }: Pick<Event, 'kind'>,
  slots: readonly Slot[],
  except = '',
): Promise<Clash | undefined> {
  if (kind !== 'interview') return undefined;
  const starts = slots.map(({ startsAt }) => startsAt.getTime());
  const rows = await db
    .selectFrom('sessions')
    .innerJoin('events', 'events.id', 'sessions.event')
    .selectAll('sessions')
    .select('events.about')
    .where('events.kind', '=', 'interview')
    .where('sessions.status', '=', 'planned')
    .where('sessions.id', '<>', except)
    // No time is longer than a day.
    .where('sessions.starts_at', '>', new Date(Math.min(...starts) - DAY).toISOString())
    .where('sessions.starts_at', '<', new Date(Math.max(...starts) + DAY).toISOString())
    .orderBy('sessions.starts_at')
    .orderBy('sessions.id')
    .execute();
  const interviews = rows.map(({ about, ...row }) => ({
    ...sessionOf(row),
    event: row.event,
    title: aboutSchema.parse(JSON.parse(about)).title,
  }));
  return clashOf(slots, interviews);
}

/**
 * Adds times to an event: several slots of an interviewer at once. @param key of the form: see `keyOf`
 * @returns a clash where the interviewer has another interview then: nothing was added
 */
export function addSessions(
  db: Db,
  seen: Event,
  slots: readonly Slot[],
  by: Actor,
  now: Date,
  key = newKey(),
): Promise<Saved | Clash> {
  const idOf = (slot: number) => hashToken(`${key} ${slot}`);
  const isSo = async (_: Event, trx: Trx) => (await findSession(trx, idOf(0), seen.id)) !== undefined;
  return changing<Clash>(db, seen, isSo, async (trx) => {
    const clash = await findClash(trx, seen, slots);
    if (clash) return clash;
    for (const [index, { startsAt, ...slot }] of slots.entries()) {
      await trx
        .insertInto('sessions')
        .values({ id: idOf(index), event: seen.id, starts_at: startsAt.toISOString(), status: 'planned', ...slot })
        .execute();
    }
    await record(trx, 'session_added', seen, by, now);
    return undefined;
  });
}

/** Whether a time is another with what is said of it now, for whoever has a seat. */
export const isMoved = (before: Slot, slot: Slot): boolean =>
  before.startsAt.getTime() !== slot.startsAt.getTime() ||
  before.minutes !== slot.minutes ||
  before.host !== slot.host ||
  before.place !== slot.place;

/**
 * Changes a time. Whoever has a seat is written to where it or its place is another; free seats go to whoever waits.
 * @returns `below` where it would have fewer seats than are taken, a clash where its interviewer has another interview then
 */
export function changeSession(
  db: Db,
  seen: Event,
  id: string,
  slot: Slot,
  scene: Scene,
  by: Actor,
): Promise<Saved | 'below' | Clash> {
  const isSo = async (_: Event, trx: Trx) => {
    const now = await findSession(trx, id, seen.id);
    return now?.status === 'planned' && !isMoved(now, slot) && now.capacity === slot.capacity;
  };
  return changing<'below' | Clash>(db, seen, isSo, async (trx) => {
    const before = await findSession(trx, id, seen.id);
    if (before?.status !== 'planned') return 'conflict';
    const clash = await findClash(trx, seen, [slot], id);
    if (clash) return clash;
    const { startsAt, ...rest } = slot;
    const taken = trx
      .selectFrom('bookings')
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .where('session', '=', id)
      .where('state', 'in', SEATED);
    const { numUpdatedRows } = await trx
      .updateTable('sessions')
      .set({ starts_at: startsAt.toISOString(), ...rest })
      .where('id', '=', id)
      .where(taken, '<=', slot.capacity)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return 'below';
    const heard = await tellChanged(trx, await listSeated(trx, isMoved(before, slot) ? [id] : []), scene);
    await record(trx, 'session_changed', seen, by, scene.now, heard);
    await passOn(trx, id, scene);
    return undefined;
  });
}

/** The times, still to come, that are meant where one is called off, or all of the event. */
const meantBy = (db: Db, event: string, session: string | undefined, now: Date) => {
  const coming = db.selectFrom('sessions').select('id').where('event', '=', event);
  const meant = coming.where('starts_at', '>', now.toISOString());
  return session === undefined ? meant : meant.where('id', '=', session);
};

/** Who would have to be told where one time of an event is called off, or all of it: whoever has a seat or waits. */
export function listToCallOff(db: Db, event: string, session: string | undefined, now: Date): Promise<BookingRow[]> {
  const meant = meantBy(db, event, session, now);
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('event', '=', event)
    .where('state', 'in', ACTIVE)
    .where((is) => is.or([is('session', 'in', meant), ...(session === undefined ? [is('session', 'is', null)] : [])]))
    .orderBy('id')
    .execute();
}

/**
 * Calls off one time of an event, or all of it: everybody who was in it is written to, once. What has begun stays as it
 * was, with who came.
 */
export function callOff(db: Db, seen: Event, session: string | undefined, scene: Scene, by: Actor): Promise<Saved> {
  const isSo = async (event: Event, trx: Trx) =>
    session === undefined
      ? event.status === 'cancelled'
      : (await findSession(trx, session, seen.id))?.status === 'cancelled';
  return changing<never>(db, seen, isSo, async (trx) => {
    const bookings = await listToCallOff(trx, seen.id, session, scene.now);
    const meant = meantBy(trx, seen.id, session, scene.now);
    await trx.updateTable('sessions').set({ status: 'cancelled' }).where('id', 'in', meant).execute();
    if (session === undefined) {
      await trx.updateTable('events').set({ status: 'cancelled' }).where('id', '=', seen.id).execute();
    }
    const told: Told[] = [];
    for (const booking of bookings) {
      const over = {
        state: 'cancelled',
        until: null,
        place: null,
        attended: null,
        sequence: booking.sequence + 1,
      } as const;
      told.push(await tell(trx, await updateBooking(trx, booking, over), 'calledOff', scene));
      await forgetUnconfirmed(trx, booking);
    }
    const action = session === undefined ? 'event_called_off' : 'session_called_off';
    await record(trx, action, seen, by, scene.now, heardBy(told));
    return undefined;
  });
}
