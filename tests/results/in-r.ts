/** What R makes of the same numbers, where it is installed. */
import { isInstalled, runProgram } from '../release/bundle/installed.ts';

/** Whether R is there; where it is not, says loudly what goes untested. */
export function hasR(untested: string): boolean {
  return isInstalled('Rscript', ['-e', '1'], untested);
}

/** The lines that a script prints. @throws when R does not end well */
export function runR(script: string, input = ''): string[] {
  const { ok, out, err } = runProgram('Rscript', ['-e', script], input);
  if (!ok) throw new Error(err);
  return out.trim().split('\n');
}
