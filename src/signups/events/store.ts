/** What admins do with events and their times. Each is one decision, with its line in the audit and its letters. */
import { randomInt } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { ACTIVE, SEATED } from '../booking.ts';
import { forgetUnconfirmed, updateBooking } from '../bookings/store.ts';
import { type About, aboutSchema, type Event, type EventStatus, type Kind, type Session } from '../event.ts';
import { type Scene, tell } from '../letters/store.ts';
import { passOn } from '../seats/store.ts';
import { type Db, findEvent, findSession, newKey } from '../store.ts';

type Trx = Transaction<ContactsTables>;

/** `conflict` where somebody else has changed the event since it was read, or it is called off: then nothing is changed. */
export type Saved = 'saved' | 'conflict';

export interface Draft {
  readonly about: About;
  readonly keepUntil: string;
}

/** Letters and digits that nobody takes for each other, in an address that may be read out. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const ADDRESS = 8;

/** Makes an event that only staff see until it is opened. @returns its id, which stands in its address */
export async function createEvent(db: Db, kind: Kind, draft: Draft, by: Actor, now: Date): Promise<string> {
  const id = Array.from({ length: ADDRESS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('events')
      .values({
        id,
        kind,
        status: 'draft',
        revision: 1,
        about: JSON.stringify(aboutSchema.parse(draft.about)),
        keep_until: draft.keepUntil,
        counts: null,
      })
      .execute();
    await record(trx, 'event_made', { id, about: draft.about }, by, now);
  });
  return id;
}

/** Makes a draft that says and asks the same, without its times and its days of signing up. @returns its id */
export function copyEvent(
  db: Db,
  { kind, about, keepUntil }: Event,
  today: string,
  by: Actor,
  now: Date,
): Promise<string> {
  const { opensOn, closesOn, ...same } = about;
  const title = `${about.title} (copy)`.slice(0, 200);
  return createEvent(
    db,
    kind,
    { about: { ...same, title }, keepUntil: keepUntil < today ? today : keepUntil },
    by,
    now,
  );
}

/** Saves what is said of an event and what is asked. @param seen the event as it was read */
export function saveEvent(db: Db, seen: Event, draft: Draft, by: Actor, now: Date): Promise<Saved> {
  return changing<never>(db, seen, async (trx) => {
    await trx
      .updateTable('events')
      .set({ about: JSON.stringify(aboutSchema.parse(draft.about)), keep_until: draft.keepUntil })
      .where('id', '=', seen.id)
      .execute();
    await record(trx, 'event_changed', { id: seen.id, about: draft.about }, by, now);
    return undefined;
  });
}

const STATUS_ACTIONS = { open: 'event_opened', closed: 'event_closed' } as const;

/** Opens an event for signing up, or closes it; who is booked stays so. */
export function setStatus(
  db: Db,
  seen: Event,
  status: Extract<EventStatus, 'open' | 'closed'>,
  by: Actor,
  now: Date,
): Promise<Saved> {
  return changing<never>(db, seen, async (trx) => {
    await trx.updateTable('events').set({ status }).where('id', '=', seen.id).execute();
    await record(trx, STATUS_ACTIONS[status], seen, by, now);
    return undefined;
  });
}

/** What an admin says of a time. */
export type Slot = Pick<Session, 'startsAt' | 'minutes' | 'capacity' | 'host' | 'place'>;

/** Adds times to an event: several slots of an interviewer at once. */
export function addSessions(db: Db, seen: Event, slots: readonly Slot[], by: Actor, now: Date): Promise<Saved> {
  return changing<never>(db, seen, async (trx) => {
    for (const { startsAt, ...slot } of slots) {
      await trx
        .insertInto('sessions')
        .values({ id: newKey(), event: seen.id, starts_at: startsAt.toISOString(), status: 'planned', ...slot })
        .execute();
    }
    await record(trx, 'session_added', seen, by, now);
    return undefined;
  });
}

/**
 * Changes a time. Whoever has a seat is written to where it or its place is another; free seats go to whoever waits.
 * @returns `below` where it would have fewer seats than are taken
 */
