import type { Command } from 'commander';
import { roleCode } from '../../accounts/account.ts';
import { listAccounts } from '../../accounts/store.ts';
import { command, PROGRAM, print, printJson, withAnswers } from '../support.ts';
import { rightsInWords } from './words.ts';

/** `soundings account list`: every account and what it may do. */
export function listCommand(): Command {
  return command('account list', 'Show every account and what it may do')
    .option('--json', 'as JSON, for scripts')
    .action(({ json }: { readonly json?: true }) =>
      withAnswers(async (db) => {
        const accounts = await listAccounts(db);
        if (json) {
          return printJson(
            accounts.map(({ email, name, standing, admin, roles }) => ({
              email,
              name,
              standing,
              admin,
              roles: roles.map(roleCode),
            })),
          );
        }
        if (accounts.length === 0)
          print(`There are no accounts yet. Make one with: ${PROGRAM} account add EMAIL --name NAME --admin`);
        for (const account of accounts) {
          print(`${account.email}  ${account.name} (${account.standing})`);
          print(`  ${rightsInWords(account)}`);
        }
      }),
    );
}
