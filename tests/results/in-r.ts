/** What R makes of the same numbers, where it is installed. */
import { spawnSync } from 'node:child_process';

/** Whether R is there; where it is not, says loudly what goes untested. */
export function hasR(untested: string): boolean {
  const there = spawnSync('Rscript', ['-e', '1']).status === 0;
  if (!there) console.warn(`NOT TESTED HERE: ${untested}, because Rscript is not installed`);
  return there;
}

/** The lines that a script prints. @throws when R does not end well */
export function runR(script: string, input = ''): string[] {
  const { status, stdout, stderr } = spawnSync('Rscript', ['-e', script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout.trim().split('\n');
}
