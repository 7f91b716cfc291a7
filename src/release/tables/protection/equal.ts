/**
 * Numbers that are the same by the sums they stand in: whoever is asked one question of a page is asked the others, and
 * each of these counts is a number of its own in the book. Taken as one, a program looks further with as many unknowns.
 */

import type { Facts, Relation } from './facts.ts';
import { readKey } from './keys.ts';

/** Sums of so many parts at most are compared leaving out one of them: longer ones seldom differ in one. */
const SHORT = 3;

export interface Merged {
  /** The same facts, and the sums over one of each that are equal: each sum once. */
  readonly facts: Facts;
  /** The one that stands for a fact. */
  standsFor(id: number): number;
}

/** Takes equal numbers together until no two sums differ in one of their numbers only. */
export function mergeEqual({ facts, relations: all }: Facts): Merged {
  const stands = Int32Array.from(facts.keys());
  const rootOf = (id: number): number => {
    let root = id;
    while (stands[root] !== root) root = stands[root] ?? root;
    for (let each = id; each !== root; ) [each, stands[each]] = [stands[each] ?? root, root];
    return root;
  };
  const rank = (id: number) => rankOf(facts[id]);
  let merged = 0;
  const unite = (one: number, other: number) => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a === b) return;
    const [first, second] = rank(a) < rank(b) || (rank(a) === rank(b) && a < b) ? [a, b] : [b, a];
    stands[second] = first;
    merged++;
  };
  let relations: readonly Relation[] = all;
  for (let before = -1; merged !== before; ) {
    before = merged;
    const sums = new Map<string, number>();
    const known = new Map<string, Relation>();
    const sameAs = (sum: string, id: number) => {
      const other = sums.get(sum);
      if (other === undefined) sums.set(sum, id);
      else unite(other, id);
    };
    for (const relation of relations) {
      const total = rootOf(relation.total);
      const parts = relation.parts.map(rootOf).sort((one, other) => one - other);
      if (parts.length === 1) {
        unite(total, parts[0] ?? total);
        continue;
      }
      sameAs(parts.join(), total);
      if (parts.length <= SHORT) {
        for (const [place, part] of parts.entries()) sameAs(`${total}:${parts.toSpliced(place, 1)}`, part);
      }
      known.set(`${total}:${parts}`, { total, parts });
    }
    relations = [...known.values()];
  }
  const of: number[][] = facts.map(() => []);
  for (const [index, { total, parts }] of relations.entries()) {
    for (const id of new Set([total, ...parts])) of[id]?.push(index);
  }
  return { facts: { facts, relations, of }, standsFor: rootOf };
}

/** One that is no step since an earlier release stands for one that is, and one whose key says who is in it for others. */
function rankOf(fact: Facts['facts'][number] | undefined): number {
  if (!fact || fact.step !== undefined) return 2;
  return fact.key !== undefined && readKey(fact.key) ? 0 : 1;
}