export function changeSession(
  db: Db,
  seen: Event,
  id: string,
  slot: Slot,
  scene: Scene,
  by: Actor,
): Promise<Saved | 'below'> {
  return changing<'below'>(db, seen, async (trx) => {
    const before = await findSession(trx, id, seen.id);
    if (before?.status !== 'planned') return 'conflict';
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
    const isElsewhere =
      before.startsAt.getTime() !== startsAt.getTime() ||
      before.minutes !== slot.minutes ||
      before.host !== slot.host ||
      before.place !== slot.place;
    await endWaitsBy(trx, id, startsAt);
    if (isElsewhere) await tellAll(trx, id, ['booked', 'offered'], scene);
    await record(trx, 'session_changed', seen, by, scene.now);
    await passOn(trx, id, scene);
    return undefined;
  });
}

/**
 * Calls off one time of an event, or all of it: everybody who was in it is written to, once. What has begun stays as it
 * was, with who came.
 */
export function callOff(db: Db, seen: Event, session: string | undefined, scene: Scene, by: Actor): Promise<Saved> {
  return changing<never>(db, seen, async (trx) => {
    const coming = trx
      .selectFrom('sessions')
      .select('id')
      .where('event', '=', seen.id)
      .where('starts_at', '>', scene.now.toISOString());
    const meant = session === undefined ? coming : coming.where('id', '=', session);
    await trx.updateTable('sessions').set({ status: 'cancelled' }).where('id', 'in', meant).execute();
    if (session === undefined) {
      await trx.updateTable('events').set({ status: 'cancelled' }).where('id', '=', seen.id).execute();
    }
    const bookings = await trx
      .selectFrom('bookings')
      .selectAll()
      .where('event', '=', seen.id)
      .where('state', 'in', ACTIVE)
      .where((is) => is.or([is('session', 'in', meant), ...(session === undefined ? [is('session', 'is', null)] : [])]))
      .orderBy('id')
      .execute();
    for (const booking of bookings) {
      const over = {
        state: 'cancelled',
        until: null,
        place: null,
        attended: null,
        sequence: booking.sequence + 1,
      } as const;
      await tell(trx, await updateBooking(trx, booking, over), 'calledOff', scene);
      await forgetUnconfirmed(trx, booking);
    }
    await record(trx, session === undefined ? 'event_called_off' : 'session_called_off', seen, by, scene.now);
    return undefined;
  });
}

/** Nothing that waits for its owner waits longer than to the start. */
async function endWaitsBy(trx: Trx, session: string, startsAt: Date): Promise<void> {
  const until = startsAt.toISOString();
  await trx.updateTable('bookings').set({ until }).where('session', '=', session).where('until', '>', until).execute();
}

async function tellAll(
  trx: Trx,
  session: string,
  states: readonly ('booked' | 'offered')[],
  scene: Scene,
): Promise<void> {
  const bookings = trx.selectFrom('bookings').selectAll().where('session', '=', session).where('state', 'in', states);
  for (const booking of await bookings.orderBy('id').execute()) {
    await tell(trx, await updateBooking(trx, booking, { sequence: booking.sequence + 1 }), 'changed', scene);
  }
}

/** A change to an event as somebody read it: none where it is another by now, or called off, as everybody was told. */
function changing<Refused extends string = never>(
  db: Db,
  seen: Event,
  work: (trx: Trx) => Promise<Refused | 'conflict' | undefined>,
): Promise<Saved | Refused> {
  return inTransaction<ContactsTables, Saved | Refused>(db, async (trx) => {
    const now = await findEvent(trx, seen.id);
    if (!now || now.revision !== seen.revision || now.status === 'cancelled') return 'conflict';
    const refused = await work(trx);
    if (refused) return refused;
    await trx
      .updateTable('events')
      .set({ revision: seen.revision + 1 })
      .where('id', '=', seen.id)
      .execute();
    return 'saved';
  });
}

/** A line of the audit about an event. It names the event and nobody who takes part. */
export async function record(
  trx: Trx,
  action: Action,
  { id, about }: { readonly id: string; readonly about: Pick<About, 'title'> },
  by: Actor,
  now: Date,
): Promise<void> {
  await recordDeed(trx, by, { action, object: { kind: 'event', id, name: about.title } }, now);
}
