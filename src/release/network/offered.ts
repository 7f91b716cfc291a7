import type { Question } from './questions.ts';

/** A question that may be asked, with its counts in every atom. */
export interface Offered {
  readonly question: Question;
  /** For each key the finest level on which it can be crossed; the top where it cannot. */
  readonly levels: readonly number[];
  /** For each item, for each atom in order, the respondents in each cell. */
  readonly counts: readonly Int32Array[];
}
