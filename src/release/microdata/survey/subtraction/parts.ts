/** The parts of the rows that two ways of dividing them have in common. */

/** Codes and numbers of answers are smaller than half of this. */
const SPREAD = 2 ** 26;

export interface Parts {
  /** For each row its part, from 0. */
  readonly of: Int32Array;
  readonly count: number;
}

/**
 * The finest parts that are whole groups of both: what can be counted in the one and in the other. Two groups of one
 * way that share a group of the other come together.
 */
export function commonParts(one: Int32Array, other: Int32Array): Parts {
  const parents = new Map<string, string>();
  const rootOf = (name: string): string => {
    let root = name;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    parents.set(name, root);
    return root;
  };
  const pairs = new Map<number, readonly [number, number]>();
  one.forEach((each, row) => {
    const partner = other[row] ?? 0;
    const pair = each * SPREAD + partner;
    if (!pairs.has(pair)) pairs.set(pair, [each, partner]);
  });
  for (const [left, right] of pairs.values()) parents.set(rootOf(`l${left}`), rootOf(`r${right}`));
  const numbers = new Map<string, number>();
  const known = new Map<number, number>();
  const of = one.map((each) => {
    const found = known.get(each);
    if (found !== undefined) return found;
    const root = rootOf(`l${each}`);
    const number = numbers.get(root) ?? numbers.size;
    numbers.set(root, number);
    known.set(each, number);
    return number;
  });
  return { of, count: numbers.size };
}

/** Rows in the same part of each. */
export function crossed(one: Parts, other: Parts): Parts {
  return { of: one.of.map((part, row) => part * other.count + (other.of[row] ?? 0)), count: one.count * other.count };
}
