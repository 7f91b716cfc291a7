import type { Command } from 'commander';
import { CommanderError } from 'commander';
import { onTestFinished, vi } from 'vitest';
import { CommandFailed, UsageError } from '../../src/commands/support.ts';

/** What a command printed and how it ended. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command in this process as the command line would, on the store of `dataDir`. */
export async function runCommand(command: Command, words: readonly string[], dataDir?: string): Promise<Ran> {
  const written = { out: '', err: '' };
  const keep = (stream: NodeJS.WriteStream, to: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written[to] += text;
      return true;
    });
  const spies = [keep(process.stdout, 'out'), keep(process.stderr, 'err')];
  if (dataDir !== undefined) vi.stubEnv('DATA_DIR', dataDir);
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  try {
    await command.parseAsync(words, { from: 'user' });
    return { exit: 0, ...written };
  } catch (error) {
    if (error instanceof CommandFailed) return { exit: 1, ...written, err: `${written.err}${error.message}\n` };
    if (error instanceof UsageError || error instanceof CommanderError) return { exit: 2, ...written };
    throw error;
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
