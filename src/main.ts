#!/usr/bin/env node
/** The command line's door. Exit 0: done. 1: what was asked for failed. 2: it was asked for in a wrong way. */
import { CommanderError } from 'commander';
import { COMMANDS } from './commands/index.ts';
import { CommandFailed, command, note, UsageError } from './commands/support.ts';
import { WrongSetting } from './config.ts';
import { StartRefused } from './db/open.ts';
import { VersionTaken } from './fieldwork/store.ts';

const program = command(
  'soundings',
  'Surveys for sector research: staged questionnaires, safe results, anonymised files.',
)
  .version('0.1.0')
  .showHelpAfterError('Try: soundings --help');
for (const make of COMMANDS) program.addCommand(make());

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Says what went wrong in a sentence where it was to be expected. @returns the exit code */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  const expected = [CommandFailed, UsageError, WrongSetting, StartRefused, VersionTaken].some(
    (kind) => error instanceof kind,
  );
  if (!expected || !(error instanceof Error)) {
    console.error(error);
    return 1;
  }
  note(error.message);
  return error instanceof UsageError ? 2 : 1;
}
