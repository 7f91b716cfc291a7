/** Who does what with a release. */
import { userInfo } from 'node:os';
import type { Kysely, Transaction } from 'kysely';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { emailSchema } from '../../accounts/person.ts';
import { findAccountByEmail, listAccounts } from '../../accounts/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { type ReleaseName, thingOf } from '../../release/ledger/deeds.ts';
import { isSamePerson, type Person, personSchema } from '../../release/ledger/person.ts';
import { atTheCommandLine } from '../account/words.ts';
import { parseWith, UsageError } from '../support.ts';

export const BY = [
  '--by <name>',
  'who decides this: a name, or the e-mail address of an account; left out, the user of this computer',
  parseWith(personSchema),
] as const;

/** What was given, or the computer's user. @throws UsageError where that is no name */
export function personIn(by: string | undefined): string {
  const found = personSchema.safeParse(by ?? userInfo().username);
  if (found.success) return found.data;
  throw new UsageError('Say who decides this with --by and a name.');
}

/**
 * The account behind a name or an e-mail address, so that it is known as the same person's on the site too; the name
 * alone where there is none, or several of that name.
 */
export async function knowPerson(db: Kysely<AnswersTables>, given: string): Promise<Person> {
  const email = emailSchema.safeParse(given);
  const own = email.success ? await findAccountByEmail(db, email.data) : undefined;
  const called = own ? [own] : (await listAccounts(db)).filter(({ name }) => isSamePerson(name, given));
  const [account, another] = called;
  return account && !another ? { name: own ? account.name : given, account: account.id } : given;
}

/** Writes down for the audit what was done to a release here: under the computer's user, whatever name was given. */
export async function recordDeedHere(
  trx: Transaction<AnswersTables>,
  action: Action,
  release: ReleaseName,
  now: Date,
): Promise<void> {
  const about = { survey: release.survey };
  await recordDeed(trx, atTheCommandLine(), { action, object: thingOf(release), about }, now);
}
