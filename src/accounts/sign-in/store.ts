/** Signing in: a passphrase, then a code; the first time a second factor is set up in between. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { recordDeed } from '../audit/store.ts';
import { bucketOf, clearTries, forgiveTry, takeTry } from '../guesses/store.ts';
import { plainPassphrase } from '../passphrase.ts';
import { makeRecoveryCodes, useRecoveryCode } from '../recovery/store.ts';
import { hashToken, isPassphrase, newTotpBytes, seal, unseal } from '../secrets/store.ts';
import { WRONG_CODES } from '../sessions/limits.ts';
import { beginSession, countWrongCode, endSession, rememberDevice, type Session } from '../sessions/store.ts';
import { encodeSecret, readTypedCode, stepOfCode } from './totp.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** What a browser brings along, and what the moment and the setting SECRET are. */
export interface Scene {
  /** The token of the browser's session, and the browser's own. */
  readonly token: string | undefined;
  readonly device: string | undefined;
  readonly now: Date;
  readonly secret: string;
}

/** What became of a try. `over`: the session ended with it, and the passphrase has to be given again. */
export type Outcome<Right> =
  | { readonly kind: 'right'; readonly value: Right }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'over' }
  | { readonly kind: 'slowed'; readonly until: Date };

/** What a full sign-in gives to the browser: the token of a new session, and one by which the browser is known. */
export interface SignedIn {
  readonly token: string;
  readonly device: string;
}

/**
 * The first step. Known and unknown addresses, wrong passphrases, accounts that wait for their link and deactivated
 * ones are told apart by nothing: neither words nor time. @returns the token of a session that waits for a code
 */
