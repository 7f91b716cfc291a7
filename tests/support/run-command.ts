import { vi } from 'vitest';
import { run } from '../../src/commands/program.ts';

/** What a command printed and how it ended. */
export interface Ran {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `soundings` with these words, in this process, with these settings or on the store of this folder. */
export async function runCommand(
  words: readonly string[],
  settings: string | Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const written = { out: '', err: '' };
  const keep = (stream: NodeJS.WriteStream, to: 'out' | 'err') =>
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      written[to] += text;
      return true;
    });
  const spies = [keep(process.stdout, 'out'), keep(process.stderr, 'err')];
  const given = typeof settings === 'string' ? { DATA_DIR: settings } : settings;
  for (const [name, value] of Object.entries(given)) vi.stubEnv(name, value);
  try {
    const code = await run(words);
    // A command that did its work and found fault has set the code itself.
    return { exit: code === 0 ? Number(process.exitCode ?? 0) : code, ...written };
  } finally {
    process.exitCode = undefined;
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
  }
}
