import { inspect } from 'node:util';
import { type Command, CommanderError } from 'commander';
import { isExpected } from './expected.ts';
import { fileFaultOf } from './file-fault.ts';
import { COMMANDS } from './index.ts';
import { command, note, PROGRAM, UsageError, VERSION } from './support.ts';

/**
 * The command line.
 * @param words what was typed: where it begins with a command, only that one is loaded, which is faster and smaller
 */
export async function programOf(words: readonly string[] = []): Promise<Command> {
  const program = command(PROGRAM, 'Surveys for sector research: staged questionnaires, safe results, anonymised files')
    .version(VERSION, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help; after a command, all about that command')
    .showHelpAfterError(`Try: ${PROGRAM} --help`)
    .configureHelp({ visibleCommands: ({ commands }) => [...commands], subcommandTerm: termOf })
    .addHelpText('after', EXAMPLE);
  const all = Object.entries(COMMANDS).flatMap(([part, commands]) =>
    Object.entries(commands).map(([name, load]) => ({ part, name, load })),
  );
  const named = all.filter(({ name }) => name === words[0]);
  for (const { part, load } of named.length > 0 ? named : all) {
    const make = await load();
    program.addCommand(make().helpGroup(`${part}:`));
  }
  return program;
}

/** A command with what it is given, its flags left to its own help. */
function termOf(command: Command): string {
  return [command.name(), ...command.registeredArguments.map((argument) => `<${argument.name()}>`)].join(' ');
}

const EXAMPLE = `
Example:
  ${PROGRAM} check surveys/examples/training-day.json
  ${PROGRAM} publish surveys/examples/training-day.json`;

/**
 * Runs a command line, and says what went wrong in a sentence where it was to be expected.
 * @returns the exit code. 0: done. 1: what was asked for failed. 2: it was asked for in a wrong way.
 */
export async function run(args: readonly string[]): Promise<0 | 1 | 2> {
  try {
    const program = await programOf(args);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (isExpected(error)) note(error.message);
    else note(fileFaultOf(error) ?? inspect(error));
    return error instanceof UsageError ? 2 : 1;
  }
}
