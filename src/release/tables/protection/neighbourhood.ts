/** The unknown numbers around one, and the sums over them, as a linear program takes them. */
import { membersOf } from './bounds.ts';
import type { Fact, Facts } from './facts.ts';

export interface Neighbourhood {
  /** Each a column of the program, the nearest first. */
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
  /** What else is in it, known or held at what it is, by its id. */
  readonly others: readonly (readonly [id: number, weight: number])[];
}

/**
 * The unknown numbers nearest to one, going from sum to sum until there are enough of them, within one release. Those
 * further off are held at what they are, so that whatever the numbers inside can be, they can be in truth: a number found
 * open here is open. How many came since an earlier release is as open as the number then, and is looked at from there.
 * @param limit so many at most, beside how many came since
 */
export function neighbourhoodOf(
  facts: Facts,
  id: number,
  isShown: (id: number) => boolean,
  limit: number,
): Neighbourhood {
  const start = facts.facts[id]?.step?.from ?? id;
  return over(spread([], [isShown(start) ? id : start], facts, isShown, limit), facts, isShown);
}

/**
 * The same with numbers that were held, and those nearest to them, until there are so many.
 * What could be filled in before can be still.
 */
export function widen(
  { unknown }: Neighbourhood,
  held: readonly number[],
  facts: Facts,
  isShown: (id: number) => boolean,
  limit: number,
): Neighbourhood {
  const inside = unknown.map(({ id }) => id);
  return over(spread(inside, held, facts, isShown, limit), facts, isShown);
}

/** Some numbers and others, and those nearest to the others first; from a step since an earlier release no further. */
function spread(
  inside: readonly number[],
  from: readonly number[],
  { facts, relations, of }: Facts,
  isShown: (id: number) => boolean,
  limit: number,
): number[] {
  const isStep = (each: number) => facts[each]?.step !== undefined;
  const columns = new Set([...inside, ...from]);
  let own = [...columns].filter((each) => !isStep(each)).length;
  const due = new Set([...from, ...inside]);
  for (const reached of due) {
    if (own >= limit) break;
    for (const index of of[reached] ?? []) {
      for (const other of membersOf(relations[index])) {
        if (columns.has(other) || isShown(other) || (isStep(reached) && !isStep(other))) continue;
        columns.add(other);
        due.add(other);
        if (!isStep(other)) own++;
      }
    }
  }
  return [...columns];
}

function over(ids: readonly number[], { facts, relations, of }: Facts, isShown: (id: number) => boolean) {
  const columns = new Map(ids.map((id, column) => [id, column]));
  const touched = new Set(ids.flatMap((inside) => of[inside] ?? []));
  const rows = [...touched].flatMap((index) => {
    const relation = relations[index];
    if (!relation) return [];
    const weights = new Map<number, number>();
    const others: [number, number][] = [];
    let known = 0;
    for (const [place, member] of membersOf(relation).entries()) {
      const weight = place === 0 ? 1 : -1;
      const column = columns.get(member);
      if (column !== undefined) weights.set(column, (weights.get(column) ?? 0) + weight);
      else {
        known += weight * (facts[member]?.value ?? 0);
        others.push([member, weight]);
      }
    }
    for (const [column, weight] of weights) if (weight === 0) weights.delete(column);
    return weights.size === 0 ? [] : [{ weights, total: -known, others }];
  });
  const unknown = ids.flatMap((inside) => facts[inside] ?? []);
  return { unknown, columns, rows, whole: rows.every(({ others }) => others.every(([id]) => isShown(id))) };
}
