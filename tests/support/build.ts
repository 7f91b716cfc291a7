/** Before the tests, and before each round of those that are watched: the program is built, for it is what they run. */
import { execFileSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const ROOT = join(import.meta.dirname, '../..');

const runNode = (...words: string[]) => execFileSync(process.execPath, words, { cwd: ROOT, stdio: 'inherit' });

function build(): void {
  // Types have a check of their own: one part's tests can run while another part is half done.
  runNode('node_modules/typescript/bin/tsc', '-p', 'src', '--noCheck');
  runNode('dist/web/build-assets.js');
  chmodSync(join(ROOT, 'dist/main.js'), 0o755);
}

export default function setup(project: TestProject): void {
  build();
  project.onTestsRerun(async () => build());
}
