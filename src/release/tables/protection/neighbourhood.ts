/** The unknown numbers around one, and the sums over them, as a linear program takes them. */
import { membersOf } from './bounds.ts';
import type { Fact, Facts } from './facts.ts';

export interface Neighbourhood {
  /** Each a column of the program. */
  readonly unknown: readonly Fact[];
  /** The column of a fact, by its id. */
  readonly columns: ReadonlyMap<number, number>;
  readonly rows: readonly Row[];
  /** Nothing else that is unknown hangs together with these. */
  readonly whole: boolean;
}

/** A sum over columns, with what is known, or held, taken to the other side. */
interface Row {
  readonly weights: ReadonlyMap<number, number>;
  readonly total: number;
}

/** How far around a number is looked. */
export interface Look {
  /** At so many unknown numbers at most. */
  readonly limit: number;
  /** Whether also at those of other releases; if not, they are held, and only how many came since is open. */
  readonly across: boolean;
}

/**
 * The unknown numbers nearest to one, the nearest first, going from sum to sum until there are enough of them. Those
 * further off are held at what they are, so that whatever the numbers inside can be, they can be in truth: a number found
 * open here is open. How many came since an earlier release is as open as the number then, and is looked at from there.
 */
export function neighbourhoodOf(
  { facts, relations, of }: Facts,
  id: number,
  isShown: (id: number) => boolean,
  { limit, across }: Look,
): Neighbourhood {
  const start = facts[id]?.since ?? id;
  const columns = isShown(start) ? new Map([[id, 0]]) : new Map([[start, 0]]);
  const isStep = (each: number) => !across && facts[each]?.since !== undefined;
  let own = 1;
  for (const reached of columns.keys()) {
    if (own >= limit) break;
    for (const index of of[reached] ?? []) {
      for (const other of membersOf(relations[index])) {
        if (columns.has(other) || isShown(other) || (isStep(reached) && !isStep(other))) continue;
        columns.set(other, columns.size);
        if (!isStep(other)) own++;
      }
    }
  }
  const touched = new Set([...columns.keys()].flatMap((inside) => of[inside] ?? []));
  let whole = true;
  const rows = [...touched].flatMap((index) => {
    const relation = relations[index];
    if (!relation) return [];
    const weights = new Map<number, number>();
    let known = 0;
    for (const [place, member] of membersOf(relation).entries()) {
      const weight = place === 0 ? 1 : -1;
      const column = columns.get(member);
      if (column !== undefined) weights.set(column, (weights.get(column) ?? 0) + weight);
      else {
        known += weight * (facts[member]?.value ?? 0);
        whole &&= isShown(member);
      }
    }
    for (const [column, weight] of weights) if (weight === 0) weights.delete(column);
    return weights.size === 0 ? [] : [{ weights, total: -known }];
  });
  return { unknown: [...columns.keys()].flatMap((inside) => facts[inside] ?? []), columns, rows, whole };
}
