/** The thread that makes a release: a respondent or a person at the terminal never waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Kysely } from 'kysely';
import { recordDeed } from '../../accounts/audit/store.ts';
import { openAnswers } from '../../db/open.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { thingOf } from '../../release/ledger/deeds.ts';
import { compare } from '../../release/making/comparison.ts';
import { closeMade } from '../../release/making/store.ts';
import { isExpected } from '../expected.ts';
import { stepBack, stepBackAlone } from '../threads/step-back.ts';
import { clearAway } from './aside.ts';
import { makeRelease } from './making.ts';
import { type FromWorker, type Handed, type Outcome, Turn } from './task.ts';
import { tryUsual } from './try-settings.ts';

const { kind, wanted, by, job, answersPath, releasesPath, aside, cell }: Handed = workerData;
const turn = new Turn(cell);
const tell = (message: FromWorker) => parentPort?.postMessage(message);

if (job === undefined) stepBack();
else stepBackAlone();

/** Nobody ever wakes it: a thread that waits for this rests. */
const rest = new Int32Array(new SharedArrayBuffer(4));
let begun = performance.now();

/** After each few thousand answers as long a rest as reading them took: half of those who answer meanwhile meet nobody. */
function step(what: string, done: number, total: number): void {
  tell({ kind: 'step', what, done, total });
  if (what === 'Answers read') Atomics.wait(rest, 0, 0, performance.now() - begun);
  begun = performance.now();
}

const store = await openAnswers(answersPath, { mustExist: true, leavesLog: true });
begun = performance.now();
try {
  tell(kind === 'make' ? await make(store.db) : await tryThem(store.db));
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const expected = isExpected(error);
  tell({ kind: 'failed', expected, message, stack: error instanceof Error ? (error.stack ?? message) : message });
} finally {
  await store.close();
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
        mayRecord: () => turn.take(),
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
