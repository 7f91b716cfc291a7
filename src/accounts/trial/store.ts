/** The account that a local trial begins with. No other account is ever made with a passphrase that a program knows. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { recordDeed } from '../audit/store.ts';
import { makeRecoveryCodes } from '../recovery/store.ts';
import { hashPassphrase, newId, newRecoveryBytes, newTotpBytes, seal } from '../secrets/store.ts';
import { encodeSecret } from '../sign-in/totp.ts';

/** What opens it; only hashes and a seal of these are kept. */
export interface TrialSignIn {
  readonly email: string;
  readonly passphrase: string;
  /** The key for an authenticator app. */
  readonly key: string;
  readonly codes: readonly string[];
}

const EMAIL = 'admin@trial.example';
const NAME = 'Trial admin';
const SOUNDINGS = { id: null, name: 'Soundings' };

/** Makes an admin who may also approve the releases of a survey, with chance's passphrase and second factor. */
export async function makeTrialAccount(
  db: Kysely<AnswersTables>,
  survey: string,
  secret: string,
  now: Date,
): Promise<TrialSignIn> {
  const passphrase = encodeSecret(newRecoveryBytes())
    .toLowerCase()
    .replaceAll(/(.{4})(?=.)/g, '$1-');
  const key = encodeSecret(newTotpBytes());
  const id = newId();
  const row = {
    id,
    email: EMAIL,
    name: NAME,
    admin: 1 as const,
    passphrase: await hashPassphrase(passphrase),
    totp_secret: seal(key, secret, id),
    totp_step: 0,
    created_at: now.toISOString(),
  };
  const codes = await inTransaction(db, async (trx) => {
    await trx.insertInto('accounts').values(row).execute();
    await trx.insertInto('account_roles').values({ account: id, survey, role: 'approver' }).execute();
    await recordDeed(trx, SOUNDINGS, { action: 'account_added', object: { id, name: NAME } }, now);
    return makeRecoveryCodes(trx, id);
  });
  return { email: EMAIL, passphrase, key, codes };
}
