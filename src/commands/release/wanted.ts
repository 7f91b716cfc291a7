/** What making a release is given, and what it tells. */
import type { Audience } from '../../release/ledger/ledger.ts';
import type { Override } from '../../release/microdata/rules.ts';

/** What somebody wants released. Plain values: it is handed to a thread. */
export interface Wanted {
  readonly survey: string;
  readonly audience: Audience;
  /** What it holds: tables are for the public. */
  readonly tables: boolean;
  readonly data: boolean;
  readonly person: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Of the data file; left out, the least that the audience may have. */
  readonly k?: number | undefined;
  /** Of the declared keys those that the file may have; all where left out. */
  readonly keyNames?: readonly string[] | undefined;
  /** Keys that have to stay on their finest level. */
  readonly keep?: readonly string[] | undefined;
  /** Somebody's word that a public file of few responses may be made. */
  readonly override?: Override | undefined;
  /** Review files with what people typed; their names, because a failed attempt's wishes are kept in the ledger. */
  readonly texts?: readonly string[] | undefined;
  /** Who read them. */
  readonly reviewedBy?: string | undefined;
}

/** What was made, in plain values too. */
export interface Made {
  readonly survey: string;
  readonly release: number;
  readonly audience: Audience;
  readonly responses: number;
  readonly synthetic: boolean;
  readonly file:
    | { readonly rows: number; readonly columns: number; readonly k: number; readonly keys: readonly string[] }
    | undefined;
}

/** Told how far a part of the work has come. */
export type Steps = (what: string, done: number, total: number) => void;

/** Where a release's file is written, and where its place is then. */
export interface Places {
  readonly releasesPath: string;
  readonly aside: string;
}

/** Whoever waits: told how far it is, and asked once, before it is recorded, whether it is still wanted. */
export interface Waiting {
  readonly steps: Steps;
  readonly mayRecord: () => boolean;
}
