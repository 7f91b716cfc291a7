/** What nobody answered in time ends by itself, and goes to the next. */
import { inTransaction } from '../../db/transaction.ts';
import { linkAfterHold } from '../booking.ts';
import { forgetUnconfirmed, updateBooking } from '../bookings/store.ts';
import { type BookingRow, type Scene, tell } from '../letters/store.ts';
import { passOn } from '../seats/store.ts';
import { type Db, findSession } from '../store.ts';

/**
 * Ends what its owner has not answered in time, and passes the seats on; ends the waiting for what has begun, so that
 * whoever waited in vain can sign up for another time. Of whoever never answered from their mailbox nothing is kept: it may
 * be somebody else's. @returns how many it ended
 */
export function lapse(db: Db, scene: Scene): Promise<number> {
  return inTransaction(db, async (trx) => {
    const now = scene.now.toISOString();
    const begun = trx.selectFrom('sessions').select('id').where('starts_at', '<=', now);
    const over = await trx
      .selectFrom('bookings')
      .selectAll()
      .where((is) => is.or([is('until', '<=', now), is.and([is('state', '=', 'waiting'), is('session', 'in', begun)])]))
      .orderBy('until')
      .orderBy('id')
      .execute();
    let ended = 0;
    for (const booking of over) {
      if (await endHold(trx, booking, scene)) continue;
      const lapsed = await updateBooking(trx, booking, { state: 'lapsed', until: null, place: null });
      if (booking.state === 'offered') await tell(trx, lapsed, 'offerOver', scene);
      await forgetUnconfirmed(trx, booking);
      ended += 1;
    }
    for (const session of new Set(over.map((booking) => booking.session))) await passOn(trx, session, scene);
    return ended;
  });
}

/** Frees a seat that was held long enough, and leaves its owner the link. @returns false where that is over too, or there is none */
async function endHold(trx: Db, booking: BookingRow, { now }: Scene): Promise<boolean> {
  if (booking.state !== 'held' || booking.session === null || booking.until === null || booking.email === null)
    return false;
  const session = await findSession(trx, booking.session);
  const until = session && linkAfterHold(new Date(booking.until), session.startsAt);
  if (!until || until <= now) return false;
  await updateBooking(trx, booking, { state: 'waiting', until: until.toISOString() });
  return true;
}
