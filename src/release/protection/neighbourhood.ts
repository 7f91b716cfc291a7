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

/**
 * The unknown numbers nearest to one, going from sum to sum until there are `limit` of them. Those further off are
 * held at what they are, so that whatever the numbers inside can be, they can be in truth: a number found open here is
 * open.
 */
export function neighbourhoodOf(
  { facts, relations, of }: Facts,
  id: number,
  isShown: (id: number) => boolean,
  limit: number,
): Neighbourhood {
  const columns = new Map([[id, 0]]);
  for (const reached of columns.keys()) {
    if (columns.size >= limit) break;
    for (const index of of[reached] ?? []) {
      for (const other of membersOf(relations[index])) {
        if (!columns.has(other) && !isShown(other)) columns.set(other, columns.size);
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
