/** Asking the network tier in a thread, one request at a time: each may read a whole file. */
import { z } from 'zod';
import type { Settings } from '../config.ts';
import type { Context } from '../web/context.ts';
import { startThread } from './thread.ts';

/** @param places the store's file and the folder of the releases' files */
export function networkAsker(
  places: Pick<Settings, 'answersPath' | 'releasesPath'>,
): NonNullable<Context['askNetwork']> {
  let last: Promise<unknown> = Promise.resolve();
  return (survey, wanted) => {
    const next = last.then(() => askInThread({ ...places, survey, wanted }));
    last = next.catch(() => undefined);
    return next;
  };
}

function askInThread(task: object): Promise<string> {
  const worker = startThread(new URL('./network-thread.js', import.meta.url), task);
  return new Promise((resolve, reject) => {
    worker.on('message', (told) => resolve(z.string().parse(told)));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the thread that asks the network tier ended without an answer')));
  });
}
