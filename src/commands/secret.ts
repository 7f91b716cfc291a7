/** The setting SECRET: what seals the second factors of staff. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { unseal } from '../accounts/secrets/store.ts';
import { findSealedSecret, hasAccounts } from '../accounts/store.ts';
import type { Settings } from '../config.ts';
import type { AnswersTables } from '../db/tables.ts';
import { CommandFailed } from './support.ts';

const HOW = '"openssl rand -hex 32" makes one; keep it where the data folder and its backups are not';

type Given = Pick<Settings, 'secret' | 'dataDir'>;

const trialFile = ({ dataDir }: Given) => join(dataDir, 'trial-secret');

/** The secret given, or else the one of the trial that this data folder holds; undefined where there is neither. */
function findSecret(settings: Given): string | undefined {
  const file = trialFile(settings);
  return settings.secret ?? (existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined);
}

/** The secret for a trial, which makes its own once and keeps it in its folder, for this user's eyes only. */
export function trialSecret(settings: Given): string {
  const found = findSecret(settings);
  if (found !== undefined) return found;
  const made = randomBytes(32).toString('hex');
  writeFileSync(trialFile(settings), `${made}\n`, { mode: 0o600, flag: 'wx' });
  return made;
}

/** @throws CommandFailed where nobody who is invited could sign in */
export function requireSecret(settings: Given): void {
  if (findSecret(settings) !== undefined) return;
  throw new CommandFailed(`The setting SECRET is missing: staff could not sign in without it. ${HOW}.`);
}

/** @throws CommandFailed where staff have accounts and this secret does not open what they sign in with */
export async function checkSecret(db: Kysely<AnswersTables>, secret: string | undefined): Promise<void> {
  if (secret === undefined) {
    if (!(await hasAccounts(db))) return;
    throw new CommandFailed(`The setting SECRET is missing: there are staff accounts, which need it. ${HOW}.`);
  }
  const sealed = await findSealedSecret(db);
  if (sealed && unseal(sealed.sealed, secret, sealed.account) === undefined) {
    throw new CommandFailed(
      'The setting SECRET is another than the one that staff accounts were set up with. Set it to that one again.',
    );
  }
}
