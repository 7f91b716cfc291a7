/** On which level each key is published, and which keep their finest (rules M8 and M12). */
import { NotReleasable } from './columns.ts';
import type { Key } from './generalise/keys.ts';
import { findOptimum, getOptimum, type Optimum } from './generalise/lattice.ts';

/** A key in the search. */
export interface Candidate {
  readonly name: string;
  readonly key: Key;
  /** How many columns are lost when it is made coarser, because it decided who was asked. */
  readonly routes: number;
}

export interface ChosenLevels extends Optimum {
  /** The keys that were held on their finest level, by name. */
  readonly kept: readonly string[];
}

/**
 * The levels that lose least. A key that decided who was asked stays on its finest level where the budget allows it:
 * else every question that was put because of it would have to go too, and the score of the keys does not see that.
 * Those on which most columns rest stay first; where not all can, the one that matters least is let go, then the next.
 * @param keep instead of this rule the keys that have to stay; none for the search over all levels
 * @throws NotReleasable where they cannot stay
 */
export function chooseLevels(
  candidates: readonly Candidate[],
  rows: number,
  wanted: { readonly k: number; readonly budgetRows: number; readonly keep?: readonly string[] | undefined },
): ChosenLevels {
  const { k, budgetRows, keep } = wanted;
  const search = (kept: readonly string[]) =>
    findOptimum(
      candidates.map(({ name, key }) => (kept.includes(name) ? { ...key, levels: key.levels.slice(0, 1) } : key)),
      rows,
      k,
      budgetRows,
    );
  if (keep) {
    const found = search(keep);
    if (found) return { ...found, kept: keep };
    throw new NotReleasable(
      `With ${keep.join(', ')} as ${keep.length === 1 ? 'it is' : 'they are'}, more than ${budgetRows} rows would have keys withheld at k = ${k}. Keep fewer of them, or leave other keys out.`,
    );
  }
  const routing = candidates
    .filter(({ routes, key }) => routes > 0 && key.levels.length > 1)
    .sort((one, other) => other.routes - one.routes)
    .map(({ name }) => name);
  for (let n = routing.length; n > 0; n--) {
    const kept = routing.slice(0, n);
    const found = search(kept);
    if (found) return { ...found, kept };
  }
  const all = candidates.map(({ key }) => key);
  return { ...getOptimum(all, rows, k, budgetRows), kept: [] };
}
