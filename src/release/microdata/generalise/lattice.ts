/**
 * Which level each key is published on (rule M8). All choices of a level for each key are a lattice: raising a level
 * never parts rows that were together. The best is found exactly, and mostly without looking at the rows.
 */
import { holdNumbers } from '../whole-numbers.ts';
import { type Coded, countClasses, roomFor } from './count.ts';
import { waiting } from './heap.ts';
import { type Key, leavesOf, lossOf, scoreOf } from './keys.ts';

export interface Optimum {
  /** The level of each key, 0 being its leaves. */
  readonly levels: readonly number[];
  /** What is lost if every row in a class under k is withheld whole. */
  readonly score: number;
  /** How many rows are in classes under k. */
  readonly leftOver: number;
  /** How many choices of levels there are, and for how many of them rows were counted. */
  readonly choices: number;
  readonly counted: number;
}

/** So many choices of levels are searched. */
export const MOST_CHOICES = 2_000_000;

/** How many choices of a level for each key there are. */
export function choicesOf(keys: readonly Key[]): number {
  return keys.reduce((product, { levels }) => product * levels.length, 1);
}

/** As `findOptimum`, where there is one: always with hierarchies that have their top. @throws when there is none */
export function getOptimum(keys: readonly Key[], rows: number, k: number, budget: number): Optimum {
  const found = findOptimum(keys, rows, k, budget);
  if (!found) throw new Error('no choice of levels keeps within the budget');
  return found;
}

/**
 * The choice with the lowest score among those that leave at most `budget` rows in classes under k; of equal ones the
 * one with the lowest levels, first key first.
 *
 * Choices wait in the order of a lower bound that needs no pass over the rows: the score if nothing were left over.
 * Where a choice leaves too many rows, every finer one does; so from there a way up is searched by halves, and all
 * below the highest point that still fails is never counted (after Kohlmayer, Prasser and others, "Flash", 2012).
 * @param keys each with the levels that may be chosen: without the top of one there may be no such choice
 * @throws when there are fewer than k rows
 */
export function findOptimum(keys: readonly Key[], rows: number, k: number, budget: number): Optimum | undefined {
  if (rows < k) throw new Error(`${rows} rows can have no class of ${k}`);
  const lattice = latticeOf(keys, rows);
  const count = counterOf(keys, rows, lattice, k, budget);
  const fails = new Uint8Array(lattice.choices);
  const failsBelow = (choice: number): void => {
    if (fails[choice]) return;
    fails[choice] = 1;
    for (const finer of lattice.finer(choice)) failsBelow(finer);
  };
  const scores = new Map<number, { score: number; leftOver: number }>();
  let best = { choice: -1, score: Number.POSITIVE_INFINITY, leftOver: 0 };
  const isWorse = (score: number, choice: number) =>
    score > best.score || (score === best.score && choice > best.choice);
  let counted = 0;
  /** Whether the choice leaves too many rows. */
  const failsAt = (choice: number): boolean => {
    if (fails[choice] || scores.has(choice)) return fails[choice] === 1;
    counted++;
    const found = count(choice);
    if (!found) {
      failsBelow(choice);
      return true;
    }
    scores.set(choice, found);
    if (!isWorse(found.score, choice)) best = { choice, ...found };
    return false;
  };
  const next = waiting();
  const seen = new Uint8Array(lattice.choices);
  next.push(lattice.bound(0), 0);
  for (let first = next.pop(); first && !isWorse(first.bound, first.number); first = next.pop()) {
    const choice = first.number;
    for (const coarser of lattice.coarser(choice)) {
      if (seen[coarser]) continue;
      seen[coarser] = 1;
      next.push(lattice.bound(coarser), coarser);
    }
    if (!fails[choice] && failsAt(choice))
      climb(choice, lattice, failsAt, (each) => isWorse(lattice.bound(each), each));
  }
  const { choice, score, leftOver } = best;
  if (choice === -1) return undefined;
  return { levels: lattice.levels(choice), score, leftOver, choices: lattice.choices, counted };
}

/** From a choice that fails towards the top, by halves, to where it no longer does. */
function climb(
  from: number,
  lattice: Lattice,
  failsAt: (choice: number) => boolean,
  isTooDear: (choice: number) => boolean,
): void {
  const way = [from];
  for (let at: number | undefined = from; at !== undefined; ) {
    const steps: number[] = lattice.coarser(at).sort((one, other) => lattice.bound(one) - lattice.bound(other));
    at = steps.find((step) => !isTooDear(step));
    if (at !== undefined) way.push(at);
  }
  let low = 0;
  let high = way.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (failsAt(way[middle] ?? from)) low = middle;
    else high = middle;
  }
}

