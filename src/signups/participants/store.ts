/** Who takes part, for admins: looking, what they note, and writing to them. */
import type { Actor } from '../../accounts/account.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { State } from '../booking.ts';
import type { Event } from '../event.ts';
import { record } from '../events/store.ts';
import { type BookingRow, type Scene, tell } from '../letters/store.ts';
import { endBooking } from '../seats/store.ts';
import type { Db } from '../store.ts';

/** Everybody of an event, those who were never sure of theirs apart. */
export async function listParticipants(db: Db, event: string): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('event', '=', event)
    .where('name', '<>', '')
    .orderBy('session')
    .orderBy('place')
    .orderBy('name')
    .orderBy('id')
    .execute();
}

export async function findParticipant(db: Db, event: string, id: string): Promise<BookingRow | undefined> {
  return db.selectFrom('bookings').selectAll().where('event', '=', event).where('id', '=', id).executeTakeFirst();
}

/** What an admin notes of somebody. `seen` is how it stood on the page. @returns false where it is otherwise by now */
export function noteAbout(
  db: Db,
  seen: Pick<BookingRow, 'id' | 'note' | 'attended'>,
  { note, attended }: Pick<BookingRow, 'note' | 'attended'>,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numUpdatedRows } = await trx
      .updateTable('bookings')
      .set((is) => ({
        note,
        // Only of who is booked is it known whether they came.
        attended: is.case().when('state', '=', 'booked').then(attended).else(null).end(),
      }))
      .where('id', '=', seen.id)
      .where('note', '=', seen.note)
      .where('attended', 'is', seen.attended)
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  });
}

/** Cancels a booking for its owner, who is written to; the next in the list is offered the seat. */
export function endFor(db: Db, event: Event, id: string, scene: Scene, by: Actor): Promise<void> {
  return inTransaction(db, async (trx) => {
    const booking = await findParticipant(trx, event.id, id);
    if (!booking || booking.state === 'cancelled' || booking.state === 'lapsed') return;
    await endBooking(trx, booking, scene);
    await record(trx, 'booking_ended', event, by, scene.now);
  });
}

/** Writes to everybody of an event in one of these states, each on their own. @returns to how many */
export function writeTo(
  db: Db,
  event: Event,
  { states, words }: { readonly states: readonly State[]; readonly words: string },
  scene: Scene,
  by: Actor,
): Promise<number> {
  return inTransaction(db, async (trx) => {
    const people = await trx
      .selectFrom('bookings')
      .selectAll()
      .where('event', '=', event.id)
      .where('state', 'in', states)
      .where('confirmed', '=', 1)
      .where('email', 'is not', null)
      .orderBy('id')
      .execute();
    for (const person of people) await tell(trx, person, 'note', scene, { words });
    if (people.length > 0) await record(trx, 'participants_written_to', event, by, scene.now);
    return people.length;
  });
}

/** Puts on record that somebody has taken the list of who comes. */
export function recordTaken(db: Db, event: Event, by: Actor, now: Date): Promise<void> {
  return inTransaction(db, (trx) => record(trx, 'participants_taken', event, by, now));
}
