/**
 * A thread that does one piece of work after the other. It stays for the next one, with what it has read and made ready,
 * and ends when nobody has asked for a while.
 */
import { parentPort, type Worker } from 'node:worker_threads';
import { z } from 'zod';
import { stepBackAlone } from './step-back.ts';
import { startThread } from './thread.ts';

/** What it holds takes memory: so many milliseconds after the last request it is let go. */
const IDLE = 5 * 60_000;

const reply = z.union([
  z.object({ percent: z.number() }),
  z.object({ error: z.string() }),
  z.object({ done: z.unknown() }),
]);

/** Hears how much of a task is done, in percent. */
type Told = (percent: number) => void;

/**
 * @param file as it is when compiled; it calls `answerTasks`
 * @param workerData what the thread is told when it starts
 * @param longest how long one task may take, in milliseconds, before the thread is ended
 * @param memory how much the thread may hold, in MiB, before it is ended
 */
export function standingThread(
  file: URL,
  workerData: object,
  { longest, memory }: { readonly longest?: number; readonly memory?: number } = {},
): (task: object, told?: Told) => Promise<unknown> {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = () => {
    void thread?.terminate();
    thread = undefined;
  };
  const start = () => {
    const started = startThread(file, workerData, memory);
    // Whatever it ends of, the next request starts another.
    started.on('error', end).on('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  };
  const ask = async (task: object, told?: Told): Promise<unknown> => {
    clearTimeout(idle);
    thread ??= start();
    const tooLong = longest === undefined ? undefined : setTimeout(end, longest).unref();
    try {
      return await askThread(thread, task, told);
    } finally {
      clearTimeout(tooLong);
      // Neither the clock nor a thread that waits keeps a server that is told to stop.
      idle = setTimeout(end, IDLE).unref();
    }
  };
  return (task, told) => {
    const next = last.then(() => ask(task, told));
    last = next.catch(() => undefined);
    return next;
  };
}

/** @throws what went wrong in the thread */
function askThread(thread: Worker, task: object, told: Told = () => {}): Promise<unknown> {
  thread.ref();
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      thread.off('message', hear).off('error', fail).off('exit', fail).unref();
      finish();
    };
    const hear = (message: unknown) => {
      const said = reply.parse(message);
      if ('percent' in said) return told(said.percent);
      settle(() => ('error' in said ? reject(new Error(said.error)) : resolve(said.done)));
    };
    const fail = (error: unknown) =>
      settle(() => reject(error instanceof Error ? error : new Error('a thread ended without an answer')));
    thread.on('message', hear).on('error', fail).on('exit', fail);
    thread.postMessage(task);
  });
}

/** The thread's own side: each task is worked on, and its answer or what went wrong is sent back. */
export function answerTasks(work: (task: unknown, told: Told) => Promise<unknown>): void {
  stepBackAlone();
  parentPort?.on('message', (task) => {
    work(task, (percent) => parentPort?.postMessage({ percent })).then(
      (done) => parentPort?.postMessage({ done }),
      (error: unknown) =>
        parentPort?.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
}
