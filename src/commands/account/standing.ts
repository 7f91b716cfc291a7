/** Closing an account, opening it again, and a new way into it. */
import type { Command } from 'commander';
import { deactivate, makeLink, reactivate } from '../../accounts/people/store.ts';
import { readSettings } from '../../config.ts';
import { requireSecret } from '../secret.ts';
import { command, print, withAnswers } from '../support.ts';
import { atTheCommandLine, emailArgument, getAccountOf, printLink } from './words.ts';

export function disableCommand(): Command {
  return command(
    'account disable',
    'Deactivate an account',
    'Its sessions end at once. What it did stays in the audit.',
  )
    .argument(...emailArgument)
    .action((email: string) =>
      withAnswers(async (db) => {
        const { id, name } = await getAccountOf(db, email);
        await deactivate(db, id, atTheCommandLine(), new Date());
        print(`The account of ${name} (${email}) is deactivated.`);
      }),
    );
}

export function enableCommand(): Command {
  return command('account enable', 'Reactivate an account', 'It can sign in again with what it had.')
    .argument(...emailArgument)
    .action((email: string) =>
      withAnswers(async (db) => {
        const { id, name } = await getAccountOf(db, email);
        await reactivate(db, id, atTheCommandLine(), new Date());
        print(`The account of ${name} (${email}) is active again.`);
      }),
    );
}

export function resetCommand(): Command {
  return command(
    'account reset',
    'Make a new link for an account whose passphrase or phone is lost',
    'Its passphrase and its sessions end at once; whoever opens the link chooses a new passphrase.',
  )
    .argument(...emailArgument)
    .option('--second-factor', 'the second factor has to be set up anew too, and the recovery codes end')
    .action((email: string, { secondFactor = false }: { readonly secondFactor?: boolean }) => {
      requireSecret(readSettings());
      return withAnswers(async (db) => {
        const now = new Date();
        const { id, name } = await getAccountOf(db, email);
        const token = await makeLink(db, id, { secondFactor }, atTheCommandLine(), now);
        print(`A new link for ${name} (${email}).`);
        printLink(token, now);
      });
    });
}
