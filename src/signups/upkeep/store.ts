/** What happens by itself as time goes by: reminders, and contact details going on their day. */
import { inTransaction } from '../../db/transaction.ts';
import { forgetMoments, markSent } from '../../mail/store.ts';
import { countBookings } from '../bookings/store.ts';
import { markReminders, type Scene, tell } from '../letters/store.ts';
import { type Db, listEvents } from '../store.ts';
import { wallDayOf } from '../wall-time.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Reminds whoever is booked, at the hours before a session that its event says, counted from when it takes place now. Each
 * is told once for a time. @returns how many letters
 */
export async function remind(db: Db, scene: Scene): Promise<number> {
  const soon = new Date(scene.now.getTime() + 336 * HOUR).toISOString();
  return inTransaction(db, async (trx) => {
    const booked = await trx
      .selectFrom('bookings')
      .innerJoin('sessions', 'sessions.id', 'bookings.session')
      .selectAll('bookings')
      .select(['sessions.starts_at'])
      .where('bookings.state', '=', 'booked')
      .where('sessions.starts_at', '>', scene.now.toISOString())
      .where('sessions.starts_at', '<=', soon)
      .orderBy('bookings.id')
      .execute();
    const events = new Map((await listEvents(trx)).map((event) => [event.id, event]));
    let told = 0;
    for (const { starts_at, ...booking } of booked) {
      const hours = events.get(booking.event)?.about.remind ?? [];
      if (!(await markReminders(trx, booking.id, hours, new Date(starts_at), scene.now))) continue;
      await tell(trx, booking, 'reminder', scene);
      told += 1;
    }
    return told;
  });
}

/**
 * Deletes the contact details of events whose day has passed, with all that was written to them, and leaves counts: also
 * of whoever signed up where such an event was opened once more. Deletes letters that were sent long ago, and those to who
 * never answered; keeps the day alone of those that nobody sends. @returns whether contact details went: then their traces have to be erased
 */
export async function purge(db: Db, now: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const over = await trx
      .selectFrom('events')
      .select('id')
      .where('keep_until', '<', wallDayOf(now))
      .where((is) => is.or([is('counts', 'is', null), is('id', 'in', trx.selectFrom('bookings').select('event'))]))
      .execute();
    for (const { id } of over) {
      const counts = JSON.stringify(await countBookings(trx, id));
      const own = trx.selectFrom('bookings').select('id').where('event', '=', id);
      await trx.deleteFrom('outbox').where('booking', 'in', own).execute();
      await trx.deleteFrom('bookings').where('event', '=', id).execute();
      await trx.updateTable('events').set({ counts, status: 'closed' }).where('id', '=', id).execute();
    }
    await dropLetters(trx, now);
    await forgetMoments(trx, now);
    await trx.deleteFrom('mailbox_links').where('until', '<=', now.toISOString()).execute();
    return over.length > 0;
  });
}

/** Letters that are not needed any more: see `forgetUnconfirmed`, and a link to a mailbox opens for a day. */
async function dropLetters(trx: Db, now: Date): Promise<void> {
  for (const { id } of await listAnswered(trx)) await markSent(trx, id, now);
  const today = now.toISOString().slice(0, 10);
  const opens = new Date(now.getTime() - 2 * DAY).toISOString().slice(0, 10);
  const forgotten = trx.selectFrom('bookings').select('id').where('confirmed', '=', 0).where('email', 'is', null);
  await trx.deleteFrom('outbox').where('state', '=', 'sent').where('due_at', '<=', now.toISOString()).execute();
  await trx
    .deleteFrom('outbox')
    .where('state', '=', 'sent')
    .where('booking', 'in', forgotten)
    .where('day', '<', today)
    .execute();
  await trx.deleteFrom('outbox').where('kind', '=', 'data').where('day', '<', opens).execute();
}

/** Letters that ask to confirm, whose link was opened though nothing of ours sent them: somebody has passed them on. */
function listAnswered(trx: Db): Promise<{ id: string }[]> {
  return trx
    .selectFrom('outbox')
    .innerJoin('bookings', 'bookings.id', 'outbox.booking')
    .select('outbox.id')
    .where('outbox.kind', '=', 'confirm')
    .where('outbox.state', '=', 'waiting')
    .where('bookings.confirmed', '=', 1)
    .execute();
}
