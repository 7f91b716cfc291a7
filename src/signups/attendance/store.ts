/** Who came to a session. */
import type { Actor } from '../../accounts/account.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Event } from '../event.ts';
import { record } from '../events/store.ts';
import type { BookingRow } from '../letters/store.ts';
import type { Db } from '../store.ts';
import type { Mark } from './form.ts';

/** Who is booked for a session, by name. */
export function listBooked(db: Db, session: string): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('session', '=', session)
    .where('state', '=', 'booked')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Notes who came, of those whose mark is another than it was. @returns whose is otherwise by now: theirs is left as it is */
export function noteCame(
  db: Db,
  event: Event,
  session: string,
  marks: readonly Mark[],
  by: Actor,
  now: Date,
): Promise<ReadonlySet<string>> {
  return inTransaction(db, async (trx) => {
    const standing = new Map((await listBooked(trx, session)).map(({ id, attended }) => [id, attended]));
    const changed = marks.filter(({ booking, was, came }) => was !== came && standing.get(booking) !== came);
    const others = changed.filter(({ booking, was }) => standing.get(booking) !== was);
    const mine = changed.filter((mark) => !others.includes(mark));
    for (const { booking, came } of mine) {
      await trx.updateTable('bookings').set({ attended: came }).where('id', '=', booking).execute();
    }
    if (mine.length > 0) await record(trx, 'attendance_noted', event, by, now);
    return new Set(others.map(({ booking }) => booking));
  });
}
