/** What admins do with events. Each is one decision, with its line in the audit and its letters. */
import { createHash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { listSeated } from '../bookings/store.ts';
import {
  type About,
  aboutSchema,
  type Event,
  type EventStatus,
  hasSessions,
  isElsewhere,
  type Kind,
} from '../event.ts';
import { type BookingRow, type Heard, type Scene, tellChanged } from '../letters/store.ts';
import { type Db, findEvent, listSessions, newKey } from '../store.ts';
import { wallDayOf } from '../wall-time.ts';

export type Trx = Transaction<ContactsTables>;

/** `conflict` where somebody else has changed the event since it was read, or it is called off: then nothing is changed. */
export type Saved = 'saved' | 'conflict';

export interface Draft {
  readonly about: About;
  readonly keepUntil: string;
}

/** Letters and digits that nobody takes for each other, in an address that may be read out. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const ADDRESS = 8;

/** The address of the event that a form makes: the same form sent twice makes one. */
function addressFrom(key: string): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, ADDRESS);
  return [...bytes].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/**
 * Makes an event that only staff see until it is opened. @param key of the form: see `keyOf`
 * @returns its id, which stands in its address
 */
export async function createEvent(
  db: Db,
  kind: Kind,
  draft: Draft,
  by: Actor,
  now: Date,
  key = newKey(),
): Promise<string> {
  const id = addressFrom(key);
  await inTransaction(db, async (trx) => {
    if (await findEvent(trx, id)) return;
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
  key = newKey(),
): Promise<string> {
  const { opensOn, closesOn, ...same } = about;
  const title = `${about.title} (copy)`.slice(0, 200);
  return createEvent(
    db,
    kind,
    { about: { ...same, title }, keepUntil: keepUntil < today ? today : keepUntil },
    by,
    now,
    key,
  );
}

/**
 * Saves what is said of an event and what is asked. Whoever is coming hears of it where its place or link is another.
 * @param seen the event as it was read
 * @returns `longer` where people have signed up who were told that their details go sooner
 */
export function saveEvent(db: Db, seen: Event, draft: Draft, scene: Scene, by: Actor): Promise<Saved | 'longer'> {
  const about = JSON.stringify(aboutSchema.parse(draft.about));
  const isSo = (now: Event) => now.keepUntil === draft.keepUntil && JSON.stringify(now.about) === about;
  return changing<'longer'>(db, seen, isSo, async (trx, before) => {
    if (draft.keepUntil > before.keepUntil && (await hasPeople(trx, seen.id))) return 'longer';
    const coming = await listToTell(trx, before, draft.about, scene.now);
    await trx.updateTable('events').set({ about, keep_until: draft.keepUntil }).where('id', '=', seen.id).execute();
    const heard = await tellChanged(trx, coming, scene);
    await record(trx, 'event_changed', { id: seen.id, about: draft.about }, by, scene.now, heard);
    return undefined;
  });
}

/** Whether contact details are kept of anybody who signed up for an event. */
export async function hasPeople(db: Db, event: string): Promise<boolean> {
  const found = db.selectFrom('bookings').select('id').where('event', '=', event).where('name', '<>', '');
  return (await found.limit(1).executeTakeFirst()) !== undefined;
}

/** Whose place, or way to join, is another with what is said now: they have a seat at a time to come. */
export async function listToTell(db: Db, before: Event, about: About, now: Date): Promise<BookingRow[]> {
  const sessions = (await listSessions(db, before.id)).filter(
    (session) => session.status === 'planned' && session.startsAt > now && isElsewhere(before.about, about, session),
  );
  return listSeated(
    db,
    sessions.map(({ id }) => id),
  );
}

const STATUS_ACTIONS = { open: 'event_opened', closed: 'event_closed' } as const;

/**
 * Opens an event for signing up, or closes it; who is booked stays so.
 * @returns `no_times` where it takes place at times and none is to come, `over` where the last day of signing up is
 */
export function setStatus(
  db: Db,
  seen: Event,
  status: Extract<EventStatus, 'open' | 'closed'>,
  by: Actor,
  now: Date,
): Promise<Saved | 'no_times' | 'over'> {
  return changing<'no_times' | 'over'>(
    db,
    seen,
    (event) => event.status === status,
    async (trx) => {
      if (status === 'open' && hasSessions(seen.kind)) {
        const times = await listSessions(trx, seen.id);
        if (!times.some((time) => time.status === 'planned' && time.startsAt > now)) return 'no_times';
      }
      // Nobody could sign up, though it says that it is open.
      const today = wallDayOf(now);
      if (status === 'open' && (seen.about.closesOn ?? today) < today) return 'over';
      await trx.updateTable('events').set({ status }).where('id', '=', seen.id).execute();
      await record(trx, STATUS_ACTIONS[status], seen, by, now);
      return undefined;
    },
  );
}

/**
 * A change to an event as somebody read it: none where it is another by now, or called off, as everybody was told.
 * @param isSo whether it is already as it is to be: the same form was sent twice, and that is no conflict
 */
export function changing<Refused extends string | object>(
  db: Db,
  seen: Event,
  isSo: (now: Event, trx: Trx) => boolean | Promise<boolean>,
  work: (trx: Trx, before: Event) => Promise<Refused | 'conflict' | undefined>,
): Promise<Saved | Refused> {
  return inTransaction<ContactsTables, Saved | Refused>(db, async (trx) => {
    const now = await findEvent(trx, seen.id);
    if (!now) return 'conflict';
    if (now.revision !== seen.revision || now.status === 'cancelled')
      return (await isSo(now, trx)) ? 'saved' : 'conflict';
    const refused = await work(trx, now);
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
  heard?: Heard,
): Promise<void> {
  const object = { kind: 'event', id, name: about.title } as const;
  await recordDeed(trx, by, { action, object, ...(heard && { about: { ...heard } }) }, now);
}
