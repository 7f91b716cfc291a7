/** Who takes part, for admins: looking, what they note, and what they do for somebody who phones. */
import type { Actor } from '../../accounts/account.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Event } from '../event.ts';
import { record, type Trx } from '../events/store.ts';
import type { BookingRow, Scene } from '../letters/store.ts';
import { canChange, type Done, endBooking, moveBooking, takeOffer } from '../seats/store.ts';
import type { Db } from '../store.ts';

/** Everybody of an event but those whose details have gone, with the seats that are held for nobody. */
export async function listParticipants(db: Db, event: string): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('event', '=', event)
    .where((is) => is.or([is('name', '<>', ''), is('state', '=', 'held')]))
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
  event: Event,
  seen: Pick<BookingRow, 'id' | 'note' | 'attended'>,
  { note, attended }: Pick<BookingRow, 'note' | 'attended'>,
  by: Actor,
  now: Date,
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
    if (numUpdatedRows > 0n) await record(trx, 'participant_noted', event, by, now);
    return numUpdatedRows > 0n;
  });
}

/**
 * Does for the owner of a booking, who phoned, what they could do on their own page. @returns `late` where it is over or
 * its time has begun, `gone` where there is no such thing
 */
function doFor(
  db: Db,
  event: Event,
  id: string,
  action: 'booking_ended' | 'booking_moved' | 'offer_taken',
  { scene, by }: { readonly scene: Scene; readonly by: Actor },
  work: (trx: Trx, booking: BookingRow) => Promise<Done | 'full'>,
): Promise<Done | 'full'> {
  return inTransaction(db, async (trx) => {
    const booking = await findParticipant(trx, event.id, id);
    if (!booking) return 'gone';
    if (!(await canChange(trx, booking, scene.now))) {
      // The same button, pressed twice.
      return action === 'booking_ended' && booking.state === 'cancelled' ? 'done' : 'late';
    }
    const done = await work(trx, booking);
    const after = await findParticipant(trx, event.id, id);
    const isOther = after?.state !== booking.state || after.session !== booking.session;
    if (isOther) await record(trx, action, event, by, scene.now);
    return done;
  });
}

/** Cancels a booking for its owner, who is written to; the next in the list is offered the seat. */
export const endFor = (db: Db, event: Event, id: string, scene: Scene, by: Actor): Promise<Done | 'full'> =>
  doFor(db, event, id, 'booking_ended', { scene, by }, async (trx, booking) => {
    await endBooking(trx, booking, scene);
    return 'done';
  });

/** Takes the seat that is offered to somebody. */
export const acceptFor = (db: Db, event: Event, id: string, scene: Scene, by: Actor): Promise<Done | 'full'> =>
  doFor(db, event, id, 'offer_taken', { scene, by }, (trx, booking) => takeOffer(trx, booking, scene));

/** Moves somebody to another time of the event, who is written to. */
export const moveFor = (
  db: Db,
  event: Event,
  id: string,
  to: string,
  scene: Scene,
  by: Actor,
): Promise<Done | 'full'> =>
  doFor(db, event, id, 'booking_moved', { scene, by }, (trx, booking) => moveBooking(trx, booking, to, scene));

/** Puts on record that somebody has taken the list of who comes. */
export function recordTaken(db: Db, event: Event, by: Actor, now: Date): Promise<void> {
  return inTransaction(db, (trx) => record(trx, 'participants_taken', event, by, now));
}
