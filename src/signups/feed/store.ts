/** The secret address of the organisers' calendar. Only its hash is kept. */
import type { Actor } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { hashToken, newToken } from '../../accounts/secrets/store.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Db } from '../store.ts';

const NAME = 'organisers';

/** Makes a new address; the one before shows nothing any more. @returns the token in it */
export async function renewFeed(db: Db, by: Actor, now: Date): Promise<string> {
  const token = newToken();
  const token_hash = hashToken(token);
  await inTransaction(db, async (trx) => {
    await trx
      .insertInto('feeds')
      .values({ name: NAME, token_hash })
      .onConflict((already) => already.column('name').doUpdateSet({ token_hash }))
      .execute();
    await recordDeed(
      trx,
      by,
      { action: 'calendar_renewed', object: { kind: 'event', id: 'calendar', name: 'calendar' } },
      now,
    );
  });
  return token;
}

export async function isFeed(db: Db, token: string): Promise<boolean> {
  const found = await db
    .selectFrom('feeds')
    .select('name')
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst();
  return found !== undefined;
}

export async function hasFeed(db: Db): Promise<boolean> {
  return (await db.selectFrom('feeds').select('name').executeTakeFirst()) !== undefined;
}
