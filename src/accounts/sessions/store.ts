/** Sessions, and the browsers that are known. The tokens are in people's cookies, their hashes here. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction, StoreUnavailable } from '../../db/transaction.ts';
import { hashToken, newToken } from '../secrets/store.ts';
import {
  DEVICE_DAYS,
  daysBefore,
  IDLE_MINUTES,
  isOver,
  isWorthNoting,
  LONGEST_HOURS,
  type SessionTimes,
  SIGN_IN_MINUTES,
} from './limits.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

export interface Session extends SessionTimes {
  readonly hash: string;
  readonly account: string;
  /** The secret that is being set up, sealed. */
  readonly newSecret: string | null;
}

/** Begins a session at a step of signing in, with a token that nobody has had before. @returns the token */
export async function beginSession(
  trx: Trx,
  account: string,
  at: { readonly step: 'code' | 'full' } | { readonly step: 'set-up'; readonly newSecret: string },
  now: Date,
): Promise<string> {
  const token = newToken();
  await trx
    .insertInto('sessions')
    .values({
      token_hash: hashToken(token),
      account,
      step: at.step,
      new_secret: at.step === 'set-up' ? at.newSecret : null,
      wrong_codes: 0,
      began_at: now.toISOString(),
      seen_at: now.toISOString(),
    })
    .execute();
  return token;
}

/** The session of a token, unless it is over or its account was deactivated. */
export async function findSession(db: Db, token: string, now: Date): Promise<Session | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account')
    .selectAll('sessions')
    .where('token_hash', '=', hashToken(token))
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst();
  const session = row && readSession(row);
  return session && !isOver(session, now) ? session : undefined;
}

interface SessionRow {
  readonly token_hash: string;
  readonly account: string;
  readonly step: Session['step'];
  readonly new_secret: string | null;
  readonly began_at: string;
  readonly seen_at: string;
}

const readSession = (row: SessionRow): Session => ({
  hash: row.token_hash,
  account: row.account,
  step: row.step,
  newSecret: row.new_secret,
  beganAt: new Date(row.began_at),
  seenAt: new Date(row.seen_at),
});

/**
 * Notes that a session is in use, so that it is not ended as forgotten: once a minute at most. Where the store cannot
 * be written the page is shown all the same.
 */
export async function noteUse(db: Db, session: Session, now: Date): Promise<void> {
  if (!isWorthNoting(session, now)) return;
  try {
    await db
      .updateTable('sessions')
      .set({ seen_at: now.toISOString() })
      .where('token_hash', '=', session.hash)
      .execute();
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}

/** An account's sessions that are not over, the newest first. */
export async function listSessions(db: Db, account: string, now: Date): Promise<Session[]> {
  const rows = await db
    .selectFrom('sessions')
    .selectAll()
    .where('account', '=', account)
    .where('step', '=', 'full')
    .orderBy('began_at', 'desc')
    .execute();
  return rows.map(readSession).filter((session) => !isOver(session, now));
}

/** Ends one session. */
export async function endSession(trx: Trx, hash: string): Promise<void> {
  await trx.deleteFrom('sessions').where('token_hash', '=', hash).execute();
}

/** Ends all sessions of an account: whatever token is out, it opens nothing any more. */
export async function endSessions(trx: Trx, account: string): Promise<void> {
  await trx.deleteFrom('sessions').where('account', '=', account).execute();
}

/** Counts a wrong code. @returns how many there were in this session */
export async function countWrongCode(trx: Trx, hash: string): Promise<number> {
  const { wrong_codes } = await trx
    .updateTable('sessions')
    .set((set) => ({ wrong_codes: set('wrong_codes', '+', 1) }))
    .where('token_hash', '=', hash)
    .returning('wrong_codes')
    .executeTakeFirstOrThrow();
  return wrong_codes;
}

/** Whether a browser's own token is that of one where this account has signed in before. */
export async function isKnownDevice(db: Db | Trx, token: string, account: string | undefined): Promise<boolean> {
  let query = db.selectFrom('devices').select('account').where('token_hash', '=', hashToken(token));
  if (account !== undefined) query = query.where('account', '=', account);
  return (await query.executeTakeFirst()) !== undefined;
}

/** Keeps a browser known after a full sign-in. @returns the token for its cookie: a new one each time */
export async function rememberDevice(trx: Trx, token: string | undefined, account: string, now: Date): Promise<string> {
  if (token !== undefined) await trx.deleteFrom('devices').where('token_hash', '=', hashToken(token)).execute();
  const fresh = newToken();
  await trx
    .insertInto('devices')
    .values({ token_hash: hashToken(fresh), account, seen_at: now.toISOString() })
    .execute();
  return fresh;
}

/** Forgets every browser of an account. */
export async function forgetDevices(trx: Trx, account: string): Promise<void> {
  await trx.deleteFrom('devices').where('account', '=', account).execute();
}

/** Deletes sessions that are over and browsers not seen for long. */
export async function expireSessions(db: Db, now: Date): Promise<void> {
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  await inTransaction(db, async (trx) => {
    await trx
      .deleteFrom('sessions')
      .where((is) =>
        is.or([
          is('seen_at', '<', minutesAgo(IDLE_MINUTES)),
          is('began_at', '<', minutesAgo(LONGEST_HOURS * 60)),
          is.and([is('step', '<>', 'full'), is('began_at', '<', minutesAgo(SIGN_IN_MINUTES))]),
        ]),
      )
      .execute();
    await trx.deleteFrom('devices').where('seen_at', '<', daysBefore(now, DEVICE_DAYS).toISOString()).execute();
  });
}
