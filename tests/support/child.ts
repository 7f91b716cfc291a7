import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A process of its own that runs one of the scripts beside this file or the program, and the lines that it prints. */
export interface Child {
  readonly process: ChildProcess;
  readonly lines: Interface;
  /** Its exit code (null if it was killed) and all that it wrote on its error stream. */
  readonly ended: Promise<{ code: number | null; errors: string }>;
}

/** Starts `tests/support/<script>`, which may be a source or compiled. It does not outlive the test. */
export function startChild(script: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}): Child {
  const translated = script.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, ['--expose-gc', ...translated, join(import.meta.dirname, script), ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, errors }));
  onTestFinished(() => void child.kill('SIGKILL'));
  return { process: child, lines: createInterface(child.stdout), ended };
}

/** The next line that a child prints; fails with its error stream if it ends before. */
export async function nextLine(child: Child): Promise<string> {
  const ended = child.ended.then(({ code, errors }) => {
    throw new Error(`The child ended (${code}) without a word: ${errors}`);
  });
  const [line]: string[] = await Promise.race([once(child.lines, 'line'), ended]);
  return line ?? '';
}
