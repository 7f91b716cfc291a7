/**
 * What a release keeps for staff beside its tables: the hidden numbers and the sums that hold, so that the next release
 * can be protected beside it (rule R3). It is never shown to anybody and stands in no file.
 */
import { z } from 'zod';
import type { ProtectedTables } from '../protected-tables.ts';
import type { Fact, Facts } from './facts.ts';

export const workingSchema = z.strictObject({
  /** What was counted, by its key. */
  facts: z.record(z.string(), z.tuple([z.int(), z.enum(['shown', 'hidden', 'atRisk'])])),
});
export type Working = z.infer<typeof workingSchema>;

/** What of a release is kept: every number with a name, and what became of it. */
export function workingOf({ facts }: Facts, isShown: (fact: Fact) => boolean): Working {
  const stateOf = (fact: Fact) => (isShown(fact) ? 'shown' : fact.primary ? 'atRisk' : 'hidden');
  return {
    facts: Object.fromEntries(
      facts.flatMap((fact) => (fact.key === undefined ? [] : [[fact.key, [fact.value, stateOf(fact)]]])),
    ),
  };
}

/** An earlier release of the same wave, as the ledger holds it. */
export interface EarlierTables {
  readonly number: number;
  /** A day: 2027-03-31. */
  readonly madeOn: string;
  readonly tables: ProtectedTables;
  readonly working: Working;
}
