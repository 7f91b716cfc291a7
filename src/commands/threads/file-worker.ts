/** Working on surveys' files in a thread, which is ended where a file asks for more time or memory than any should. */
import type { Context } from '../../web/context.ts';
import { standingThread } from './standing-thread.ts';

/** In milliseconds. The AI adoption survey takes a third of a second. */
const LONGEST = 2 * 60_000;
const MOST_MEMORY_MB = 768;

/** @param longest how long one task may take, in milliseconds */
export function fileWorker(longest = LONGEST): NonNullable<Context['workOnFile']> {
  return standingThread(new URL('./file-thread.js', import.meta.url), {}, { longest, memory: MOST_MEMORY_MB });
}
