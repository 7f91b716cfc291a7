/** What the thread that makes a release is given, and what it tells. */
import type { Made, Wanted } from './wanted.ts';

export interface Task {
  readonly wanted: Wanted;
  readonly answersPath: string;
  readonly releasesPath: string;
  /** Where the file is written until it has its place. */
  readonly aside: string;
  readonly turn: Turn;
}

export type FromWorker =
  | { readonly kind: 'step'; readonly what: string; readonly done: number; readonly total: number }
  | { readonly kind: 'made'; readonly summary: Made }
  /** `expected`: the message is a sentence for whoever asked. */
  | { readonly kind: 'failed'; readonly expected: boolean; readonly message: string; readonly stack: string };

/** What either side may do once: the thread records the release, or the person has stopped it before. */
export class Turn {
  readonly cell: Int32Array<SharedArrayBuffer>;

  constructor(cell = new Int32Array(new SharedArrayBuffer(4))) {
    this.cell = cell;
  }

  /** Whether this side was first. */
  take(): boolean {
    return Atomics.compareExchange(this.cell, 0, 0, 1) === 0;
  }
}

/** What was handed to the thread, with its turn as an object again: a thread is given values only. */
export function getTask(data: Omit<Task, 'turn'> & { readonly cell: Int32Array<SharedArrayBuffer> }): Task {
  const { cell, ...task } = data;
  return { ...task, turn: new Turn(cell) };
}
