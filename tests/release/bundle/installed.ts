/** Programs of others that some tests ask for their judgement: those tests run where they are installed. */
import { spawnSync } from 'node:child_process';

interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

/** Whether a program is there; where not, says loudly what goes untested. @param trial words that it ends well on */
export function isInstalled(program: string, trial: readonly string[], untested: string): boolean {
  const there = runProgram(program, trial).ok;
  if (!there) console.warn(`NOT TESTED HERE: ${untested}, for want of ${program}`);
  return there;
}

/** Runs a program to its end. */
export function runProgram(program: string, words: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(program, words, {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { ok: status === 0, out: stdout ?? '', err: stderr ?? '' };
}
