/** Letters of organisers to the people of an event. */
import type { Actor } from '../../accounts/account.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { State } from '../booking.ts';
import type { Note } from '../calls/store.ts';
import type { Event } from '../event.ts';
import { record } from '../events/store.ts';
import { type BookingRow, heardBy, type Scene, type Told, tell } from '../letters/store.ts';
import type { Db } from '../store.ts';

/** Who of an event is in one of these states; a mailbox that has not answered may be anybody's, and is not written to. */
export function listAddressed(db: Db, event: string, states: readonly State[]): Promise<BookingRow[]> {
  return db
    .selectFrom('bookings')
    .selectAll()
    .where('event', '=', event)
    .where('state', 'in', states)
    .where('confirmed', '=', 1)
    .orderBy('id')
    .execute();
}

/** Tells each of them, on their own: the same letter once, however often its form is sent. */
export function writeTo(
  db: Db,
  event: Event,
  states: readonly State[],
  note: Note,
  scene: Scene,
  by: Actor,
): Promise<void> {
  return inTransaction(db, async (trx) => {
    const told: Told[] = [];
    for (const person of await listAddressed(trx, event.id, states)) {
      const { numInsertedOrUpdatedRows } = await trx
        .insertInto('told')
        .values({ booking: person.id, what: `note ${note.letter}` })
        .onConflict((already) => already.columns(['booking', 'what']).doNothing())
        .executeTakeFirstOrThrow();
      if (numInsertedOrUpdatedRows === 1n) told.push(await tell(trx, person, 'note', scene, note));
    }
    if (told.length > 0) await record(trx, 'participants_written_to', event, by, scene.now, heardBy(told));
  });
}
