/** What somebody does with their own account. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Staff } from '../account.ts';
import { recordDeed } from '../audit/store.ts';
import { bucketOf, clearTries, takeTry } from '../guesses/store.ts';
import { plainPassphrase } from '../passphrase.ts';
import { makeRecoveryCodes } from '../recovery/store.ts';
import { hashPassphrase, isPassphrase } from '../secrets/store.ts';
import { beginSession, endSession, endSessions, forgetDevices } from '../sessions/store.ts';
import type { Outcome } from '../sign-in/store.ts';

type Db = Kysely<AnswersTables>;

interface Scene {
  readonly device: string | undefined;
  readonly now: Date;
}

/** Asks for the passphrase again before what matters: a computer may be left open. Wrong ones are slowed like a sign-in. */
async function confirmPassphrase(
  db: Db,
  { id, name }: Staff,
  typed: string,
  { device, now }: Scene,
): Promise<Outcome<{ readonly kept: string | null }>> {
  const { passphrase: kept } = await db
    .selectFrom('accounts')
    .select('passphrase')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const bucket = await bucketOf(db, `own ${id}`, { device, account: id });
  const until = await takeTry(db, bucket, { id, name }, now);
  if (until) return { kind: 'slowed', until };
  if (!(await isPassphrase(plainPassphrase(typed), kept))) return { kind: 'wrong' };
  await inTransaction(db, (trx) => clearTries(trx, [bucket]));
  return { kind: 'right', value: { kept } };
}

/**
 * Changes the passphrase and ends every session of the account. @returns the token of a new one for this browser
 */
export async function changePassphrase(
  db: Db,
  staff: Staff,
  typed: { readonly current: string; readonly fresh: string },
  scene: Scene,
): Promise<Outcome<string>> {
  const confirmed = await confirmPassphrase(db, staff, typed.current, scene);
  if (confirmed.kind !== 'right') return confirmed;
  const passphrase = await hashPassphrase(plainPassphrase(typed.fresh));
  return inTransaction(db, async (trx): Promise<Outcome<string>> => {
    const { numUpdatedRows } = await trx
      .updateTable('accounts')
      .set({ passphrase })
      .where('id', '=', staff.id)
      .where('passphrase', '=', confirmed.value.kept)
      .where('disabled_at', 'is', null)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) return { kind: 'over' };
    await endSessions(trx, staff.id);
    await recordDeed(trx, staff, { action: 'passphrase_changed', object: staff }, scene.now);
    return { kind: 'right', value: await beginSession(trx, staff.id, { step: 'full' }, scene.now) };
  });
}

/** New recovery codes in place of all before. */
export async function renewRecoveryCodes(
  db: Db,
  staff: Staff,
  typed: string,
  scene: Scene,
): Promise<Outcome<readonly string[]>> {
  const confirmed = await confirmPassphrase(db, staff, typed, scene);
  if (confirmed.kind !== 'right') return confirmed;
  return inTransaction(db, async (trx) => {
    await recordDeed(trx, staff, { action: 'recovery_codes_made', object: staff }, scene.now);
    return { kind: 'right', value: await makeRecoveryCodes(trx, staff.id) };
  });
}

/** Ends this session: its cookie opens nothing any more, whoever kept a copy. */
export async function signOut(db: Db, staff: Staff, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    await endSession(trx, staff.session);
    await recordDeed(trx, staff, { action: 'signed_out', object: staff }, now);
  });
}

/** Ends every session of the account, this one too, and forgets the browsers it was used in. */
export async function signOutEverywhere(db: Db, staff: Staff, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    await endSessions(trx, staff.id);
    await forgetDevices(trx, staff.id);
    await recordDeed(trx, staff, { action: 'signed_out_everywhere', object: staff }, now);
  });
}
