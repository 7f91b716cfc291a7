/** What the thread that makes a release is given, and what it tells. */
import type { Actor } from '../../accounts/account.ts';
import type { Compared } from '../../release/making/comparison.ts';
import type { Made, Wanted } from '../../release/making/wanted.ts';

export interface Task {
  /** Making the release, or trying what a data file would risk and lose. */
  readonly kind: 'make' | 'compare';
  readonly wanted: Wanted;
  /** Who does it, for the audit. */
  readonly by: Actor;
  /** Where it was asked for on the site: the server's own threads are then left as they are. */
  readonly job: string | undefined;
  readonly answersPath: string;
  readonly releasesPath: string;
  /** Where the file is written until it has its place. */
  readonly aside: string;
}

/** What came of it. */
export type Outcome =
  | { readonly kind: 'made'; readonly summary: Made }
  | { readonly kind: 'compared'; readonly compared: readonly Compared[] }
  /** `expected`: the message is a sentence for whoever asked. */
  | { readonly kind: 'failed'; readonly expected: boolean; readonly message: string; readonly stack: string };

export type FromWorker =
  | { readonly kind: 'step'; readonly what: string; readonly done: number; readonly total: number }
  | Outcome;

/** How it ended. */
export type End = Outcome | { readonly kind: 'stopped' };

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

/** What is handed to a thread: values only. */
export type Handed = Task & { readonly cell: Int32Array<SharedArrayBuffer> };
