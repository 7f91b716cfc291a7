import type { Command } from 'commander';
import { bundleCommand } from './release/bundle.ts';
import { approveCommand, refuseCommand, withdrawCommand } from './release/decide.ts';
import { listCommand } from './release/list.ts';
import { makeCommand } from './release/make.ts';
import { showCommand } from './release/show.ts';
import { textsCommand } from './release/texts.ts';
import { verifyCommand } from './release/verify.ts';
import { command } from './support.ts';

/** `soundings release`: what leaves the house, and who let it. */
export function releaseCommand(): Command {
  const release = command(
    'release',
    'Make and approve what leaves: results for the public, data files',
    'One person makes a release, another approves it; the ledger keeps both for ever. "release SURVEY" is short for "release make SURVEY".',
  );
  release.addCommand(makeCommand(), { isDefault: true });
  for (const make of [
    approveCommand,
    refuseCommand,
    withdrawCommand,
    listCommand,
    showCommand,
    textsCommand,
    bundleCommand,
    verifyCommand,
  ])
    release.addCommand(make());
  return release;
}
