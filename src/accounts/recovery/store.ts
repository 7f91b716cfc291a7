/** Recovery codes: for the day when the phone is lost. Only their hashes are kept. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { hashToken, newRecoveryBytes } from '../secrets/store.ts';
import { encodeSecret } from '../sign-in/totp.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** How many recovery codes there are at a time. */
const RECOVERY_CODES = 10;

/** Ten new recovery codes; those before work no more. */
export async function makeRecoveryCodes(trx: Trx, account: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => encodeSecret(newRecoveryBytes()));
  await trx.deleteFrom('recovery_codes').where('account', '=', account).execute();
  await trx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ code_hash: hashToken(code), account })))
    .execute();
  return codes;
}

/** How many recovery codes are left. */
export async function countRecoveryCodes(db: Db, account: string): Promise<number> {
  const { n } = await db
    .selectFrom('recovery_codes')
    .select((select) => select.fn.countAll().as('n'))
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** Uses a code up. @returns whether it was one of this account's */
export async function useRecoveryCode(trx: Trx, account: string, code: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('recovery_codes')
    .where('code_hash', '=', hashToken(code))
    .where('account', '=', account)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}
