/** What the process that makes a release is given, and what it tells. */
import type { Actor } from '../../accounts/account.ts';
import type { Compared } from '../../release/making/comparison.ts';
import type { Made, Wanted } from '../../release/making/wanted.ts';

export interface Task {
  /** Making the release, or trying what a data file would risk and lose. */
  readonly kind: 'make' | 'compare';
  readonly wanted: Wanted;
  /** Who does it, for the audit. */
  readonly by: Actor;
  /** Where it was asked for on the site. */
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
  /** All is worked out, and it may be stopped until it hears that it may record it. */
  | { readonly kind: 'ready' }
  | Outcome;

/** First what to do, then that it may be recorded. */
export type ToWorker = Task | 'record';

/** How it ended. */
export type End = Outcome | { readonly kind: 'stopped' };
