import type { Command } from 'commander';
import type { SurveyRole } from '../../accounts/account.ts';
import { addAccount } from '../../accounts/people/store.ts';
import { nameSchema } from '../../accounts/person.ts';
import { readSettings } from '../../config.ts';
import { requireSecret } from '../secret.ts';
import { command, parseWith, print, withAnswers } from '../support.ts';
import { atTheCommandLine, collectRoles, emailArgument, noteUnknownSurveys, printLink } from './words.ts';

interface Options {
  readonly name: string;
  readonly admin?: boolean;
  readonly role?: readonly SurveyRole[];
}

/** `soundings account add`: an account, and the link by which its owner comes in. */
export function addCommand(): Command {
  return command(
    'account add',
    'Make an account, and a link by which its owner chooses a passphrase',
    'An admin looks after accounts and may do in every survey what a researcher may. A researcher makes the results and releases of a survey, an approver lets them out.',
  )
    .argument(...emailArgument)
    .requiredOption('--name <name>', 'how their team calls them', parseWith(nameSchema))
    .option('--admin', 'an admin')
    .option('--role <role>', 'such as researcher:ai-adoption; may be given several times', collectRoles)
    .action((email: string, { name, admin = false, role: roles = [] }: Options) => {
      requireSecret(readSettings());
      return withAnswers(async (db) => {
        const now = new Date();
        const { token } = await addAccount(db, { email, name, admin, roles }, atTheCommandLine(), now);
        await noteUnknownSurveys(db, roles);
        print(`Made an account for ${name} (${email}).`);
        printLink(token, now);
      });
    });
}
