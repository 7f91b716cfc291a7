/**
 * What a release keeps for staff beside its tables: the hidden numbers and the sums that hold, so that the next release
 * can be protected beside it (rule R3). It is never shown to anybody and stands in no file.
 */
import { z } from 'zod';
import type { ProtectedTables } from '../protected-tables.ts';
import { membersOf } from './bounds.ts';
import type { Fact, Facts } from './facts.ts';

/** What became of a number: hidden and of no matter by itself, published, or hidden because it would give somebody away. */
export const STATE = { hidden: 0, shown: 1, atRisk: 2 } as const;

export const workingSchema = z.strictObject({
  /** Key (empty for a step of reckoning), value, and state. */
  facts: z.array(z.tuple([z.string(), z.int(), z.int().min(STATE.hidden).max(STATE.atRisk)])),
  /** The places of a total and of its parts among the facts. */
  relations: z.array(z.array(z.int().min(0))),
});
export type Working = z.infer<typeof workingSchema>;

/**
 * The working of a release. Sums of which all is published say nothing more and are left out.
 * @param own how many of the facts and the relations are the release's own; those after them are of earlier ones
 */
export function workingOf(
  { facts, relations }: Facts,
  own: { readonly facts: number; readonly relations: number },
  stateOf: (fact: Fact) => number,
): Working {
  const states = facts.slice(0, own.facts).map(stateOf);
  const telling = relations
    .slice(0, own.relations)
    .map(membersOf)
    .filter((members) => members.some((id) => states[id] !== STATE.shown));
  const inSums = new Set(telling.flat());
  const kept = facts
    .slice(0, own.facts)
    .filter(({ id, key }) => inSums.has(id) || (key !== undefined && states[id] !== STATE.hidden));
  const places = new Map(kept.map(({ id }, place) => [id, place]));
  return {
    facts: kept.map(({ id, key, value }) => [key ?? '', value, states[id] ?? STATE.hidden]),
    relations: telling.map((members) => members.map((id) => places.get(id) ?? 0)),
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
