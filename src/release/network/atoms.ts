/**
 * Respondents put into atoms, the smallest groups that any filter can tell apart (rule T9). There is one set of atoms
 * for a release, whoever asks and whatever they ask: atoms that followed the question could be subtracted.
 */
import { countClasses } from '../microdata/generalise/count.ts';
import { getLevel, type Key, leavesOf, lossOf, scoreOf } from '../microdata/generalise/keys.ts';
import { choicesOf, findOptimum, MOST_CHOICES } from '../microdata/generalise/lattice.ts';

/** The share of respondents that may be left over for the rest (rule M8). */
const BUDGET = 0.05;

export interface Atoms {
  /** The finest level of each key that is offered. */
  readonly levels: readonly number[];
  readonly count: number;
  /** For each respondent its atom. */
  readonly of: Int32Array;
  /** For each atom its respondents: at least b. */
  readonly sizes: Int32Array;
  /** For each key the leaf of each atom, any of those that it holds. */
  readonly leaves: readonly Int32Array[];
  /** How many are in the rest, whose keys are all not known: nobody, or at least b. */
  readonly rest: number;
}

/** There are too few respondents, or too many levels. The message says so. */
export class NoAtoms extends Error {
  override readonly name = 'NoAtoms';
}

/**
 * The levels that lose least by the exact search, with nobody left over or with a rest of at most a twentieth or of
 * the smallest group besides, whichever loses less.
 * @param keys the last leaf of each is what is not known
 * @param least b
 * @throws NoAtoms
 */
export function makeAtoms(keys: readonly Key[], rows: number, least: number): Atoms {
  if (rows < least) throw new NoAtoms(`The file has ${rows} rows, and nothing is shown of fewer than ${least} people.`);
  if (choicesOf(keys) > MOST_CHOICES) {
    throw new NoAtoms('The keys of the file have so many versions together that no best choice can be found.');
  }
  // On the tops of all keys everybody is together, so there is a choice for every budget.
  const tops = keys.map(({ levels }) => levels.length - 1);
  const withBudget = (budget: number) =>
    atomsOn(keys, rows, least, findOptimum(keys, rows, least, budget)?.levels ?? tops);
  const whole = withBudget(0);
  const withRest = withBudget(Math.floor(BUDGET * rows));
  return lossIn(keys, withRest) < lossIn(keys, whole) ? withRest : whole;
}

function atomsOn(keys: readonly Key[], rows: number, least: number, levels: readonly number[]): Atoms {
  const unknown = keys.map((key) => leavesOf(key) - 1);
  const { of, sizes, count } = classesOf(
    keys,
    levels,
    keys.map(({ codes }) => codes),
    rows,
  );
  const unknownIn = (own: readonly Int32Array[]) => (at: number) => isUnknown(keys, levels, own, at);
  const codes = keys.map((key) => key.codes);
  const isRest = restOf(sizes, least, firstRows(of, count).findIndex(unknownIn(codes)));
  const leaves = codes.map((own, key) => own.map((leaf, row) => (isRest[of[row] ?? 0] ? (unknown[key] ?? 0) : leaf)));
  const settled = classesOf(keys, levels, leaves, rows);
  const first = firstRows(settled.of, settled.count);
  const ofAtoms = leaves.map((each) => first.map((row) => each[row] ?? 0));
  const inRest = unknownIn(ofAtoms);
  const rest = settled.sizes.reduce((sum, size, atom) => (inRest(atom) ? sum + size : sum), 0);
  return { levels, count: settled.count, of: settled.of, sizes: settled.sizes, leaves: ofAtoms, rest };
}

/**
 * Classes under b, with the class of those of whom nothing is known, and as many of the smallest as that takes.
 * @param unknown that class, or −1
 */
function restOf(sizes: Int32Array, least: number, unknown: number): Uint8Array {
  const isRest = Uint8Array.from(sizes, (size) => (size < least ? 1 : 0));
  if (!isRest.includes(1)) return isRest;
  if (unknown !== -1) isRest[unknown] = 1;
  const size = () => sizes.reduce((sum, each, own) => sum + (isRest[own] ? each : 0), 0);
  const larger = [...sizes.keys()]
    .filter((own) => !isRest[own])
    .sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0) || one - other);
  for (const own of larger) {
    if (size() >= least) break;
    isRest[own] = 1;
  }
  return isRest;
}

/** Whether every key that the levels tell is not known. @param at a row or an atom */
function isUnknown(
  keys: readonly Key[],
  levels: readonly number[],
  leaves: readonly Int32Array[],
  at: number,
): boolean {
  const told = keys.flatMap((key, place) => {
    const { groups, values } = getLevel(key, levels[place] ?? 0);
    return values.length === 1 ? [] : [groups[leaves[place]?.[at] ?? 0] === groups[groups.length - 1]];
  });
  return told.length > 0 && told.every((each) => each);
}

function firstRows(of: Int32Array, count: number): Int32Array {
  const first = new Int32Array(count).fill(-1);
  of.forEach((own, row) => {
    if (first[own] === -1) first[own] = row;
  });
  return first;
}

/** What is alike on these levels. @param leaves for each key those of rows or of atoms @param weights of atoms */
export function classesOf(
  keys: readonly Key[],
  levels: readonly number[],
  leaves: readonly Int32Array[],
  rows: number,
  weights?: Int32Array,
) {
  const coded = keys.flatMap((key, place) => {
    const { groups, values } = getLevel(key, levels[place] ?? 0);
    // The top tells nothing.
    if (values.length === 1) return [];
    return [{ codes: Int32Array.from(leaves[place] ?? [], (leaf) => groups[leaf] ?? 0), span: values.length }];
  });
  return countClasses(coded, rows, weights);
}

/** What each level of each key loses, from 0 to 1 (rule M8). */
export function lossesOf(
  keys: readonly Key[],
  { leaves: ofAtoms, sizes }: Pick<Atoms, 'leaves' | 'sizes'>,
): number[][] {
  const rows = sizes.reduce((sum, size) => sum + size, 0);
  return keys.map((key, place) => {
    const own = ofAtoms[place] ?? new Int32Array(0);
    const unknown = leavesOf(key) - 1;
    return key.levels.map(({ groups, leaves }) =>
      lossOf(
        own.reduce(
          (sum, leaf, atom) =>
            sum + (sizes[atom] ?? 0) * (leaf === unknown ? leavesOf(key) : (leaves[groups[leaf] ?? 0] ?? 0)),
          0,
        ),
        rows,
        leavesOf(key),
      ),
    );
  });
}

function lossIn(keys: readonly Key[], atoms: Atoms): number {
  const losses = lossesOf(keys, atoms);
  return scoreOf(atoms.levels.map((level, key) => losses[key]?.[level] ?? 0));
}
