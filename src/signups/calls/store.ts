/** Whom somebody has to phone, because nothing can be written to them. */
import type { Selectable } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Event } from '../event.ts';
import type { BookingRow } from '../letters/store.ts';
import type { News } from '../messages.ts';
import type { Db } from '../store.ts';
import { isForPhone } from './view.ts';

type CallRow = Selectable<ContactsTables['calls']>;

/** A call, with whose it is. */
export interface Call extends CallRow {
  readonly of: BookingRow;
}

/** What organisers say, in a letter of theirs. */
export interface Note {
  readonly words: string;
  /** The same letter has the same. */
  readonly letter: string;
}

/**
 * Puts the owner of a booking on the list of calls, or once more where they have been told the same kind of thing.
 * @returns whether it is news that anybody is phoned about
 */
export async function askToPhone(trx: Db, booking: string, news: News, { words, letter }: Note): Promise<boolean> {
  if (!isForPhone(news)) return false;
  await trx
    .insertInto('calls')
    .values({ booking, news, letter, words, round: 1, told: 0 })
    .onConflict((already) =>
      already
        .columns(['booking', 'news', 'letter'])
        .doUpdateSet((is) => ({ told: 0, round: is('calls.round', '+', 1) })),
    )
    .execute();
  return true;
}

/** The calls of an event, by name. */
export async function listCalls(db: Db, event: string): Promise<Call[]> {
  const calls = await db
    .selectFrom('calls')
    .selectAll('calls')
    .innerJoin('bookings', 'bookings.id', 'calls.booking')
    .where('bookings.event', '=', event)
    .execute();
  const people = await db.selectFrom('bookings').selectAll().where('event', '=', event).orderBy('name').execute();
  return people.flatMap((of) => calls.filter(({ booking }) => booking === of.id).map((call) => ({ ...call, of })));
}

/** Which call, as it stood on a page. */
export type SeenCall = Pick<CallRow, 'booking' | 'news' | 'letter' | 'round'>;

/** Ticks a call off, or puts it back on the list. @returns false where there is something else to tell by now */
export function tick(db: Db, event: Event, seen: SeenCall, told: 0 | 1, by: Actor, now: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const call = (await listCalls(trx, event.id)).find(
      ({ booking, news, letter }) => booking === seen.booking && news === seen.news && letter === seen.letter,
    );
    if (!call || call.round !== seen.round) return false;
    if (call.told === told) return true;
    await trx
      .updateTable('calls')
      .set({ told })
      .where('booking', '=', seen.booking)
      .where('news', '=', seen.news)
      .where('letter', '=', seen.letter)
      .execute();
    const action = told === 1 ? 'participant_phoned' : 'participant_not_phoned';
    await recordDeed(trx, by, { action, object: { kind: 'event', id: event.id, name: event.about.title } }, now);
    return true;
  });
}
