/** Quasi-identifiers with their hierarchies, as numbers (rule M4). */

/** What each leaf of a hierarchy is called on one of its levels. */
export interface Level {
  /** For each leaf the number of its group on this level, from 0. */
  readonly groups: Int32Array;
  /** For each group how many leaves are under it. */
  readonly leaves: Int32Array;
  /** For each group what it is called. */
  readonly values: readonly string[];
}

export interface Key {
  readonly name: string;
  /** For each row its leaf, from 0. */
  readonly codes: Int32Array;
  /** From the leaves themselves to one value for all. */
  readonly levels: readonly Level[];
}

/** The value on the top of every hierarchy. */
const TOP = '*';

/**
 * A key from its rows and its tree.
 * @param paths for each leaf its value on each level, the leaf's own first; the same number for all. Groups nest: two
 *   leaves that are together on one level are together on the next. The top is added where it is not there.
 * @throws on a tree that does not nest, which a spec's check has refused before
 */
export function keyOf(name: string, codes: Int32Array, paths: readonly (readonly string[])[]): Key {
  const levels = (paths[0] ?? []).map((_, level) => levelOf(paths.map((path) => path[level] ?? '')));
  if ((levels.at(-1)?.values.length ?? 0) !== 1) levels.push(levelOf(paths.map(() => TOP)));
  levels.forEach((level, index) => {
    if (!nests(level, levels[index + 1] ?? level)) throw new Error(`the hierarchy of ${name} does not nest`);
  });
  return { name, codes, levels };
}

function levelOf(named: readonly string[]): Level {
  const values = [...new Set(named)];
  const places = new Map(values.map((value, group) => [value, group]));
  const groups = Int32Array.from(named, (value) => places.get(value) ?? 0);
  const leaves = new Int32Array(values.length);
  for (const group of groups) leaves[group] = (leaves[group] ?? 0) + 1;
  return { groups, leaves, values };
}

function nests(finer: Level, coarser: Level): boolean {
  const parents = new Map<number, number>();
  return finer.groups.every((group, leaf) => {
    const parent = parents.get(group) ?? coarser.groups[leaf] ?? 0;
    parents.set(group, parent);
    return parent === coarser.groups[leaf];
  });
}

export function getLevel(key: Key, level: number): Level {
  const found = key.levels[level];
  if (!found) throw new Error(`${key.name} has no level ${level}`);
  return found;
}

/** How many leaves a key's hierarchy has: the size of its domain. */
export function leavesOf(key: Key): number {
  return getLevel(key, 0).groups.length;
}

/**
 * How much of a key is lost: (mean share − 1/D) / (1 − 1/D), where a cell's share is the leaves under its value out of
 * all D (rule M8; ARX's "Loss" with the arithmetic mean). 0: every leaf as it is; 1: nothing is told.
 * @param told the leaves under each row's value, summed over all rows; D for a withheld cell
 */
export function lossOf(told: number, rows: number, leaves: number): number {
  // One leaf tells nothing to begin with.
  return leaves <= 1 || rows === 0 ? 0 : (told / rows - 1) / (leaves - 1);
}

/** The mean over the keys. */
export function scoreOf(losses: readonly number[]): number {
  return losses.length === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
