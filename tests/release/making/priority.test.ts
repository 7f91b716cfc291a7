import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ask, type MakingSite, openMaking, signInAs } from './making-site.ts';

const LOWEST = 19;

/** How low the threads of this process stand, by their ids. */
function threadsHere(): Map<number, number> {
  return new Map(
    readdirSync('/proc/self/task').map((id) => {
      // A name may have spaces in it: what follows it is counted from its end.
      const rest = readFileSync(`/proc/self/task/${id}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return [Number(id), Number(rest[16])];
    }),
  );
}

async function isRunning({ db }: MakingSite): Promise<boolean> {
  const { progress, ended_at } = await db.selectFrom('release_jobs').selectAll().executeTakeFirstOrThrow();
  if (ended_at !== null) throw new Error('It ended too soon to be looked at.');
  return progress !== null;
}

test.skipIf(process.platform !== 'linux')(
  'while a server makes a release, the thread that makes it has the lowest priority, and no other is lower than before',
  async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    const before = threadsHere();
    await ask(ada, 'Make this release', { holds: 'file' });
    while (!(await isRunning(site))) await sleep(10);
    const now = threadsHere();
    await ada.press('Stop it');
    await site.settle();
    expect([...now].filter(([id, nice]) => before.has(id) && nice !== before.get(id))).toEqual([]);
    // Where a command ran in this process before, threads that it made step back are among those of before.
    expect([...now].filter(([id, nice]) => !before.has(id) && nice === LOWEST)).toHaveLength(1);
  },
);
