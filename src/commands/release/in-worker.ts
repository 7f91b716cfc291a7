/** Making a release in a thread of its own: with progress, and able to be stopped until the moment it is recorded. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { Settings } from '../../config.ts';
import { recordAttempt } from '../../release/ledger/store.ts';
import { CommandFailed, makeFolder, showSteps, withAnswers } from '../support.ts';
import { startThread } from '../thread.ts';
import { type FromWorker, Turn } from './task.ts';
import type { Made, Wanted } from './wanted.ts';

const WORKER = new URL('./worker.js', import.meta.url);

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
  const aside = join(releasesPath, `.${randomBytes(8).toString('hex')}.part`);
  const turn = new Turn();
  const worker = startThread(WORKER, { wanted, answersPath, releasesPath, aside, cell: turn.cell });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const stop = () => {
    // Once it is being recorded there is nothing to stop any more, and it takes no time.
    if (turn.take()) void worker.terminate();
  };
  for (const signal of signals) process.on(signal, stop);
  try {
    const end = await endOf(worker);
    if (end.kind === 'made') return end.summary;
    const { event, reason } =
      end.kind === 'stopped'
        ? { event: 'cancelled' as const, reason: 'Stopped by the person who made it.' }
        : { event: 'failed' as const, reason: end.expected ? end.message : `An error of the program: ${end.message}` };
    const { survey, person, today: on, ...about } = wanted;
    await withAnswers((db) => recordAttempt(db, survey, { event, person, on, reason, about }));
    if (end.kind === 'failed' && !end.expected) throw new Error(end.stack);
    throw new CommandFailed(end.kind === 'stopped' ? 'Stopped: nothing was released.' : end.message);
  } finally {
    for (const signal of signals) process.off(signal, stop);
    rmSync(aside, { force: true });
  }
}

type End = Exclude<FromWorker, { kind: 'step' }> | { readonly kind: 'stopped' };

function endOf(worker: Worker): Promise<End> {
  const show = showSteps();
  return new Promise((resolve, reject) => {
    let end: End = { kind: 'stopped' };
    worker.on('message', (message: FromWorker) => {
      if (message.kind !== 'step') {
        end = message;
        return;
      }
      show(message.what, message.done, message.total);
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve(end));
  });
}
