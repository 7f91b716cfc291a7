/** The outbox: what is to be said to whom, written in the transaction of what it tells of and sent afterwards. */
import { randomBytes } from 'node:crypto';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ContactsTables } from '../db/contacts-tables.ts';
import { type Message, messageSchema } from './message.ts';
import { nextTry } from './retries.ts';

type Db = Kysely<ContactsTables>;

/** How long the line of a sent message stays: for the limit of a day, and for whoever asks whether it went. In days. */
const KEEP_SENT = 30;
const DAY = 86_400_000;
const HOUR = 3_600_000;

export interface Letter {
  readonly booking: string | null;
  /** What it says, for the list of messages and the limits: `confirm`, `offer`. */
  readonly kind: string;
  readonly email: string;
  readonly message: Message;
}

/** A letter as the sender meets it. */
export interface DueLetter {
  /** Stands in its Message-ID. */
  readonly id: string;
  readonly email: string;
  readonly message: Message;
  readonly tries: number;
}

/** Puts a letter into the outbox; it goes when what it tells of has happened. */
export async function enqueue(trx: Db, { booking, kind, email, message }: Letter, now: Date): Promise<void> {
  await trx
    .insertInto('outbox')
    .values({
      id: randomBytes(16).toString('hex'),
      booking,
      kind,
      email,
      message: JSON.stringify(messageSchema.parse(message)),
      state: 'waiting',
      tries: 0,
      due_at: now.toISOString(),
      said: '',
      day: now.toISOString().slice(0, 10),
    })
    .execute();
}

/** How many letters of some kinds a mailbox has been sent on a day, or will be. */
export async function countLetters(db: Db, email: string, kinds: readonly string[], day: string): Promise<number> {
  const { n } = await db
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('email', '=', email)
    .where('kind', 'in', kinds)
    .where('day', '=', day)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Letters whose time has come, the longest due first. */
export async function listDue(db: Db, now: Date, limit: number): Promise<DueLetter[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['id', 'email', 'message', 'tries'])
    .where('state', '=', 'waiting')
    .where('due_at', '<=', now.toISOString())
    .orderBy('due_at')
    .limit(limit)
    .execute();
  return rows.map(({ message, ...letter }) => ({ ...letter, message: messageSchema.parse(JSON.parse(message)) }));
}

/** The mail server has taken it: what it said is forgotten, and so is the moment, which is that of a sign-up. */
export async function markSent(db: Db, id: string, now: Date): Promise<void> {
  const gone = midnightOf(new Date(now.getTime() + KEEP_SENT * DAY));
  await db
    .updateTable('outbox')
    .set({ state: 'sent', message: '', said: '', due_at: gone })
    .where('id', '=', id)
    .execute();
}

/**
 * The mail server has not taken it. @param forGood it never will (a reply of 500 and above): it stops, and is shown
 */
export async function markRefused(
  db: Db,
  { id, tries }: Pick<DueLetter, 'id' | 'tries'>,
  { said, forGood }: { readonly said: string; readonly forGood: boolean },
  now: Date,
): Promise<void> {
  const next = forGood ? undefined : nextTry(tries + 1, now);
  await db
    .updateTable('outbox')
    .set({
      tries: tries + 1,
      said: said.slice(0, 500),
      ...(next ? { due_at: next.toISOString() } : { state: 'stopped', due_at: midnightOf(now) }),
    })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
}

/**
 * Forgets at what moment letters were written that nobody has tried to send within the hour, as where there is no mail
 * server: it is that of a sign-up, and the order that it gave them is of no more use. Their day stays.
 */
export async function forgetMoments(db: Db, now: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ due_at: sql`day || ${MIDNIGHT}` })
    .where('state', '=', 'waiting')
    .where('tries', '=', 0)
    .where('due_at', '<', new Date(now.getTime() - HOUR).toISOString())
    .where('due_at', 'not like', `%${MIDNIGHT}`)
    .execute();
}

/** A letter as staff see it. */
export interface ListedLetter {
  readonly id: string;
  readonly kind: string;
  readonly email: string;
  /** None of a sent one: what it said is forgotten. */
  readonly message: Message | undefined;
  readonly state: 'waiting' | 'sent' | 'stopped';
  readonly tries: number;
  readonly dueAt: Date;
  readonly said: string;
  readonly day: string;
}

/** Letters that have not gone, those that stopped first, and then the newest of those that have. */
export async function listLetters(db: Db, limit: number): Promise<ListedLetter[]> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .orderBy((is) => is.case('state').when('stopped').then(0).when('waiting').then(1).else(2).end())
    .orderBy('due_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(listed);
}

export async function findLetter(db: Db, id: string): Promise<ListedLetter | undefined> {
  const row = await db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
  return row && listed(row);
}

/** Tries a letter that stopped once more, from now on as at first. */
export async function tryAgain(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ state: 'waiting', tries: 0, due_at: now.toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'stopped')
    .execute();
}

const MIDNIGHT = 'T00:00:00.000Z';

const midnightOf = (moment: Date): string => `${moment.toISOString().slice(0, 10)}${MIDNIGHT}`;

function listed({ message, due_at, ...row }: Selectable<ContactsTables['outbox']>): ListedLetter {
  return {
    ...row,
    message: message === '' ? undefined : messageSchema.parse(JSON.parse(message)),
    dueAt: new Date(due_at),
  };
}
