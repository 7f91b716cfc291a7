/** Accounts as everybody in this room reads them. Changing them is in `people/`, `own/`, `invitations/`, `sign-in/`. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import type { Account, Standing } from './account.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** The account with this id. */
export async function findAccount(db: Db | Trx, id: string): Promise<Account | undefined> {
  return (await readAccounts(db, { id }))[0];
}

/** The account of this address, which is in lower case. */
export async function findAccountByEmail(db: Db | Trx, email: string): Promise<Account | undefined> {
  return (await readAccounts(db, { email }))[0];
}

/** Every account, by name. */
export async function listAccounts(db: Db | Trx): Promise<Account[]> {
  return readAccounts(db, {});
}

async function readAccounts(
  db: Db | Trx,
  { id, email }: { readonly id?: string; readonly email?: string },
): Promise<Account[]> {
  let query = db
    .selectFrom('accounts')
    .select(['id', 'email', 'name', 'admin', 'passphrase', 'totp_secret', 'disabled_at'])
    .orderBy('name')
    .orderBy('email');
  if (id !== undefined) query = query.where('id', '=', id);
  if (email !== undefined) query = query.where('email', '=', email);
  const rows = await query.execute();
  let roles = db.selectFrom('account_roles').selectAll().orderBy('survey').orderBy('role', 'desc');
  // One account is read for each page that staff open.
  if (rows.length === 1 && rows[0]) roles = roles.where('account', '=', rows[0].id);
  const held = await roles.execute();
  return rows.map((row) => ({
    id: row.id,
    email: row.email,
    name: row.name,
    admin: row.admin === 1,
    roles: held.filter(({ account }) => account === row.id).map(({ survey, role }) => ({ survey, role })),
    standing: standingOf(row),
  }));
}

interface Row {
  readonly passphrase: string | null;
  readonly totp_secret: string | null;
  readonly disabled_at: string | null;
}

function standingOf({ passphrase, totp_secret, disabled_at }: Row): Standing {
  if (disabled_at !== null) return 'deactivated';
  if (passphrase === null) return 'invited';
  return totp_secret === null ? 'half set up' : 'active';
}

/** Some account's sealed secret, to try the setting SECRET on; undefined while nobody has a second factor. */
export async function findSealedSecret(db: Db): Promise<{ account: string; sealed: string } | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(['id', 'totp_secret'])
    .where('totp_secret', 'is not', null)
    // Whoever is deactivated signs in with nothing; opened again, they may need a new second factor.
    .where('disabled_at', 'is', null)
    .limit(1)
    .executeTakeFirst();
  return row?.totp_secret ? { account: row.id, sealed: row.totp_secret } : undefined;
}

/** Whether there is any account. */
export async function hasAccounts(db: Db): Promise<boolean> {
  return (await db.selectFrom('accounts').select('id').limit(1).executeTakeFirst()) !== undefined;
}
