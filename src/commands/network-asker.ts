/**
 * Asking the network tier in a thread, one request at a time: each may read a whole file. The thread stays for whoever
 * goes from page to page, with what it has read, and ends when nobody has asked for a while.
 */
import type { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { Settings } from '../config.ts';
import type { Context } from '../web/context.ts';
import { startThread } from './thread.ts';

/** A large file takes memory: so many milliseconds after the last request it is let go. */
const IDLE = 5 * 60_000;

const reply = z.union([z.object({ told: z.string() }), z.object({ error: z.string() })]);

/** @param places the store's file and the folder of the releases' files */
export function networkAsker(
  places: Pick<Settings, 'answersPath' | 'releasesPath'>,
): NonNullable<Context['askNetwork']> {
  let last: Promise<unknown> = Promise.resolve();
  let thread: Worker | undefined;
  let idle: NodeJS.Timeout | undefined;
  const end = () => {
    void thread?.terminate();
    thread = undefined;
  };
  const start = () => {
    const started = startThread(new URL('./network-thread.js', import.meta.url), places);
    // Whatever it ends of, the next request starts another.
    started.on('error', end).on('exit', () => {
      if (thread === started) thread = undefined;
    });
    return started;
  };
  const ask = async (task: object): Promise<string> => {
    clearTimeout(idle);
    thread ??= start();
    try {
      return await askThread(thread, task);
    } finally {
      // Neither the clock nor a thread that waits keeps a server that is told to stop.
      idle = setTimeout(end, IDLE).unref();
    }
  };
  return (survey, wanted) => {
    const next = last.then(() => ask({ survey, wanted }));
    last = next.catch(() => undefined);
    return next;
  };
}

/** @throws what went wrong in the thread */
function askThread(thread: Worker, task: object): Promise<string> {
  thread.ref();
  return new Promise<string>((resolve, reject) => {
    const fail = (error: unknown) =>
      settle(() => reject(error instanceof Error ? error : new Error('the thread of the network tier ended early')));
    const hear = (message: unknown) => {
      const said = reply.parse(message);
      settle(() => ('told' in said ? resolve(said.told) : reject(new Error(said.error))));
    };
    const settle = (done: () => void) => {
      thread.off('message', hear).off('error', fail).off('exit', fail).unref();
      done();
    };
    thread.on('message', hear).on('error', fail).on('exit', fail);
    thread.postMessage(task);
  });
}
