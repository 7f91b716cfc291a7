/** What admins do with messages that no mail server has taken. */
import type { Actor } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import { markSent, tryAgain } from '../../mail/store.ts';
import type { Db } from '../store.ts';

const MESSAGES = { kind: 'event', id: 'messages', name: 'messages' } as const;

/** Notes that staff have passed a message on: what it said is forgotten, as of one that was sent. */
export function notePassedOn(db: Db, id: string, by: Actor, now: Date): Promise<void> {
  return inTransaction(db, async (trx) => {
    await markSent(trx, id, now);
    await recordDeed(trx, by, { action: 'message_passed_on', object: MESSAGES }, now);
  });
}

/** Tries a message that no server took once more. */
export function sendOnceMore(db: Db, id: string, by: Actor, now: Date): Promise<void> {
  return inTransaction(db, async (trx) => {
    await tryAgain(trx, id, now);
    await recordDeed(trx, by, { action: 'message_tried_again', object: MESSAGES }, now);
  });
}
