import { StoreUnavailable } from '../db/store-unavailable.ts';

/**
 * Expected trouble has a name. The table says what a browser is told; the words are `problem.<name>` in `words/`.
 * A handler throws `new Problem('not_found')`; what is not in the table is our own mistake and becomes a 500.
 */
const STATUS = {
  bad_form: 400,
  bad_address: 400,
  cross_site: 403,
  not_found: 404,
  no_such_link: 404,
  too_large: 413,
  wrong_type: 415,
  too_many: 429,
  not_saved: 503,
  unavailable: 503,
} as const;

export type ProblemName = keyof typeof STATUS;

/** A named, expected problem: thrown anywhere, shown as a page in plain words with its status. */
export class Problem extends Error {
  readonly problem: ProblemName;
  readonly status: number;
  constructor(problem: ProblemName, options?: ErrorOptions) {
    super(problem, options);
    this.name = 'Problem';
    this.problem = problem;
    this.status = STATUS[problem];
  }
}

/** The status of a named problem. */
export const statusOf = (name: ProblemName): number => STATUS[name];

/** Whether a request only reads. By HTTP, and by this house's rule, these change nothing. */
export const onlyReads = (method: string): boolean => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';

/**
 * The problem behind an error, or undefined for one nobody expected. `StoreUnavailable` is the store's own (locked,
 * full, read-only); errors with a 4xx `status` come from Express and its body reader.
 */
export function problemOf(error: unknown, method: string): ProblemName | undefined {
  if (error instanceof Problem) return error.problem;
  if (error instanceof StoreUnavailable) return onlyReads(method) ? 'unavailable' : 'not_saved';
  if (!(error instanceof Error)) return undefined;
  const status = 'status' in error && typeof error.status === 'number' ? error.status : 500;
  if (status === 413) return 'too_large';
  if (status === 415) return 'wrong_type';
  if (status >= 400 && status < 500) return onlyReads(method) ? 'bad_address' : 'bad_form';
  return undefined;
}
