/** Asking the network tier in a thread, which keeps what it has read of large files for whoever goes from page to page. */
import { z } from 'zod';
import type { Settings } from '../../config.ts';
import type { Context } from '../../web/context.ts';
import { standingThread } from './standing-thread.ts';

/** @param places the store's file and the folder of the releases' files */
export function networkAsker({
  answersPath,
  releasesPath,
}: Pick<Settings, 'answersPath' | 'releasesPath'>): NonNullable<Context['askNetwork']> {
  const ask = standingThread(new URL('./network-thread.js', import.meta.url), { answersPath, releasesPath });
  return async (survey, wanted) => z.string().parse(await ask({ survey, wanted }));
}
