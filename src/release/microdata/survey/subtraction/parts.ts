/** The parts of the rows that two ways of dividing them have in common. */
import type { Reading } from '../../whole-numbers.ts';

/** Codes and numbers of answers are smaller than half of this. */
const SPREAD = 2 ** 26;

export interface Parts {
  readonly rows: number;
  /** For each row its part, from 0. */
  readonly of: Reading;
  readonly count: number;
}

/**
 * The finest parts that are whole groups of both: what can be counted in the one and in the other. Two groups of one
 * way that share a group of the other come together.
 */
export function commonParts(one: Reading, other: Int32Array): Parts {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    parents.set(name, root);
    return root;
  };
  const pairs = new Map<number, readonly [number, number]>();
  other.forEach((partner, row) => {
    const each = one(row);
    const pair = each * SPREAD + partner;
    if (!pairs.has(pair)) pairs.set(pair, [each, partner]);
  });
  for (const [left, right] of pairs.values()) parents.set(rootOf(`l${left}`), rootOf(`r${right}`));
  const numbers = new Map<string, number>();
  const known = new Map<number, number>();
  for (const [each] of pairs.values()) {
    if (known.has(each)) continue;
    const root = rootOf(`l${each}`);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    known.set(each, number);
  }
  return { rows: other.length, of: (row) => known.get(one(row)) ?? 0, count: numbers.size };
}

/** Rows in the same part of each. */
export function crossed(one: Parts, other: Parts): Parts {
  const { rows, count } = one;
  return { rows, of: (row) => one.of(row) * other.count + other.of(row), count: count * other.count };
}
