/** Work that can take longer than a page waits: it goes on when the page is left, and whoever looks again sees how far it is. */

import type { Logger } from 'pino';
import type { z } from 'zod';
import { placeOf } from './errors.ts';

/** How long a page waits before it shows how far the work is, in milliseconds. */
const PATIENCE = 1000;

/** What work came to takes memory: beyond so many the oldest is forgotten, and done again when it is asked for. */
const MOST_KEPT = 100;

/** What work comes to that asks for more time or memory than any should, or goes wrong. */
export interface Unfinished {
  readonly unfinished: true;
}

/** What a thread makes of a task. @param schema of that @param what the task, for the log */
export async function tryWork<T>(
  log: Logger,
  what: string,
  work: () => Promise<unknown>,
  schema: z.ZodType<T>,
): Promise<T | Unfinished> {
  try {
    return schema.parse(await work());
  } catch (error) {
    log.error({ ...placeOf(error), task: what }, 'work in a thread failed');
    return { unfinished: true };
  }
}

/** Hears how much of some work is done, in percent. */
export type Told = (percent: number) => void;

/** Where work stands that is not done yet. */
export interface UnderWay {
  readonly percent: number;
}

/** What `layout/working` shows of work that is not done, beside the frame of its room. */
export function viewWork(
  work: UnderWay | Unfinished,
  words: Readonly<Record<'address' | 'step' | 'meanwhile' | 'mend', string>>,
) {
  return { ...work, ...words, refresh: 'percent' in work, links: [] };
}

interface Kept<T> {
  readonly end: Promise<T>;
  readonly standing: { percent: number; came: T | undefined };
}

/** Work that is done once under each key. What it throws is told to whoever waits then, and it is begun anew by who comes next. */
export class KeptWork<T extends object> {
  readonly #kept = new Map<string, Kept<T>>();

  /** What the work comes to, however long it takes. */
  finish(key: string, work: (told: Told) => Promise<T>): Promise<T> {
    return this.#begin(key, work).end;
  }

  /** The same, or how much of it is done where it takes longer than a page can wait. */
  async look(key: string, work: (told: Told) => Promise<T>): Promise<T | UnderWay> {
    const { end, standing } = this.#begin(key, work);
    const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref());
    if (!standing.came) await Promise.race([end, enough]);
    return standing.came ?? { percent: standing.percent };
  }

  #begin(key: string, work: (told: Told) => Promise<T>): Kept<T> {
    const known = this.#kept.get(key);
    if (known) return known;
    const standing: Kept<T>['standing'] = { percent: 0, came: undefined };
    const end = work((percent) => {
      standing.percent = percent;
    });
    const kept = { end, standing };
    this.#kept.set(key, kept);
    end.then(
      (came) => {
        standing.came = came;
      },
      () => this.#kept.delete(key),
    );
    for (const oldest of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest);
    return kept;
  }
}
