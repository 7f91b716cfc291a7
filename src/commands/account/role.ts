import { type Command, Option } from 'commander';
import { roleCode, type SurveyRole } from '../../accounts/account.ts';
import { changeRights } from '../../accounts/people/store.ts';
import { command, print, UsageError, withAnswers } from '../support.ts';
import {
  atTheCommandLine,
  collectRoles,
  emailArgument,
  getAccountOf,
  noteUnknownSurveys,
  rightsInWords,
} from './words.ts';

interface Options {
  readonly give?: readonly SurveyRole[];
  readonly take?: readonly SurveyRole[];
  readonly admin?: true;
  readonly notAdmin?: true;
}

/** `soundings account role`: gives and takes what somebody may do. */
export function roleCommand(): Command {
  return command('account role', 'Give and take what somebody may do', 'Whoever’s rights change has to sign in again.')
    .argument(...emailArgument)
    .option('--give <role>', 'such as researcher:ai-adoption; may be given several times', collectRoles)
    .option('--take <role>', 'the same, to end it', collectRoles)
    .addOption(new Option('--admin', 'makes them an admin').conflicts('notAdmin'))
    .option('--not-admin', 'ends that they are an admin')
    .action((email: string, { give = [], take = [], admin, notAdmin }: Options) => {
      if (give.length + take.length === 0 && !admin && !notAdmin) {
        throw new UsageError('Say what changes, with --give, --take, --admin or --not-admin.');
      }
      return withAnswers(async (db) => {
        const account = await getAccountOf(db, email);
        const taken = new Set(take.map(roleCode));
        const all = new Map([...account.roles, ...give].map((role) => [roleCode(role), role]));
        const roles = [...all].flatMap(([code, role]) => (taken.has(code) ? [] : [role]));
        const rights = { admin: admin ?? (notAdmin ? false : account.admin), roles };
        await changeRights(db, account.id, rights, atTheCommandLine(), new Date());
        await noteUnknownSurveys(db, give);
        print(`${account.name} (${email}): ${rightsInWords(rights)}`);
      });
    });
}
