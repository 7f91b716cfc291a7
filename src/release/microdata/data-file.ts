/** A data file that may leave, before it is written in any format: every format is written from this and nothing else. */

import type { WholeNumbers } from './whole-numbers.ts';

/** What the file is, in the survey's first language where the words are the survey's own. */
export interface AboutFile {
  readonly survey: string;
  readonly version: string;
  readonly title: string;
  readonly wave: string;
  /** BCP 47, of the survey's own words: titles, labels, questions. */
  readonly language: string;
  /** The number of the release. */
  readonly release: number;
  /** YYYY-MM-DD: the only date in any file. */
  readonly madeOn: string;
  /** All answers are made up, and every file says so. */
  readonly synthetic: boolean;
  readonly audience: 'public' | 'network';
  readonly k: number;
  /** Never how many, where that could tell: none, or at least k. */
  readonly withheldRows: string;
  /** What is not in the file: the name, and the rest of a sentence that begins with it. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}

export interface DataVariable {
  /** Lower case, a letter first, at most 32 characters, unique, reserved in no statistics program (rule F7). */
  readonly name: string;
  readonly label: string;
  readonly role: 'row name' | 'key' | 'sensitive' | 'plain' | 'weight';
  /** A `name` has texts; `categories` and `count` have whole numbers; a `weight` has decimals. */
  readonly kind: 'name' | 'categories' | 'count' | 'weight';
  /** The categories stand in an order that means something. */
  readonly ordered: boolean;
  /** The question as it was put; left out where the column is worked out from answers. */
  readonly question?: { readonly code: string; readonly text: string };
  /** Who was asked, in words; left out where the column is worked out from answers. */
  readonly universe?: string;
  /** The questions that the column is worked out from. */
  readonly workedOutFrom?: readonly string[];
  /** The answers there can be, without the missing codes. */
  readonly categories: readonly { readonly value: number; readonly label: string }[];
  /** Some of its cells are withheld. */
  readonly withheldForSome: boolean;
  /** For each row of the file, in its order; numbers under 0 are missing codes (rule M15). */
  readonly values: readonly string[] | WholeNumbers | Float64Array;
}

export interface DataFile {
  readonly about: AboutFile;
  readonly rows: number;
  /** In the order of the columns, the row's name first. */
  readonly variables: readonly DataVariable[];
}
