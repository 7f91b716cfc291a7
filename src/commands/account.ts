import type { Command } from 'commander';
import { addCommand } from './account/add.ts';
import { listCommand } from './account/list.ts';
import { roleCommand } from './account/role.ts';
import { disableCommand, enableCommand, resetCommand } from './account/standing.ts';
import { command } from './support.ts';

/** `soundings account`: who may sign in, and to do what. */
export function accountCommand(): Command {
  const account = command(
    'account',
    'Make and look after the accounts of staff',
    'The first admin is made here; everything else can also be done on the site, under /staff/accounts. Whatever is done here stands in the audit.',
  );
  for (const make of [addCommand, listCommand, roleCommand, resetCommand, disableCommand, enableCommand])
    account.addCommand(make());
  return account;
}
