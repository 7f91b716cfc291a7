/** Making a release at the command line, in a process of its own. */
import { randomBytes } from 'node:crypto';
import type { Settings } from '../../config.ts';
import { inTransaction } from '../../db/transaction.ts';
import { recordAttempt } from '../../release/ledger/store.ts';
import { recordStop } from '../../release/making/store.ts';
import { attemptOf, type Made, type Wanted } from '../../release/making/wanted.ts';
import { atTheCommandLine } from '../account/words.ts';
import { CommandFailed, makeFolder, showSteps, withAnswers } from '../support.ts';
import { asideIn, dropAside } from './aside.ts';
import { runWorker } from './run-worker.ts';

/**
 * Makes a release of the answers in DATA_DIR. An attempt that fails or is stopped (Ctrl-C, SIGTERM) leaves its line in
 * the ledger and nothing else. Whoever waits for it has no store open meanwhile: an open one empties the write-ahead log
 * every second, and a respondent who answers in that moment waits.
 * @throws CommandFailed
 */
export async function makeInWorker(
  wanted: Wanted,
  { answersPath, releasesPath }: Pick<Settings, 'answersPath' | 'releasesPath'>,
): Promise<Made> {
  makeFolder(releasesPath);
  const aside = asideIn(releasesPath, randomBytes(8).toString('hex'));
  const places = { answersPath, releasesPath, aside };
  const by = atTheCommandLine();
  const { end: ending, stop } = runWorker({ kind: 'make', wanted, by, job: undefined, ...places }, showSteps());
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    const end = await ending;
    if (end.kind === 'made') return end.summary;
    if (end.kind === 'compared') throw new Error('The process compared settings where it should make a release.');
    const [event, reason] =
      end.kind === 'stopped'
        ? (['cancelled', 'Stopped by the person who made it.'] as const)
        : (['failed', end.expected ? end.message : `An error of the program: ${end.message}`] as const);
    await withAnswers((db) =>
      inTransaction(db, async (trx) => {
        await recordAttempt(trx, wanted.survey, attemptOf(wanted, event, reason));
        if (event === 'cancelled') await recordStop(trx, wanted.survey, by, new Date());
      }),
    );
    if (end.kind === 'failed' && !end.expected) throw new Error(end.stack);
    throw new CommandFailed(end.kind === 'stopped' ? 'Stopped: nothing was released.' : end.message);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    dropAside(aside);
  }
}
