/** The thread that makes a release: a respondent or a person at the terminal never waits for it. */
import { parentPort, workerData } from 'node:worker_threads';
import { openAnswers } from '../../db/open.ts';
import { isExpected } from '../expected.ts';
import { makeRelease } from './making.ts';
import { stepBack } from './step-back.ts';
import { type FromWorker, getTask } from './task.ts';

const { wanted, answersPath, releasesPath, aside, turn } = getTask(workerData);
const tell = (message: FromWorker) => parentPort?.postMessage(message);

stepBack();

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
  const summary = await makeRelease(
    store.db,
    wanted,
    { releasesPath, aside },
    { steps: step, mayRecord: () => turn.take() },
  );
  tell({ kind: 'made', summary });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const expected = isExpected(error);
  tell({ kind: 'failed', expected, message, stack: error instanceof Error ? (error.stack ?? message) : message });
} finally {
  await store.close();
}
