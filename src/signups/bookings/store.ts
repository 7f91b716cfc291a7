/** Bookings as rows: finding, making and changing one. What may happen to one, and when, is for `../seats/store.ts`. */
import { createHash } from 'node:crypto';
import { type RawBuilder, type SqlBool, sql, type Updateable } from 'kysely';
import { z } from 'zod';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { ACTIVE, SEATED, type State } from '../booking.ts';
import type { BookingRow } from '../letters/store.ts';
import { type Db, newKey } from '../store.ts';

/** Who signs up, and what they were asked beside. */
export interface Person {
  /** In lower case; null of somebody who phoned and has none. */
  readonly email: string | null;
  readonly name: string;
  readonly organisation: string;
  readonly language: string;
  readonly answers: Readonly<Record<string, string>>;
}

export interface NewBooking {
  /** By chance where none is given. */
  readonly id?: string;
  readonly event: string;
  readonly session: string | null;
  readonly state: State;
  readonly confirmed: 0 | 1;
  readonly until: Date | undefined;
  /** The wording they agreed to. */
  readonly consent: string;
  readonly person: Person;
}

/** What stands in the place of contact details that have gone. */
export const FORGOTTEN = { email: null, name: '', organisation: '', answers: '{}', note: '' } as const;

/** That a session has a free seat: a condition for the write that takes it. */
function seatIsFree(session: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(select count(*) from bookings where session = ${session} and state in (${sql.join([...SEATED])}))
    < (select capacity from sessions where id = ${session} and status = 'planned')`;
}

/**
 * Whether a session has a seat for a newcomer: one is free, and nobody has been waiting for it.
 * @param lineMoves whether those who wait can still be offered a seat; if not, it need not stay empty for them
 */
export async function hasSeatFor(db: Db, session: string, lineMoves: boolean): Promise<boolean> {
  const { free } = await db.selectNoFrom(seatIsFree(session).as('free')).executeTakeFirstOrThrow();
  return Boolean(free) && !(lineMoves && (await findNextInLine(db, session)) !== undefined);
}

/** The booking that a mailbox has of an event, if any: there is one at most. */
export async function findActive(db: Db, event: string, email: string | null): Promise<BookingRow | undefined> {
  if (email === null) return undefined;
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('event', '=', event)
    .where('email', '=', email)
    .where('state', 'in', ACTIVE)
    .executeTakeFirst();
}

/** Who has a seat of one of these times, or is offered one, and has answered from their mailbox. */
export async function listSeated(db: Db, sessions: readonly string[]): Promise<BookingRow[]> {
  if (sessions.length === 0) return [];
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('session', 'in', sessions)
    .where('state', 'in', ['booked', 'offered'])
    .orderBy('id')
    .execute();
}

const COLUMNS = [
  'id',
  'event',
  'session',
  'state',
  'confirmed',
  'until',
  'place',
  'email',
  'name',
  'organisation',
  'language',
  'answers',
  'consent',
  'attended',
  'note',
  'sequence',
] as const satisfies readonly (keyof BookingRow)[];

/** Makes a booking. @returns undefined where it wants a seat and none is free: then nothing was made */
export async function insertBooking(
  trx: Db,
  { id = newKey(), event, session, state, confirmed, until, consent, person }: NewBooking,
): Promise<BookingRow | undefined> {
  const row: BookingRow = {
    id,
    event,
    session,
    state,
    confirmed,
    until: until?.toISOString() ?? null,
    place: state === 'waiting' && confirmed === 1 && session !== null ? await nextPlace(trx, session) : null,
    email: person.email,
    name: person.name,
    organisation: person.organisation,
    language: person.language,
    answers: JSON.stringify(person.answers),
    consent: await keepWording(trx, consent),
    attended: null,
    note: '',
    sequence: 0,
  };
  const values = trx.selectNoFrom((is) => COLUMNS.map((column) => is.val(row[column]).as(column)));
  const seated = session !== null && SEATED.some((each) => each === state);
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('bookings')
    .columns(COLUMNS)
    .expression(seated ? values.where(seatIsFree(session)) : values)
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n ? row : undefined;
}

/** Changes a booking, and gives it back as it is then. */
export async function updateBooking(
  trx: Db,
  booking: BookingRow,
  change: Updateable<ContactsTables['bookings']>,
): Promise<BookingRow> {
  return trx.updateTable('bookings').set(change).where('id', '=', booking.id).returningAll().executeTakeFirstOrThrow();
}

/**
 * Forgets what was typed by whoever never answered from the mailbox, when their booking is over: it may be somebody else's.
 * What has not been sent to it is not sent; what has been counts for the limit of the day, and goes after it.
 */
export async function forgetUnconfirmed(
  trx: Db,
  { id, confirmed }: Pick<BookingRow, 'id' | 'confirmed'>,
): Promise<void> {
  if (confirmed === 1) return;
  await trx.updateTable('bookings').set(FORGOTTEN).where('id', '=', id).execute();
  await trx
    .deleteFrom('outbox')
    .where('booking', '=', id)
    .where('kind', 'in', ['confirm', 'again'])
    .where('state', '<>', 'sent')
    .execute();
}

/** Puts a booking on a seat of a session, or does nothing and gives nothing back where none is free. */
export async function takeSeat(
  trx: Db,
  id: string,
  session: string,
  change: Updateable<ContactsTables['bookings']>,
): Promise<BookingRow | undefined> {
  return trx
    .updateTable('bookings')
    .set({ ...change, session })
    .where('id', '=', id)
    .where(seatIsFree(session))
    .returningAll()
    .executeTakeFirst();
}

/** Who has waited longest for a session, of those whose mailbox has answered. */
export async function findNextInLine(db: Db, session: string): Promise<string | undefined> {
  const next = await db
    .selectFrom('bookings')
    .select('id')
    .where('session', '=', session)
    .where('state', '=', 'waiting')
    .where('confirmed', '=', 1)
    .orderBy('place')
    .limit(1)
    .executeTakeFirst();
  return next?.id;
}

/** The end of a session's waiting list. */
export async function nextPlace(trx: Db, session: string): Promise<number> {
  const { last } = await trx
    .selectFrom('bookings')
    .select(({ fn }) => fn.max('place').as('last'))
    .where('session', '=', session)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}

async function keepWording(trx: Db, wording: string): Promise<string> {
  const hash = createHash('sha256').update(wording).digest('hex');
  await trx
    .insertInto('consents')
    .values({ hash, wording })
    .onConflict((already) => already.column('hash').doNothing())
    .execute();
  return hash;
}

/** How many bookings of an event are in each state, and how many of the booked came. */
export type Counts = Readonly<Partial<Record<State | 'attended', number>>>;

const countsSchema = z.record(z.string(), z.number());

/** Counts the bookings of an event, with those whose details have gone. */
export async function countBookings(db: Db, event: string): Promise<Counts> {
  const rows = await db
    .selectFrom('bookings')
    .select(({ fn }) => ['state', fn.countAll<number>().as('n'), fn.sum<number | null>('attended').as('attended')])
    .where('event', '=', event)
    .groupBy('state')
    .execute();
  const gone = await db.selectFrom('events').select('counts').where('id', '=', event).executeTakeFirst();
  const counts = new Map(Object.entries(countsSchema.parse(JSON.parse(gone?.counts ?? '{}'))));
  const add = (name: string, n: number) => counts.set(name, (counts.get(name) ?? 0) + n);
  add('attended', 0);
  for (const { state, n, attended } of rows) {
    add(state, Number(n));
    add('attended', Number(attended ?? 0));
  }
  return Object.fromEntries(counts);
}