export async function givePassphrase(
  db: Db,
  given: { readonly email: string; readonly passphrase: string },
  scene: Scene,
): Promise<Outcome<string>> {
  const { device, now, secret } = scene;
  const account = await db
    .selectFrom('accounts')
    .select(['id', 'name', 'passphrase', 'totp_secret'])
    .where('email', '=', given.email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  const bucket = await bucketOf(db, `email ${given.email}`, { device, account: account?.id });
  const until = await takeTry(db, bucket, account, now);
  if (until) return { kind: 'slowed', until };
  const right = await isPassphrase(plainPassphrase(given.passphrase), account?.passphrase);
  if (!account || !right) return { kind: 'wrong' };
  const token = await inTransaction(db, async (trx) => {
    // While the hash was worked out, an admin may have ended this passphrase.
    const { n } = await trx
      .selectFrom('accounts')
      .select((select) => select.fn.countAll().as('n'))
      .where('id', '=', account.id)
      .where('passphrase', '=', account.passphrase)
      .where('disabled_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (Number(n) === 0) return undefined;
    await forgiveTry(trx, bucket);
    return beginSignIn(trx, { ...account, hasCode: account.totp_secret !== null }, { token: scene.token, now, secret });
  });
  return token === undefined ? { kind: 'wrong' } : { kind: 'right', value: token };
}

/** The session after the first step, in place of whatever session the browser had before. @returns its token */
export async function beginSignIn(
  trx: Trx,
  { id, hasCode }: { readonly id: string; readonly hasCode: boolean },
  { token, now, secret }: Pick<Scene, 'token' | 'now' | 'secret'>,
): Promise<string> {
  if (token !== undefined) await endSession(trx, hashToken(token));
  if (hasCode) return beginSession(trx, id, { step: 'code' }, now);
  const newSecret = seal(encodeSecret(newTotpBytes()), secret, id);
  return beginSession(trx, id, { step: 'set-up', newSecret }, now);
}

/** The second step: a code from the app, or a recovery code; each works once. */
export async function giveCode(db: Db, session: Session, typed: string, scene: Scene): Promise<Outcome<SignedIn>> {
  const { device, now, secret } = scene;
  const bucket = await bucketOf(db, `code ${session.account}`, { device, account: session.account });
  const { name } = await getAccount(db, session.account);
  const until = await takeTry(db, bucket, { id: session.account, name }, now);
  if (until) return { kind: 'slowed', until };
  return inTransaction(db, async (trx): Promise<Outcome<SignedIn>> => {
    const account = await getAccount(trx, session.account);
    const kind = await useCode(trx, account, typed, { now, secret });
    if (kind === undefined) {
      const wrong = await countWrongCode(trx, session.hash);
      if (wrong < WRONG_CODES) return { kind: 'wrong' };
      await endSession(trx, session.hash);
      return { kind: 'over' };
    }
    await clearTries(trx, [bucket, hashToken(`email ${account.email}`)]);
    if (kind === 'recovery') await recordDeed(trx, account, { action: 'recovery_code_used', object: account }, now);
    return { kind: 'right', value: await finishSignIn(trx, session, account, { device, now }) };
  });
}

function getAccount(db: Db | Trx, id: string) {
  return db
    .selectFrom('accounts')
    .select(['id', 'name', 'email', 'totp_secret', 'totp_step'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

interface CodeRow {
  readonly id: string;
  readonly totp_secret: string | null;
  readonly totp_step: number;
}

/** Uses a code up. @returns its kind, undefined where it is wrong or was used before */
async function useCode(
  trx: Trx,
  { id, totp_secret, totp_step }: CodeRow,
  typed: string,
  { now, secret }: Pick<Scene, 'now' | 'secret'>,
): Promise<'totp' | 'recovery' | undefined> {
  const read = readTypedCode(typed);
  if (read?.kind === 'recovery') return (await useRecoveryCode(trx, id, read.code)) ? 'recovery' : undefined;
  const plain = read && totp_secret !== null ? unseal(totp_secret, secret, id) : undefined;
  const step = read && plain !== undefined ? stepOfCode(read.code, plain, now, totp_step) : undefined;
  if (step === undefined) return undefined;
  await trx.updateTable('accounts').set({ totp_step: step }).where('id', '=', id).execute();
  return 'totp';
}

/** The secret that a session is setting up, to show. Undefined where SECRET has changed meanwhile. */
export function newSecretOf({ newSecret, account }: Session, secret: string): string | undefined {
  return newSecret === null ? undefined : unseal(newSecret, secret, account);
}

/**
 * The step in between: the app shows the right code, so the second factor stands. @returns the recovery codes too,
 * which cannot be shown again
 */
export async function confirmSetUp(
  db: Db,
  session: Session,
  typed: string,
  { device, now, secret }: Scene,
): Promise<Outcome<SignedIn & { readonly codes: readonly string[] }>> {
  const plain = newSecretOf(session, secret);
  const read = readTypedCode(typed);
  const step = plain && read?.kind === 'totp' ? stepOfCode(read.code, plain, now, 0) : undefined;
  if (step === undefined) return { kind: 'wrong' };
  return inTransaction(db, async (trx) => {
    const account = await trx
      .updateTable('accounts')
      .set({ totp_secret: session.newSecret, totp_step: step })
      .where('id', '=', session.account)
      .where('totp_secret', 'is', null)
      .returning(['id', 'name'])
      .executeTakeFirst();
    // Set up in another browser meanwhile: that one counts.
    if (!account) {
      await endSession(trx, session.hash);
      return { kind: 'over' };
    }
    const codes = await makeRecoveryCodes(trx, account.id);
    await recordDeed(trx, account, { action: 'second_factor_set', object: account }, now);
    const signedIn = await finishSignIn(trx, session, account, { device, now });
    return { kind: 'right', value: { ...signedIn, codes } };
  });
}

/** A full session in place of the one of the first step, with a new token: who knew the old one has nothing. */
async function finishSignIn(
  trx: Trx,
  session: Session,
  account: { readonly id: string; readonly name: string },
  { device, now }: Pick<Scene, 'device' | 'now'>,
): Promise<SignedIn> {
  await endSession(trx, session.hash);
  await recordDeed(trx, account, { action: 'signed_in', object: account }, now);
  return {
    token: await beginSession(trx, account.id, { step: 'full' }, now),
    device: await rememberDevice(trx, device, account.id, now),
  };
}
