/** What is kept under a mailbox, for its owner to see, take along and delete. */
import { hashToken, newToken } from '../../accounts/secrets/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { enqueue } from '../../mail/store.ts';
import { wordsFor } from '../../web/words.ts';
import { ACTIVE } from '../booking.ts';
import { FORGOTTEN, updateBooking } from '../bookings/store.ts';
import { type BookingRow, hasHadEnough, type Scene } from '../letters/store.ts';
import { aboutData } from '../messages.ts';
import { passOn } from '../seats/store.ts';
import type { Db } from '../store.ts';

/** For how long a link opens, in hours. */
const OPENS = 24;

/**
 * Sends a link to a mailbox, whether anything is kept under it or not, but where it has been written to often enough today:
 * whoever asks learns neither.
 */
export function askForData(db: Db, email: string, language: string, { now, site }: Scene): Promise<void> {
  return inTransaction(db, async (trx) => {
    if (await hasHadEnough(trx, email, { now, site })) return;
    const token = newToken();
    const until = new Date(now.getTime() + OPENS * 3_600_000);
    await trx
      .insertInto('mailbox_links')
      .values({ token_hash: hashToken(token), email, until: until.toISOString() })
      .execute();
    const link = new URL(`/your-data/${token}`, site);
    const message = aboutData({ link, until, now, language, t: wordsFor(language) });
    await enqueue(trx, { booking: null, kind: 'data', email, message }, now);
  });
}

/** The mailbox that a link is of, while it opens. */
export async function findMailbox(db: Db, token: string, now: Date): Promise<string | undefined> {
  const found = await db
    .selectFrom('mailbox_links')
    .select('email')
    .where('token_hash', '=', hashToken(token))
    .where('until', '>', now.toISOString())
    .executeTakeFirst();
  return found?.email;
}

/** All bookings of a mailbox, with the wording that was agreed to. */
export async function listOwn(db: Db, email: string): Promise<(BookingRow & { readonly wording: string })[]> {
  return db
    .selectFrom('bookings')
    .innerJoin('consents', 'consents.hash', 'bookings.consent')
    .selectAll('bookings')
    .select('consents.wording')
    .where('email', '=', email)
    .orderBy('bookings.event')
    .orderBy('bookings.id')
    .execute();
}

/**
 * Deletes all that is kept under a mailbox: seats are freed and offered on, counts stay. The traces in the files have to
 * be erased after it.
 */
export function eraseMailbox(db: Db, email: string, scene: Scene): Promise<void> {
  return inTransaction(db, async (trx) => {
    const own = await trx.selectFrom('bookings').selectAll().where('email', '=', email).execute();
    for (const booking of own) {
      const isActive = ACTIVE.some((state) => state === booking.state);
      const over = isActive ? ({ state: 'cancelled', until: null, place: null, attended: null } as const) : {};
      await updateBooking(trx, booking, { ...over, ...FORGOTTEN });
      await trx.deleteFrom('links').where('booking', '=', booking.id).execute();
      if (isActive) await passOn(trx, booking.session, scene);
    }
    await trx.deleteFrom('outbox').where('email', '=', email).execute();
    await trx.deleteFrom('mailbox_links').where('email', '=', email).execute();
  });
}
