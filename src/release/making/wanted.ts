/** What somebody wants released, and what came of it: for the command, for the site and for the process that does it. */
import { z } from 'zod';
import type { Audience } from '../ledger/ledger.ts';
import type { Person } from '../ledger/person.ts';
import type { Attempt } from '../ledger/store.ts';
import { LEAST_K } from '../microdata/rules.ts';
import type { Override } from '../overrides.ts';

/** k as somebody gives it: at a flag, or in a box. */
export const kSchema = z.coerce
  .number('a number')
  .int('a whole number')
  .min(LEAST_K, `at least ${LEAST_K}: with fewer, people could be recognised`)
  .max(1000, 'at most 1000');

/** A review file with what people typed at one question. */
export interface ReviewFile {
  /** What to call it where something is wrong with it. */
  readonly name: string;
  readonly text: string;
}

/** What a release is to hold, whoever wants it. */
export interface Wishes {
  readonly audience: Audience;
  /** Tables are for the public. */
  readonly tables: boolean;
  readonly data: boolean;
  /** Of the data file; left out, the least that the audience may have. */
  readonly k?: number | undefined;
  /** Of the declared keys those that the file may have; all where left out. */
  readonly keyNames?: readonly string[] | undefined;
  /** Keys that have to stay on their finest level. */
  readonly keep?: readonly string[] | undefined;
}

/** What somebody wants released. Plain values: it is handed to a process. */
export interface Wanted extends Wishes {
  readonly survey: string;
  readonly person: Person;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** Their own word for what would be refused. */
  readonly overrides?: readonly Override[] | undefined;
  readonly texts?: readonly ReviewFile[] | undefined;
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

/** The line for the ledger of a release that was wanted and is not there. What people typed stands in no ledger. */
export function attemptOf(
  { survey: _, person, today: on, texts, ...about }: Wanted,
  event: Attempt['event'],
  reason: string,
): Attempt {
  return { event, person, on, reason, about: { ...about, texts: texts?.map(({ name }) => name) } };
}
