/** Events and their sessions, as everybody in this room reads them. */
import { randomBytes } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import { hashToken } from '../accounts/secrets/store.ts';
import type { ContactsTables } from '../db/contacts-tables.ts';
import type { Form } from '../web/forms.ts';
import { SEATED } from './booking.ts';
import { aboutSchema, type Event, isOpen, type Session } from './event.ts';
import { wallDayOf } from './wall-time.ts';

export type Db = Kysely<ContactsTables>;

/** A key of 128 random bits: it tells nothing of who came before whom. */
export const newKey = (): string => randomBytes(16).toString('hex');

/**
 * The key of what a form makes, from the key that the form was shown with and all that stands in it: the same form sent
 * twice makes one thing, and what was typed anew another.
 */
export const keyOf = (form: Form): string =>
  typeof form.key === 'string' ? hashToken(JSON.stringify(form)) : newKey();

/** A session with how many of its seats are taken and how many people wait, mailbox answered or not. */
export interface Standing extends Session {
  readonly taken: number;
  readonly waiting: number;
}

export async function findEvent(db: Db, id: string): Promise<Event | undefined> {
  const row = await db.selectFrom('events').selectAll().where('id', '=', id).executeTakeFirst();
  return row && eventOf(row);
}

/** Every event, by its id. */
export async function listEvents(db: Db): Promise<Event[]> {
  return (await db.selectFrom('events').selectAll().orderBy('id').execute()).map(eventOf);
}

/** Whether there is anything to sign up for. */
export async function hasOpenEvents(db: Db, now: Date): Promise<boolean> {
  return (await listEvents(db)).some((event) => isOpen(event, wallDayOf(now)));
}

function eventOf({ id, kind, status, revision, about, keep_until }: Selectable<ContactsTables['events']>): Event {
  return { id, kind, status, revision, about: aboutSchema.parse(JSON.parse(about)), keepUntil: keep_until };
}

/** The sessions of an event in order of time, cancelled ones too, with how they stand. */
export async function listSessions(db: Db, event: string): Promise<Standing[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll('sessions')
    .select(({ selectFrom }) => [
      selectFrom('bookings')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('session', '=', 'sessions.id')
        .where('state', 'in', SEATED)
        .as('taken'),
      selectFrom('bookings')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .whereRef('session', '=', 'sessions.id')
        .where('state', '=', 'waiting')
        .as('waiting'),
    ])
    .where('event', '=', event)
    .orderBy('starts_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...sessionOf(row), taken: Number(row.taken), waiting: Number(row.waiting) }));
}

/** One session. @param event where it has to be of that one */
export async function findSession(db: Db, id: string, event?: string): Promise<Session | undefined> {
  const query = db.selectFrom('sessions').selectAll().where('id', '=', id);
  const row = await (event === undefined ? query : query.where('event', '=', event)).executeTakeFirst();
  return row && sessionOf(row);
}

/** A session as a row holds it. */
export function sessionOf(row: Selectable<ContactsTables['sessions']>): Session {
  const { id, starts_at, minutes, capacity, host, place, status } = row;
  return { id, startsAt: new Date(starts_at), minutes, capacity, host, place, status };
}
