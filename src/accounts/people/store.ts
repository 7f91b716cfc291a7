/** What an admin does with accounts: every change with its line in the audit, in one transaction. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { type Account, type Actor, compareRoles, type Rights, type SurveyRole } from '../account.ts';
import { recordDeed } from '../audit/store.ts';
import { dropInvitation, makeInvitation } from '../invitations/store.ts';
import { newId } from '../secrets/store.ts';
import { endSessions, forgetDevices } from '../sessions/store.ts';
import { findAccount, findAccountByEmail } from '../store.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Why a change of accounts was not made, as a sentence. Nothing was changed. */
export class NotChanged extends Error {
  override readonly name = 'NotChanged';
}

export interface NewAccount extends Rights {
  readonly email: string;
  readonly name: string;
}

/**
 * Makes an account and the link by which its owner chooses a passphrase. @returns its id, and the token in the link,
 * which is kept nowhere. @throws NotChanged where the address has an account
 */
export async function addAccount(
  db: Db,
  { email, name, admin, roles }: NewAccount,
  by: Actor,
  now: Date,
): Promise<{ id: string; token: string }> {
  return inTransaction(db, async (trx) => {
    await refuseUnlessAdmin(trx, by);
    if (await findAccountByEmail(trx, email)) throw new NotChanged(`There is an account for ${email} already.`);
    const id = newId();
    const created_at = now.toISOString();
    await trx.insertInto('accounts').values({ id, email, name, admin: 0, totp_step: 0, created_at }).execute();
    await recordDeed(trx, by, { action: 'account_added', object: { id, name } }, now);
    await writeRights(trx, { id, name, admin: false, roles: [] }, { admin, roles }, by, now);
    return { id, token: await makeInvitation(trx, id, now) };
  });
}

/**
 * Gives and takes rights. Whoever's rights change signs in anew, so that no session outlives what it was begun with.
 * @throws NotChanged where the last admin would be one no more
 */
export async function changeRights(db: Db, id: string, rights: Rights, by: Actor, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const account = await getForChange(trx, id, by);
    if (!rights.admin) await refuseForLastAdmin(trx, account);
    const changed = await writeRights(trx, account, rights, by, now);
    if (changed && id !== by.id) await endSessions(trx, id);
  });
}

async function writeRights(
  trx: Trx,
  account: Pick<Account, 'id' | 'name' | 'admin' | 'roles'>,
  { admin, roles }: Rights,
  by: Actor,
  now: Date,
): Promise<boolean> {
  const { given, taken } = compareRoles(account.roles, roles);
  const record = (action: Parameters<typeof recordDeed>[2]['action'], about?: SurveyRole) =>
    recordDeed(trx, by, { action, object: account, ...(about && { about }) }, now);
  for (const { survey, role } of taken) {
    await trx
      .deleteFrom('account_roles')
      .where('account', '=', account.id)
      .where('survey', '=', survey)
      .where('role', '=', role)
      .execute();
    await record('role_taken', { survey, role });
  }
  for (const { survey, role } of given) {
    await trx.insertInto('account_roles').values({ account: account.id, survey, role }).execute();
    await record('role_given', { survey, role });
  }
  if (admin !== account.admin) {
    await trx
      .updateTable('accounts')
      .set({ admin: admin ? 1 : 0 })
      .where('id', '=', account.id)
      .execute();
    await record(admin ? 'admin_given' : 'admin_taken');
  }
  return admin !== account.admin || given.length + taken.length > 0;
}

/**
 * Ends the passphrase and every session, and makes a link for a new one; with `secondFactor` that is set up anew too.
 * @returns the token in the link. @throws NotChanged for a deactivated account
 */
export async function makeLink(
  db: Db,
  id: string,
  { secondFactor }: { readonly secondFactor: boolean },
  by: Actor,
  now: Date,
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const account = await getForChange(trx, id, by);
    if (account.standing === 'deactivated') {
      throw new NotChanged(`The account of ${account.name} is deactivated. Reactivate it first.`);
    }
    await trx.updateTable('accounts').set({ passphrase: null }).where('id', '=', id).execute();
    await endAccess(trx, id);
    await recordDeed(trx, by, { action: 'link_made', object: account }, now);
    if (secondFactor) {
      await trx.updateTable('accounts').set({ totp_secret: null, totp_step: 0 }).where('id', '=', id).execute();
      await trx.deleteFrom('recovery_codes').where('account', '=', id).execute();
      await recordDeed(trx, by, { action: 'second_factor_reset', object: account }, now);
    }
    return makeInvitation(trx, id, now);
  });
}

/** Closes an account: its sessions end at once, its open link works no more. @throws NotChanged for the last admin */
export async function deactivate(db: Db, id: string, by: Actor, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const account = await getForChange(trx, id, by);
    if (account.standing === 'deactivated') return;
    await refuseForLastAdmin(trx, account);
    await trx.updateTable('accounts').set({ disabled_at: now.toISOString() }).where('id', '=', id).execute();
    await endAccess(trx, id);
    await dropInvitation(trx, id);
    await recordDeed(trx, by, { action: 'account_deactivated', object: account }, now);
  });
}

/** Opens an account again, with the passphrase, second factor and roles that it had. */
export async function reactivate(db: Db, id: string, by: Actor, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    const account = await getForChange(trx, id, by);
    if (account.standing !== 'deactivated') return;
    await trx.updateTable('accounts').set({ disabled_at: null }).where('id', '=', id).execute();
    await recordDeed(trx, by, { action: 'account_reactivated', object: account }, now);
  });
}

async function endAccess(trx: Trx, id: string): Promise<void> {
  await endSessions(trx, id);
  await forgetDevices(trx, id);
}

async function getForChange(trx: Trx, id: string, by: Actor): Promise<Account> {
  await refuseUnlessAdmin(trx, by);
  const account = await findAccount(trx, id);
  if (!account) throw new NotChanged('There is no such account.');
  return account;
}

/**
 * Between the look at the session and this change, another admin may have ended these rights.
 * @throws NotChanged
 */
export async function refuseUnlessAdmin(trx: Trx, { id }: Actor): Promise<void> {
  if (id === null) return;
  const actor = await findAccount(trx, id);
  if (!actor?.admin || actor.standing !== 'active') throw new NotChanged('Only an admin can do that.');
}

/** Without an admin nobody could help anybody; only the server's command line could. */
async function refuseForLastAdmin(trx: Trx, account: Account): Promise<void> {
  if (!account.admin || account.standing !== 'active') return;
  const { n } = await trx
    .selectFrom('accounts')
    .select((select) => select.fn.countAll().as('n'))
    .where('admin', '=', 1)
    .where('id', '<>', account.id)
    .where('disabled_at', 'is', null)
    .where('totp_secret', 'is not', null)
    .where('passphrase', 'is not', null)
    .executeTakeFirstOrThrow();
  if (Number(n) === 0) {
    throw new NotChanged(`${account.name} is the only admin who can sign in. Make another admin first.`);
  }
}