/** The choices of levels as numbers: the first key's level counts most. */
interface Lattice {
  readonly choices: number;
  levels(choice: number): number[];
  finer(choice: number): number[];
  coarser(choice: number): number[];
  /** No score of the choice can be lower. */
  bound(choice: number): number;
}

function latticeOf(keys: readonly Key[], rows: number): Lattice {
  const strides = keys.map((_, index) => choicesOf(keys.slice(index + 1)));
  const levels = (choice: number) =>
    keys.map((key, index) => Math.floor(choice / (strides[index] ?? 1)) % key.levels.length);
  const losses = keys.map((key) => {
    const histogram = new Float64Array(leavesOf(key));
    for (const leaf of key.codes) histogram[leaf] = (histogram[leaf] ?? 0) + 1;
    return key.levels.map(({ groups, leaves }) => {
      const told = histogram.reduce((sum, times, leaf) => sum + times * (leaves[groups[leaf] ?? 0] ?? 0), 0);
      return lossOf(told, rows, leavesOf(key));
    });
  });
  const bounds = new Float64Array(choicesOf(keys)).fill(-1);
  return {
    choices: bounds.length,
    levels,
    finer: (choice) => levels(choice).flatMap((level, index) => (level > 0 ? [choice - (strides[index] ?? 1)] : [])),
    coarser: (choice) =>
      levels(choice).flatMap((level, index) =>
        level + 1 < (keys[index]?.levels.length ?? 0) ? [choice + (strides[index] ?? 1)] : [],
      ),
    bound: (choice) => {
      const known = bounds[choice] ?? -1;
      if (known >= 0) return known;
      const bound = scoreOf(levels(choice).map((level, index) => losses[index]?.[level] ?? 0));
      bounds[choice] = bound;
      return bound;
    },
  };
}

/** Counts a choice's classes; undefined where too many rows are in classes under k. Equal rows are counted once. */
function counterOf(keys: readonly Key[], rows: number, lattice: Lattice, k: number, budget: number) {
  const raw = keys.map((key): Coded => ({ codes: key.codes, span: leavesOf(key) }));
  const tuples = countClasses(raw, rows);
  const first = new Int32Array(tuples.count).fill(-1);
  tuples.of.forEach((tuple, row) => {
    if (first[tuple] === -1) first[tuple] = row;
  });
  const columns = keys.map(({ codes, levels }) =>
    levels.map(({ groups, leaves }) => ({
      codes: holdNumbers(tuples.count, (tuple) => groups[codes[first[tuple] ?? 0] ?? 0] ?? 0),
      span: leaves.length,
      leaves,
      domain: groups.length,
    })),
  );
  const told = keys.map((_, index) =>
    (columns[index] ?? []).map(({ codes, leaves }) =>
      tuples.sizes.reduce((sum, size, tuple) => sum + (leaves[codes[tuple] ?? 0] ?? 0) * size, 0),
    ),
  );
  const room = roomFor(tuples.count);
  return (choice: number): { score: number; leftOver: number } | undefined => {
    const levels = lattice.levels(choice);
    const chosen = levels.flatMap((level, index) => columns[index]?.[level] ?? []);
    const { of, sizes } = countClasses(
      chosen.filter(({ span }) => span > 1),
      tuples.count,
      tuples.sizes,
      room,
    );
    const leftOver = sizes.reduce((sum, size) => (size < k ? sum + size : sum), 0);
    if (leftOver > budget) return undefined;
    const sums = levels.map((level, index) => told[index]?.[level] ?? 0);
    of.forEach((own, tuple) => {
      if ((sizes[own] ?? 0) >= k) return;
      const times = tuples.sizes[tuple] ?? 0;
      chosen.forEach(({ codes, leaves, domain }, index) => {
        sums[index] = (sums[index] ?? 0) + times * (domain - (leaves[codes[tuple] ?? 0] ?? 0));
      });
    });
    return { score: scoreOf(keys.map((key, index) => lossOf(sums[index] ?? 0, rows, leavesOf(key)))), leftOver };
  };
}
