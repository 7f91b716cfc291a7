/** Telling people, in the transaction of what is told; and the links by which they come back. */
import type { Selectable } from 'kysely';
import { hashToken, newToken } from '../../accounts/secrets/store.ts';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { countLetters, enqueue } from '../../mail/store.ts';
import { wordsFor } from '../../web/words.ts';
import { endOf } from '../booking.ts';
import { updateBooking } from '../bookings/store.ts';
import { askToPhone, type Note } from '../calls/store.ts';
import { messageOf, type News } from '../messages.ts';
import { type Db, findEvent, findSession } from '../store.ts';

/** When it is, and where the site is reached, for links. */
export interface Scene {
  readonly now: Date;
  readonly site: URL;
}

export type BookingRow = Selectable<ContactsTables['bookings']>;

/** What a stranger can have us send to a mailbox that is not theirs. */
const FROM_A_FORM: readonly (News | 'data')[] = ['confirm', 'again', 'data'];
const A_DAY = 3;

const HOUR = 3_600_000;

/** Whether a mailbox has been written to so often today, on account of a form that anybody can fill in, that it is enough. */
export async function hasHadEnough(db: Db, email: string, { now }: Scene): Promise<boolean> {
  return (await countLetters(db, email, FROM_A_FORM, now.toISOString().slice(0, 10))) >= A_DAY;
}

/** How somebody hears of news: by a letter, by a call that somebody has to make, or not at all. */
export type Told = 'written' | 'to_phone' | 'not';

/**
 * Writes to the owner of a booking, with a link of its own; whoever has no mailbox is put on the list of calls.
 * @param note what organisers say, where it is a letter of theirs
 */
export async function tell(
  trx: Db,
  booking: BookingRow,
  news: News,
  { now, site }: Scene,
  note: Note = { words: '', letter: '' },
): Promise<Told> {
  if (booking.email === null) return (await askToPhone(trx, booking.id, news, note)) ? 'to_phone' : 'not';
  const event = await findEvent(trx, booking.event);
  if (!event) throw new Error(`booking ${booking.id} is of no event`);
  const session = booking.session === null ? undefined : await findSession(trx, booking.session);
  // Of the last news its owner has nothing to come back to.
  const link = news === 'offerOver' ? `/take-part/${event.id}` : `/bookings/${await makeLink(trx, booking.id)}`;
  const message = messageOf(news, {
    event,
    session,
    booking,
    link: new URL(link, site),
    until: endOf(booking.until, session),
    language: booking.language,
    t: wordsFor(booking.language),
    now,
    site,
    words: note.words,
  });
  await enqueue(trx, { booking: booking.id, kind: news, email: booking.email, message }, now);
  // Whoever hears of the time just now need not be reminded of it for what is over.
  if (session && WITH_TIME.has(news)) await markReminders(trx, booking.id, event.about.remind, session.startsAt, now);
  return 'written';
}

/** How many of them heard of it in which way. */
export interface Heard {
  readonly written: number;
  readonly phone: number;
}

export const heardBy = (told: readonly Told[]): Heard => ({
  written: told.filter((each) => each === 'written').length,
  phone: told.filter((each) => each === 'to_phone').length,
});

/** Tells people whose time, place or way to join is another, each once, with an entry that puts their calendar right. */
export async function tellChanged(trx: Db, bookings: readonly BookingRow[], scene: Scene): Promise<Heard> {
  const told: Told[] = [];
  for (const booking of bookings) {
    const changed = await updateBooking(trx, booking, { sequence: booking.sequence + 1 });
    told.push(await tell(trx, changed, 'changed', scene));
  }
  return heardBy(told);
}

const WITH_TIME: ReadonlySet<News> = new Set(['booked', 'moved', 'changed']);

/**
 * Marks the reminders of a session whose moment has come as said. @param hours before it
 * @returns whether there was one that had not been
 */
export async function markReminders(
  trx: Db,
  booking: string,
  hours: readonly number[],
  startsAt: Date,
  now: Date,
): Promise<boolean> {
  const left = (startsAt.getTime() - now.getTime()) / HOUR;
  const due = hours.filter((each) => left <= each);
  if (due.length === 0) return false;
  const { numInsertedOrUpdatedRows } = await trx
    .insertInto('told')
    .values(due.map((each) => ({ booking, what: `reminder ${each} ${startsAt.toISOString()}` })))
    .onConflict((already) => already.columns(['booking', 'what']).doNothing())
    .executeTakeFirstOrThrow();
  return Number(numInsertedOrUpdatedRows) > 0;
}

/** A link to a booking. @returns the token in it, of which only the hash is kept */
async function makeLink(trx: Db, booking: string): Promise<string> {
  const token = newToken();
  await trx
    .insertInto('links')
    .values({ token_hash: hashToken(token), booking })
    .execute();
  return token;
}

/** The booking that a link opens. */
export async function findLinked(db: Db, token: string): Promise<BookingRow | undefined> {
  return db
    .selectFrom('bookings')
    .innerJoin('links', 'links.booking', 'bookings.id')
    .selectAll('bookings')
    .where('links.token_hash', '=', hashToken(token))
    .executeTakeFirst();
}
