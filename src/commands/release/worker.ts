/** The thread that makes a release: a respondent or a person at the terminal never waits for it. */
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openAnswers } from '../../db/open.ts';
import { isExpected } from '../expected.ts';
import { makeRelease } from './making.ts';
import { type FromWorker, getTask } from './task.ts';

const { wanted, answersPath, releasesPath, aside, turn } = getTask(workerData);
const tell = (message: FromWorker) => parentPort?.postMessage(message);

// Of this thread alone: whoever answers a survey goes first. Those that write its files keep theirs: stopped in the middle
// of a write, they would hold up everybody's.
setPriority(constants.priority.PRIORITY_LOW);

const store = await openAnswers(answersPath, { mustExist: true, leavesLog: true });
try {
  const summary = await makeRelease(
    store.db,
    wanted,
    { releasesPath, aside },
    { steps: (what, done, total) => tell({ kind: 'step', what, done, total }), mayRecord: () => turn.take() },
  );
  tell({ kind: 'made', summary });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  const expected = isExpected(error);
  tell({ kind: 'failed', expected, message, stack: error instanceof Error ? (error.stack ?? message) : message });
} finally {
  await store.close();
}
