/** What nobody answered in time ends by itself, and goes to the next. */
import { inTransaction } from '../../db/transaction.ts';
import { forgetUnconfirmed, updateBooking } from '../bookings/store.ts';
import { type Scene, tell } from '../letters/store.ts';
import { passOn } from '../seats/store.ts';
import type { Db } from '../store.ts';

/** What waits, for its owner or for a seat. */
const PENDING = ['held', 'waiting', 'offered'] as const;

/**
 * Ends what its owner has not answered in time, and passes the seats on; ends what still waits when its session begins, so
 * that whoever waited in vain can sign up for another time. Of whoever never answered from their mailbox nothing is kept: it
 * may be somebody else's. @returns how many it ended
 */
export function lapse(db: Db, scene: Scene): Promise<number> {
  return inTransaction(db, async (trx) => {
    const now = scene.now.toISOString();
    const begun = trx.selectFrom('sessions').select('id').where('starts_at', '<=', now);
    const over = await trx
      .selectFrom('bookings')
      .selectAll()
      .where('state', 'in', PENDING)
      .where((is) => is.or([is('until', '<=', now), is('session', 'in', begun)]))
      .orderBy('until')
      .orderBy('id')
      .execute();
    for (const booking of over) {
      const lapsed = await updateBooking(trx, booking, { state: 'lapsed', until: null, place: null });
      if (booking.state === 'offered') await tell(trx, lapsed, 'offerOver', scene);
      await forgetUnconfirmed(trx, booking);
    }
    for (const session of new Set(over.map((booking) => booking.session))) await passOn(trx, session, scene);
    return over.length;
  });
}
