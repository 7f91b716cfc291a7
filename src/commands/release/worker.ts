/** The process that makes a release: a respondent or a person at the terminal never waits for it. */
import { once } from 'node:events';
import type { Kysely } from 'kysely';
import { recordDeed } from '../../accounts/audit/store.ts';
import { openAnswers } from '../../db/open.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { thingOf } from '../../release/ledger/deeds.ts';
import { compare } from '../../release/making/comparison.ts';
import { closeMade } from '../../release/making/store.ts';
import { isExpected } from '../expected.ts';
import { stepBack } from '../threads/step-back.ts';
import { clearAway, dropAside } from './aside.ts';
import { makeRelease, TABLES } from './making.ts';
import type { FromWorker, Outcome, Task } from './task.ts';
import { tryUsual } from './try-settings.ts';

// Ctrl-C and whoever stops a service tell all its processes. Whether this one stops is decided by the one that began it.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
stepBack();

// Where nobody hears it any more, the channel is closed, and that ends the process.
const tell = (message: FromWorker) => process.send?.(message, () => {});
const [task] = (await once(process, 'message')) as [Task];
const { kind, wanted, by, job, answersPath, releasesPath, aside } = task;

process.on('disconnect', () => {
  // Whoever wanted it is gone.
  dropAside(aside);
  process.exit();
});

/** Nobody ever wakes it: a thread that waits for this rests. */
const rest = new Int32Array(new SharedArrayBuffer(4));
let begun = performance.now();

/**
 * After each piece of work as long a rest as it took: half of those who answer meanwhile meet nobody. Tables are worked out
 * without one: that is arithmetic of one thread in little memory, which does not get in anybody's way.
 */
function step(what: string, done: number, total: number): void {
  tell({ kind: 'step', what, done, total });
  if (!what.startsWith(TABLES)) Atomics.wait(rest, 0, 0, performance.now() - begun);
  begun = performance.now();
}

process.send?.(await outcome(), () => process.disconnect());

async function outcome(): Promise<Outcome> {
  try {
    const { db, close } = await openAnswers(answersPath, { mustExist: true, leavesLog: true });
    begun = performance.now();
    try {
      return kind === 'make' ? await make(db) : await tryThem(db);
    } finally {
      await close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const stack = error instanceof Error ? (error.stack ?? message) : message;
    return { kind: 'failed', expected: isExpected(error), message, stack };
  }
}

/** From here on nobody stops it: it waits until it is told so. */
async function beforeRecording(): Promise<void> {
  const told = once(process, 'message');
  tell({ kind: 'ready' });
  await told;
}

async function make(db: Kysely<AnswersTables>): Promise<Outcome> {
  const { survey } = wanted;
  await clearAway(db, releasesPath);
  try {
    const summary = await makeRelease(
      db,
      wanted,
      { releasesPath, aside },
      {
        steps: step,
        beforeRecording,
        also: async (trx, number) => {
          const now = new Date();
          if (job !== undefined) await closeMade(trx, job, number, now);
          const made = { action: 'release_made', object: thingOf({ survey, number }), about: { survey } } as const;
          await recordDeed(trx, by, made, now);
        },
      },
    );
    return { kind: 'made', summary };
  } finally {
    // Where the store cannot be used now, the next to make a release or to start the server clears it away.
    await clearAway(db, releasesPath, aside).catch(() => {});
  }
}

async function tryThem(db: Kysely<AnswersTables>): Promise<Outcome> {
  const { trials, settings } = await tryUsual(db, wanted, step);
  return { kind: 'compared', compared: compare(trials, settings, wanted) };
}
