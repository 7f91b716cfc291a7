import type { Kysely } from 'kysely';
import type { ContactsTables } from '../../src/db/contacts-tables.ts';
import { openContacts } from '../../src/db/open.ts';
import { messageSchema } from '../../src/mail/message.ts';
import type { About, Kind } from '../../src/signups/event.ts';
import { askForPlace, confirm } from '../../src/signups/seats/store.ts';
import type { ContactsContext, Context } from '../../src/web/context.ts';

export type Contacts = Kysely<ContactsTables>;

/** A fresh contacts store in memory, migrated and empty. */
export async function testContacts(): Promise<Contacts> {
  return (await openContacts(':memory:')).db;
}

export const SITE = new URL('https://soundings.example.org');

/** Sign-ups beside a site's answers, on a store of their own. */
export async function signUpsBeside({
  settings,
  log,
  now,
}: Context): Promise<ContactsContext & { contacts: Contacts }> {
  return { contacts: await testContacts(), settings, log, now, site: () => SITE };
}

const ABOUT: About = {
  title: 'AI for beginners (synthetic)',
  summary: 'A made-up workshop.',
  place: 'Room 1',
  link: '',
  meantFor: '',
  asks: [],
  stages: [],
  consent: 'We keep your name and address until a month after the workshop.',
  remind: [24],
};

/** A made-up event, open, with a session for each of `capacities`, a week after the first of March 2027 and hourly. */
export async function addEvent(
  db: Contacts,
  capacities: readonly number[],
  {
    id: event = 'made-up',
    kind = 'workshop',
    about = {},
    startsAt = '2027-03-08T10:00:00.000Z',
    places = [],
  }: Options = {},
): Promise<{ readonly event: string; readonly sessions: readonly string[] }> {
  await db
    .insertInto('events')
    .values({
      id: event,
      kind,
      status: 'open',
      revision: 1,
      about: JSON.stringify({ ...ABOUT, ...about }),
      keep_until: '2027-04-30',
    })
    .execute();
  const sessions = capacities.map((capacity, index) => ({
    id: event === 'made-up' ? `session-${index}` : `${event}-${index}`,
    event,
    starts_at: new Date(Date.parse(startsAt) + index * 3_600_000).toISOString(),
    minutes: 60,
    capacity,
    host: '',
    place: places[index] ?? '',
    status: 'planned' as const,
  }));
  if (sessions.length > 0) await db.insertInto('sessions').values(sessions).execute();
  return { event, sessions: sessions.map(({ id }) => id) };
}

interface Options {
  readonly id?: string;
  readonly kind?: Kind;
  readonly about?: Partial<About>;
  readonly startsAt?: string;
  /** Of each session, where it is another than the event's. */
  readonly places?: readonly string[];
}

/** What was written to a mailbox, the oldest first, as kind and text. */
export async function lettersTo(db: Contacts, email: string): Promise<{ kind: string; text: string; token: string }[]> {
  const rows = await db.selectFrom('outbox').selectAll().where('email', '=', email).orderBy('due_at').execute();
  return rows.map(({ kind, message }) => {
    // What a sent one said is forgotten.
    const { text } = message === '' ? { text: '' } : messageSchema.parse(JSON.parse(message));
    return { kind, text, token: /\/bookings\/([\w-]+)/.exec(text)?.[1] ?? '' };
  });
}

/** The link in the last letter of a kind. */
export async function tokenFrom(db: Contacts, email: string, kind: string): Promise<string> {
  const found = (await lettersTo(db, email)).filter((letter) => letter.kind === kind && letter.token !== '').at(-1);
  if (!found) throw new Error(`${email} was sent no ${kind}`);
  return found.token;
}

/** Somebody made up. */
export const person = (email: string) => ({
  email,
  name: `Somebody ${email.split('@')[0]}`,
  organisation: 'Made Up CIC',
  language: 'en',
  answers: {},
});

/** Somebody who has booked the first session of a made-up event. */
export async function addBooking(db: Contacts) {
  const { event, sessions } = await addEvent(db, [2]);
  const [session = ''] = sessions;
  const scene = { now: new Date('2027-03-01T12:00:00.000Z'), site: SITE };
  await askForPlace(db, { event, session, wait: false, person: person('ada@example.org') }, scene);
  const token = await tokenFrom(db, 'ada@example.org', 'confirm');
  await confirm(db, token, scene);
  const { id: booking } = await db.selectFrom('bookings').select('id').executeTakeFirstOrThrow();
  const { id: message } = await db.selectFrom('outbox').select('id').executeTakeFirstOrThrow();
  return { event, session, booking, message, token };
}
