/** How often somebody has guessed wrong, by what they guess at and from where. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { recordDeed } from '../audit/store.ts';
import { hashToken } from '../secrets/store.ts';
import { isKnownDevice } from '../sessions/store.ts';
import { FREE_TRIES, forgottenBefore, nextTryAt } from './guesses.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** The account that is guessed at. */
interface Target {
  readonly id: string;
  readonly name: string;
}

const SOMEBODY = { id: null, name: 'Somebody' };

/**
 * Where tries are counted. A browser in which this account has signed in before counts by itself: strangers who guess
 * from elsewhere slow each other down, and never the owner (OWASP, device cookies). Everybody else is counted by
 * `what` they guess at, such as an address; one without an account is counted alike.
 */
export async function bucketOf(
  db: Db,
  what: string,
  { device, account }: { readonly device: string | undefined; readonly account: string | undefined },
): Promise<string> {
  // Asked also where there is no account: time must not tell.
  const known = device !== undefined && (await isKnownDevice(db, device, account ?? 'nobody'));
  return hashToken(known ? `device ${device}` : what);
}

/**
 * Takes a try, counted as wrong until it is forgiven: of many made at once, none is free of charge. Whoever goes on
 * after a wait is told of in the audit, once a day at most: a stranger must not be able to fill it.
 * @returns until when to wait; undefined where the try is taken
 */
export async function takeTry(
  db: Db,
  bucket: string,
  account: Target | undefined,
  now: Date,
): Promise<Date | undefined> {
  return inTransaction(db, async (trx) => {
    const row = await trx.selectFrom('guesses').selectAll().where('bucket', '=', bucket).executeTakeFirst();
    const before = row && { failures: row.failures, lastAt: new Date(row.last_at) };
    const counts = before && before.lastAt >= forgottenBefore(now) ? before : undefined;
    if (counts) {
      const until = nextTryAt(counts);
      if (until > now) return until;
    }
    const failures = (counts?.failures ?? 0) + 1;
    const last_at = now.toISOString();
    await trx
      .insertInto('guesses')
      .values({ bucket, failures, last_at })
      .onConflict((conflict) => conflict.column('bucket').doUpdateSet({ failures, last_at }))
      .execute();
    // In this transaction, which everybody's try has: one more would tell by its time that there is an account.
    if (account && failures === FREE_TRIES + 1) {
      await recordDeed(trx, SOMEBODY, { action: 'sign_in_slowed', object: account }, now);
    }
    return undefined;
  });
}

/** Takes back the count of a try that was right. */
export async function forgiveTry(trx: Trx, bucket: string): Promise<void> {
  await trx
    .updateTable('guesses')
    .set((set) => ({ failures: set('failures', '-', 1) }))
    .where('bucket', '=', bucket)
    .execute();
}

/** Forgets wrong tries, when whoever made them has shown who they are. */
export async function clearTries(trx: Trx, buckets: readonly string[]): Promise<void> {
  await trx.deleteFrom('guesses').where('bucket', 'in', buckets).execute();
}

/** Deletes what counts no more. */
export async function expireGuesses(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('guesses').where('last_at', '<', forgottenBefore(now).toISOString()).execute();
}
