/** Links that work once: for a new account, and for a new passphrase. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { recordDeed } from '../audit/store.ts';
import { plainPassphrase } from '../passphrase.ts';
import { hashPassphrase, hashToken, newToken } from '../secrets/store.ts';
import { daysBefore, INVITATION_DAYS } from '../sessions/limits.ts';
import { beginSignIn, type Scene } from '../sign-in/store.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Makes a link for an account; one made before works no more. @returns the token in it */
export async function makeInvitation(trx: Trx, account: string, now: Date): Promise<string> {
  const token = newToken();
  await trx.deleteFrom('invitations').where('account', '=', account).execute();
  const expires_at = daysBefore(now, -INVITATION_DAYS).toISOString();
  await trx
    .insertInto('invitations')
    .values({ token_hash: hashToken(token), account, expires_at })
    .execute();
  return token;
}

/** Whose link this is; undefined for one that was never made, was used, has expired, or is for a deactivated account. */
export async function findInvited(db: Db, token: string, now: Date) {
  return db
    .selectFrom('invitations')
    .innerJoin('accounts', 'accounts.id', 'invitations.account')
    .select(['accounts.id', 'accounts.name', 'accounts.email'])
    .where('invitations.token_hash', '=', hashToken(token))
    .where('invitations.expires_at', '>', now.toISOString())
    .where('accounts.disabled_at', 'is', null)
    .executeTakeFirst();
}

/**
 * Uses a link up: its account has this name and passphrase from now on, and the browser a session that still needs a
 * code, or a second factor. @returns that session's token; undefined where the link works no more: of two who use it at
 * once, one does
 */
export async function acceptInvitation(
  db: Db,
  token: string,
  chosen: { readonly name: string; readonly passphrase: string },
  scene: Scene,
): Promise<string | undefined> {
  const passphrase = await hashPassphrase(plainPassphrase(chosen.passphrase));
  const { now } = scene;
  return inTransaction(db, async (trx) => {
    const invitation = await trx
      .deleteFrom('invitations')
      .where('token_hash', '=', hashToken(token))
      .where('expires_at', '>', now.toISOString())
      .returning('account')
      .executeTakeFirst();
    if (!invitation) return undefined;
    const account = await trx
      .updateTable('accounts')
      .set({ name: chosen.name, passphrase })
      .where('id', '=', invitation.account)
      .returning(['id', 'name', 'totp_secret'])
      .executeTakeFirstOrThrow();
    await recordDeed(trx, account, { action: 'invitation_used', object: account }, now);
    return beginSignIn(trx, { id: account.id, hasCode: account.totp_secret !== null }, scene);
  });
}

/** Takes an account's open link back. */
export async function dropInvitation(trx: Trx, account: string): Promise<void> {
  await trx.deleteFrom('invitations').where('account', '=', account).execute();
}

/** Deletes links that have expired. */
export async function expireInvitations(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('invitations').where('expires_at', '<=', now.toISOString()).execute();
}
