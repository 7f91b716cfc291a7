/** Starting the process that makes a release: with progress, and able to be stopped until it is being recorded. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Steps } from '../../release/making/wanted.ts';
import { FROM_SOURCE } from '../threads/thread.ts';
import type { End, FromWorker, Task, ToWorker } from './task.ts';

const WORKER = fileURLToPath(new URL(FROM_SOURCE ? './worker.ts' : './worker.js', import.meta.url));

/**
 * What comes and goes is cleared away after every 24 MiB (three times this), and not after 48 as Node would: the program
 * is smaller by 20 to 40 MiB, and takes as long.
 */
const CLEARS_OFTEN = '--max-semi-space-size=8';

export interface Running {
  readonly end: Promise<End>;
  /** Stops it; once it is being recorded there is nothing to stop any more, and it takes no time. */
  readonly stop: () => void;
}

/**
 * Does it in a process of its own. Unlike a thread of the server it steps back with all that works for it, gives its memory
 * back when it ends, and what ends it (too little memory, a fault of a library) does not end the server.
 */
export function runWorker(task: Task, steps: Steps): Running {
  const worker = fork(WORKER, {
    serialization: 'advanced',
    execArgv: [...process.execArgv, CLEARS_OFTEN],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const tell = (message: ToWorker) => worker.send(message, () => {});
  let stopped = false;
  let recording = false;
  const end = new Promise<End>((resolve) => {
    let last: End | undefined;
    worker.on('message', (message: FromWorker) => {
      if (message.kind === 'step') steps(message.what, message.done, message.total);
      else if (message.kind === 'ready') {
        if (stopped) return;
        recording = true;
        tell('record');
      } else last = message;
    });
    // It could not be started; then nothing else may be heard of it.
    worker.on('error', (error) => resolve(failed(error.message)));
    // With its last message read, which may come after it has ended.
    worker.on('close', (code, signal) => {
      resolve(last ?? (stopped ? { kind: 'stopped' } : failed(`its process ended with ${signal ?? code}`)));
    });
  });
  tell(task);
  const stop = () => {
    if (recording) return;
    stopped = true;
    worker.kill('SIGKILL');
  };
  return { end, stop };
}

function failed(message: string): End {
  return { kind: 'failed', expected: false, message, stack: message };
}
