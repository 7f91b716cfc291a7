/** How the audit calls what happens to releases. */
import type { Action } from '../../accounts/audit/audit.ts';
import type { Decision } from './ledger.ts';

export const DEED = {
  approved: 'release_approved',
  refused: 'release_refused',
  withdrawn: 'release_withdrawn',
} as const satisfies Readonly<Record<Decision['event'], Action>>;

/** A release by its survey and number. */
export interface ReleaseName {
  readonly survey: string;
  readonly number: number;
}

/** A release as the audit knows it. */
export const thingOf = ({ survey, number }: ReleaseName) =>
  ({ kind: 'release', id: `${survey}/${number}`, name: `release ${number} of ${survey}` }) as const;
