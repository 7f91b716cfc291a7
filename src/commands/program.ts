import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { type Command, CommanderError } from 'commander';
import { WrongSetting } from '../config.ts';
import { StartRefused } from '../db/open.ts';
import { StoreUnavailable } from '../db/transaction.ts';
import { VersionTaken } from '../fieldwork/store.ts';
import { COMMANDS } from './index.ts';
import { CommandFailed, command, note, UsageError } from './support.ts';

const EXPECTED = [CommandFailed, UsageError, WrongSetting, StartRefused, StoreUnavailable, VersionTaken];

/** The whole command line. */
export function programOf(): Command {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const program = command(
    'soundings',
    'Surveys for sector research: staged questionnaires, safe results, anonymised files.',
  )
    .version(version)
    .showHelpAfterError('Try: soundings --help');
  for (const make of COMMANDS) program.addCommand(make());
  return program;
}

/**
 * Runs a command line, and says what went wrong in a sentence where it was to be expected.
 * @returns the exit code. 0: done. 1: what was asked for failed. 2: it was asked for in a wrong way.
 */
export async function run(args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    await programOf().parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof Error && EXPECTED.some((kind) => error instanceof kind)) note(error.message);
    else if (error instanceof Error && 'path' in error && 'syscall' in error) note(`${error.message}.`);
    else note(inspect(error));
    return error instanceof UsageError ? 2 : 1;
  }
}
