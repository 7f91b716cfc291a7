/** A process that takes the server's lock on a folder, opens its store, says "open", and ends with its input. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { lockDataFolder } from '../../src/db/lock.ts';
import { openAnswers } from '../../src/db/open.ts';

const [folder = '', ...flags] = process.argv.slice(2);
try {
  if (flags.includes('--lock')) await lockDataFolder(folder);
  const store = await openAnswers(join(folder, 'answers.sqlite'), { mustExist: flags.includes('--must-exist') });
  // A lock must outlive what the garbage collector takes.
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.();
    await setImmediate();
  }
  console.log('open');
  process.stdin.resume().once('end', () => store.close());
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
