/** The process that makes a release: in nobody's way, and no loss to anybody who loses it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '../../../src/db/open.ts';
import { testFolder } from '../../support/folder.ts';
import { runCommand } from '../../support/run-command.ts';
import { choirs, madeUp } from '../choirs.ts';
import { addAnswers, HABITS } from '../published.ts';
import { ask, filesIn, ledgerOf, openMaking, signInAs, whileRunning } from './making-site.ts';

const LOWEST = 19;

const read = (path: string) => readFileSync(path, 'utf8');

/** How low the threads of a process stand, by their ids. */
function threadsOf(process: number | 'self'): Map<number, number> {
  return new Map(
    readdirSync(`/proc/${process}/task`).map((id) => {
      // A name may have spaces in it: what follows it is counted from its end.
      const rest = read(`/proc/${process}/task/${id}/stat`)
        .replace(/^.*\) /s, '')
        .split(' ');
      return [Number(id), Number(rest[16])];
    }),
  );
}

/** The processes that make releases for this one, or for another. */
function workersOf(process: number | 'self'): number[] {
  return readdirSync(`/proc/${process}/task`)
    .flatMap((id) => read(`/proc/${process}/task/${id}/children`).split(' '))
    .filter((id) => id !== '' && read(`/proc/${id}/cmdline`).includes('release/worker.js'))
    .map(Number);
}

describe.skipIf(process.platform !== 'linux')('while a server makes a release', () => {
  test('the process that makes it has the lowest priority in all its threads, and the server stands as before', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    const before = threadsOf('self');
    await ask(ada, 'Make this release', { holds: 'file' });
    await whileRunning(site);
    const now = threadsOf('self');
    const [worker = 0, ...others] = workersOf('self');
    const priorities = [...threadsOf(worker).values()];
    await ada.press('Stop it');
    await site.settle();
    expect([...now].filter(([id, nice]) => before.has(id) && nice !== before.get(id))).toEqual([]);
    expect([others, new Set(priorities)]).toEqual([[], new Set([LOWEST])]);
    while (existsSync(`/proc/${worker}`)) await sleep(10);
  });

  test('R1: and the system ends that process, it failed, and the server makes the next', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'file' });
    const { address } = ada;
    await whileRunning(site);
    for (const worker of workersOf('self')) process.kill(worker, 'SIGKILL');
    await site.settle();
    await ada.open(address);
    expect(ada.words).toContain('It came to nothing An error of the program. Nothing was released');
    expect(await ledgerOf(site)).toEqual([expect.stringMatching(/^failed - by Ada: An error of the program/)]);
    expect(filesIn(site)).toEqual([]);
    await ask(ada, 'Make this release', { holds: 'file' });
    await site.settle();
    expect(await site.db.selectFrom('releases').select('number').execute()).toEqual([{ number: 1 }]);
  });
});

describe.skipIf(process.platform !== 'linux')('while the command makes a release', () => {
  /** Begins one of made-up answers. */
  async function beginCommand() {
    const folder = testFolder();
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
    await addAnswers(db, madeUp(choirs, 60, 3, HABITS));
    await close();
    const words = ['dist/main.js', 'release', 'make', 'choirs', '--by', 'Ada'];
    const command = spawn(process.execPath, words, { env: { ...process.env, DATA_DIR: folder } });
    const ended = once(command, 'exit');
    const { pid = 0 } = command;
    for (;;) {
      const [worker] = workersOf(pid);
      if (worker !== undefined) return { folder, command, ended, worker };
      await sleep(5);
    }
  }

  const linesOf = async (folder: string): Promise<{ event: string; reason: string }[]> =>
    JSON.parse((await runCommand(['release', 'list', 'choirs', '--json'], folder)).out).lines;

  test('R1: and the command falls, its process makes nothing for nobody', async () => {
    const { folder, command, ended, worker } = await beginCommand();
    command.kill('SIGKILL');
    await ended;
    while (existsSync(`/proc/${worker}`)) await sleep(10);
    expect([readdirSync(join(folder, 'releases')), await linesOf(folder)]).toEqual([[], []]);
  });

  test('R1: and its process falls, the ledger says that it failed', async () => {
    const { folder, ended, worker } = await beginCommand();
    process.kill(worker, 'SIGKILL');
    expect(await ended).toEqual([1, null]);
    const [{ event, reason } = {}, ...others] = await linesOf(folder);
    expect([event, reason, others]).toEqual(['failed', 'An error of the program: its process ended with SIGKILL', []]);
  });
});
