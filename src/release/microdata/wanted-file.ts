/** What somebody wants of a data file. */
import type { Override } from '../overrides.ts';
import type { ProtectedTables } from '../tables/protected-tables.ts';
import type { Audience } from './rules.ts';

/** The share of rows that may be left over for single cells (rule M8). */
export const BUDGET = 0.05;

export interface WantedSettings {
  readonly audience: Audience;
  readonly k: number;
  /** Of the declared keys those that the file may have; all where left out. */
  readonly keyNames?: readonly string[] | undefined;
  /** The keys that have to stay on their finest level; left out, those that decided who was asked, if they can. */
  readonly keep?: readonly string[] | undefined;
  /** `BUDGET` where left out. */
  readonly budget?: number | undefined;
  /** For each response; undefined where the survey declares none. */
  readonly weights?: Float64Array | undefined;
  /** Tables that are published, and those about to be. */
  readonly tables: readonly ProtectedTables[];
  readonly overrides?: readonly Override[] | undefined;
}

export interface WantedFile extends WantedSettings {
  /** The number of the release. */
  readonly number: number;
  readonly synthetic: boolean;
  /** `BYTES_A_ROW` random bytes for each response, and `BYTES_A_FILE` more: whoever holds them could tell which row was whose. */
  readonly random: Uint8Array;
  /** Told how many steps are done, of how many. */
  readonly report?: ((done: number, total: number) => void) | undefined;
}
