/** A thread that makes a release: with progress, and able to be stopped until the moment it is recorded. */
import type { Steps } from '../../release/making/wanted.ts';
import { startThread } from '../threads/thread.ts';
import { type End, type FromWorker, type Handed, type Task, Turn } from './task.ts';

const WORKER = new URL('./worker.js', import.meta.url);

export interface Running {
  readonly end: Promise<End>;
  /** Stops it; once it is being recorded there is nothing to stop any more, and it takes no time. */
  readonly stop: () => void;
}

export function runThread(task: Task, steps: Steps): Running {
  const turn = new Turn();
  const worker = startThread(WORKER, { ...task, cell: turn.cell } satisfies Handed);
  const end = new Promise<End>((resolve, reject) => {
    let last: End = { kind: 'stopped' };
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'step') steps(message.what, message.done, message.total);
      else last = message;
    });
    worker.on('error', reject);
    worker.on('exit', () => resolve(last));
  });
  const stop = () => {
    if (turn.take()) void worker.terminate();
  };
  return { end, stop };
}
