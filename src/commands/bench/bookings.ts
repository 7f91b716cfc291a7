/** Bookings by form against the bare server's synced inserts, and the seats of one workshop at two servers at once. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { openContacts } from '../../db/open.ts';
import { SEATED } from '../../signups/booking.ts';
import { addMadeUpWorkshop } from '../serve/trial-events.ts';
import { CommandFailed } from '../support.ts';
import { type Hit, load } from './load.ts';
import { inFolder, startBare, startSoundings } from './programs.ts';
import { type Compared, compare } from './site.ts';
import { addressesByTurns } from './visitor.ts';

export interface BookingFigures {
  readonly booking: Compared;
  readonly rush: Rush;
}

/** Many people at two servers on one store, for fewer seats. */
interface Rush {
  readonly people: number;
  readonly seats: number;
  /** Seats that have somebody in the end: more than there are would be overbooked. */
  readonly taken: number;
  /** How many were told to try again in a moment, because the store was busy. */
  readonly again: number;
  readonly seconds: number;
}

/** So many that none of them grows larger than a real one. */
const WORKSHOPS = 25;
const PLENTY = 10_000;

const RUSH = { people: 1000, days: [21, 22, 23, 24, 25], seatsEach: 20 };
const AT_ONCE = 100;

/** Measures both in one run, on made-up people. @param seconds for each server */
export async function measureBookings(seconds: number): Promise<BookingFigures> {
  return inFolder(async (folder) => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    for (const each of [one, other]) mkdirSync(each);
    // The first start makes the stores; a folder has one server, so the second has a folder of its own with the same contacts.
    await (await startSoundings(one, ['serve', '--trial'])).stop();
    symlinkSync(join(one, 'contacts.sqlite'), join(other, 'contacts.sqlite'));
    const { db, close } = await openContacts(join(one, 'contacts.sqlite'), { mustExist: true });
    try {
      const workshops = await addWorkshops(db);
      const crowded = await addWorkshop(db, RUSH.days, RUSH.seatsEach, new Date());
      const [ours, beside, bare] = [
        await startSoundings(one, ['serve', '--trial']),
        await startSoundings(other, ['serve', '--trial']),
        await startBare(folder),
      ];
      try {
        const forms = workshops.map(formsFor);
        const from = addressesByTurns();
        const hits = workshops.map(({ path }, index): Hit => ({ method: 'POST', path, form: forms[index], from }));
        const booking = await compare(
          seconds,
          (time) => load(ours.url, hits, time, 303),
          (time) => load(bare.url, [{ method: 'POST', path: '/', form: forms[0] }], time, 303),
        );
        return { booking, rush: await rush(db, crowded, [ours.url, beside.url], RUSH.people) };
      } finally {
        await Promise.all([ours.stop(), beside.stop(), bare.stop()]);
      }
    } finally {
      await close();
    }
  });
}

/** An event that takes bookings: where the form goes, and the times to choose from. */
interface Workshop {
  readonly id: string;
  readonly path: string;
  readonly sessions: readonly string[];
  readonly seats: number;
}

async function addWorkshops(db: Kysely<ContactsTables>): Promise<Workshop[]> {
  const made: Workshop[] = [];
  for (let index = 0; index < WORKSHOPS; index++) made.push(await addWorkshop(db, [21, 28], PLENTY, new Date()));
  return made;
}

/** Opens a made-up workshop with a time on each of these days. */
export async function addWorkshop(
  db: Kysely<ContactsTables>,
  days: readonly number[],
  capacity: number,
  now: Date,
): Promise<Workshop> {
  const id = await addMadeUpWorkshop(
    db,
    days.map((inDays) => ({ inDays, capacity })),
    now,
  );
  const sessions = await db.selectFrom('sessions').select('id').where('event', '=', id).execute();
  const seats = capacity * days.length;
  return { id, path: `/take-part/${id}/bookings`, sessions: sessions.map((session) => session.id), seats };
}

/** Forms of one made-up person after the other, by turns for each time: a mailbox has one place in an event, and few letters a day. */
function formsFor({ id, sessions }: Workshop): () => string {
  let somebody = 0;
  return () => {
    const session = sessions[somebody % sessions.length] ?? '';
    const email = `somebody${somebody++}@${id}.example.org`;
    return `${new URLSearchParams({ session, name: 'Made Up', organisation: 'Made Up CIC', email, agree: 'yes' })}`;
  };
}

/**
 * Lets many people ask for the seats of one workshop, by turns at each server.
 * @throws CommandFailed where somebody was told none of: a place is kept, all are taken, try again
 */
export async function rush(
  db: Kysely<ContactsTables>,
  workshop: Workshop,
  urls: readonly string[],
  people: number,
): Promise<Rush> {
  const nextForm = formsFor(workshop);
  const nextAddress = addressesByTurns();
  let came = 0;
  let again = 0;
  const askOneByOne = async () => {
    while (came < people) {
      const url = urls[came++ % urls.length];
      const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': nextAddress() };
      const reply = await fetch(`${url}${workshop.path}`, {
        method: 'POST',
        redirect: 'manual',
        headers,
        body: nextForm(),
      });
      await reply.text();
      if (reply.status === 503) again++;
      else if (reply.status !== 303 && reply.status !== 422)
        throw new CommandFailed(`Asking for a place was answered with ${reply.status}.`);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, askOneByOne));
  const seconds = (performance.now() - began) / 1000;
  const taken = await db
    .selectFrom('bookings')
    .select('id')
    .where('session', 'in', workshop.sessions)
    .where('state', 'in', SEATED)
    .execute();
  return { people, seats: workshop.seats, taken: taken.length, again, seconds };
}
