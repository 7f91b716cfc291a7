/** What the account commands share. */
import { userInfo } from 'node:os';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { type Account, findRole, type SurveyRole } from '../../accounts/account.ts';
import { emailSchema } from '../../accounts/person.ts';
import { daysBefore, INVITATION_DAYS } from '../../accounts/sessions/limits.ts';
import { findAccountByEmail } from '../../accounts/store.ts';
import { showMoment } from '../../accounts/times.ts';
import { readSettings } from '../../config.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { listSurveys } from '../../fieldwork/store.ts';
import { CommandFailed, note, PROGRAM, parseWith, print } from '../support.ts';

/** Who runs the command, as the audit calls them. */
export const atTheCommandLine = () => ({ id: null, name: `${userInfo().username} at the command line` });

export const emailArgument = ['<email>', 'the account’s e-mail address', parseWith(emailSchema)] as const;

const roleSchema = z.string().transform((code, context): SurveyRole => {
  const role = findRole(code);
  if (role) return role;
  context.addIssue({
    code: 'custom',
    message: 'a role and a survey, such as researcher:ai-adoption or approver:ai-adoption',
  });
  return z.NEVER;
});
const parseRole = parseWith(roleSchema);

/** A flag that may be given several times. */
export const collectRoles = (code: string, before: readonly SurveyRole[] = []): SurveyRole[] => [
  ...before,
  parseRole(code),
];

/** @throws CommandFailed where nobody has that address */
export async function getAccountOf(db: Kysely<AnswersTables>, email: string): Promise<Account> {
  const account = await findAccountByEmail(db, email);
  if (account) return account;
  throw new CommandFailed(`There is no account for ${email}. Those there are: ${PROGRAM} account list`);
}

/** A role can be given before its survey is published; a misspelt one should not go unnoticed. */
export async function noteUnknownSurveys(db: Kysely<AnswersTables>, roles: readonly SurveyRole[]): Promise<void> {
  const known = new Set((await listSurveys(db)).map(({ survey }) => survey.file.survey));
  for (const survey of new Set(roles.map((role) => role.survey))) {
    if (!known.has(survey)) note(`No survey called "${survey}" has been published here yet.`);
  }
}

/** Prints a link to pass on; it cannot be shown again. */
export function printLink(token: string, now: Date): void {
  const { publicUrl } = readSettings();
  const path = `/staff/invitations/${token}`;
  const until = showMoment(daysBefore(now, -INVITATION_DAYS)).words;
  print(`Pass this link on, by a way that only they read. It works once, until ${until}:`);
  print(publicUrl ? new URL(path, publicUrl).href : path);
  if (!publicUrl) note('PUBLIC_URL is not set, so this is only the end of the link: put the site’s address before it.');
}

/** What somebody may do, in words. */
export function rightsInWords({ admin, roles }: Pick<Account, 'admin' | 'roles'>): string {
  const words = [...(admin ? ['admin'] : []), ...roles.map(({ role, survey }) => `${role} of ${survey}`)];
  return words.join(', ') || 'no part in a survey yet';
}
