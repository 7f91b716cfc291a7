/** On which level each key is published, and which keep their finest (rules M8 and M12). */

import type { Key } from '../generalise/keys.ts';
import { findOptimum, getOptimum, type Optimum } from '../generalise/lattice.ts';
import { NotReleasable } from './columns.ts';

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
 * The levels that lose least. A key that decided who was asked is not like the others: where it is made coarser, every
 * question that was put because of it goes too, and the score of the keys does not see that. So the search is done with
 * all such keys held on their finest level, then with one fewer, the one on which fewest columns rest let go first, down
 * to none held; of those that keep within the budget the one is taken that loses least of keys and columns together, a
 * column that goes counting like a key that tells nothing. The stage, on which most questions rest, so stays where it can.
 * @param columnsLost how many columns go on these levels
 * @param keep instead of this rule the keys that have to stay; none for the search over all levels
 * @throws NotReleasable where they cannot stay
 */
export function chooseLevels(
  candidates: readonly Candidate[],
  rows: number,
  columnsLost: (levels: readonly number[]) => number,
  wanted: { readonly k: number; readonly budgetRows: number; readonly keep?: readonly string[] | undefined },
): ChosenLevels {
  const { k, budgetRows, keep } = wanted;
  const holding = (kept: readonly string[]) => {
    const keys = candidates.map(({ name, key }) =>
      kept.includes(name) ? { ...key, levels: key.levels.slice(0, 1) } : key,
    );
    const found = findOptimum(keys, rows, k, budgetRows);
    return found && { ...found, kept };
  };
  if (keep) {
    const found = holding(keep);
    if (found) return found;
    throw new NotReleasable(
      `With ${keep.join(', ')} as ${keep.length === 1 ? 'it is' : 'they are'}, more than ${budgetRows} rows would have keys withheld at k = ${k}. Keep fewer of them, or leave other keys out.`,
    );
  }
  const routing = candidates
    .filter(({ routes, key }) => routes > 0 && key.levels.length > 1)
    .sort((one, other) => other.routes - one.routes)
    .map(({ name }) => name);
  const all = candidates.map(({ key }) => key);
  let best: ChosenLevels = { ...getOptimum(all, rows, k, budgetRows), kept: [] };
  const lostIn = ({ score, levels }: ChosenLevels) => score * candidates.length + columnsLost(levels);
  for (let n = 1; n <= routing.length; n++) {
    const found = holding(routing.slice(0, n));
    // With more keys held fewer rows would have company.
    if (!found) break;
    if (lostIn(found) <= lostIn(best)) best = found;
  }
  return best;
}
