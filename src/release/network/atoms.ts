/**
 * Respondents put into atoms, the smallest groups that any filter can tell apart (rule T9). There is one set of atoms
 * for a release, whoever asks and whatever they ask: atoms that followed the question could be subtracted.
 */
import { countClasses } from '../microdata/generalise/count.ts';
import { getLevel, type Key, leavesOf, lossOf, scoreOf } from '../microdata/generalise/keys.ts';
import { choicesOf, findOptimum, MOST_CHOICES } from '../microdata/generalise/lattice.ts';
import { finestLevels } from './finest.ts';

/** The share of respondents that may be left over for the rest, beside those of whom a key is not known (rule M8). */
const BUDGET = 0.05;
/** A key that is not known of a larger share than this is not offered: whoever asked by anything would lose them. */
const MOST_UNKNOWN = 0.1;

export interface Atoms {
  /** The finest level of each key that is offered. */
  readonly levels: readonly number[];
  readonly count: number;
  /** For each respondent its atom; −1 in the rest. */
  readonly of: Int32Array;
  /** For each atom its respondents: at least b. */
  readonly sizes: Int32Array;
  /** For each key the leaf of each atom, any of those that it holds. */
  readonly leaves: readonly Int32Array[];
  /** How many are in the rest, which no figure counts: nobody, or at least b. */
  readonly rest: number;
}

/** There are too few respondents, or too many levels. The message says so. */
export class NoAtoms extends Error {
  override readonly name = 'NoAtoms';
}

/**
 * The levels that lose least by the exact search over those whose keys are all known, with nobody of them left over or
 * up to a twentieth, whichever loses less in the end. Whoever is left over goes to the rest, with those of whom a key
 * that is told is not known, and with the smallest groups where these are fewer than b.
 * Where these are not allowed, the finest that are and no finer.
 * @param keys the last leaf of each is what is not known
 * @param least b
 * @param isAllowed whether such groups may be told beside what was told before
 * @throws NoAtoms
 */
export function makeAtoms(
  keys: readonly Key[],
  rows: number,
  least: number,
  isAllowed: (atoms: Atoms) => boolean = () => true,
): Atoms {
  if (rows < least) throw new NoAtoms(`The file has ${rows} rows, and nothing is shown of fewer than ${least} people.`);
  if (choicesOf(keys) > MOST_CHOICES) {
    throw new NoAtoms('The keys of the file have so many versions together that no best choice can be found.');
  }
  const tops = keys.map(({ levels }) => levels.length - 1);
  const usable = keys.filter((key) => unknownIn(key) <= MOST_UNKNOWN * rows);
  const complete = Int32Array.from({ length: rows }, (_, row) => row).filter((row) =>
    usable.every((key) => isKnown(key, row)),
  );
  const nothing = atomsOn(keys, rows, least, tops);
  if (!isAllowed(nothing)) {
    throw new NoAtoms(
      `Nothing is told of this file: those whom it counts and an earlier one does not, or the other way round, are fewer than ${least}.`,
    );
  }
  if (complete.length < least) return nothing;
  const searched = usable.map((key) => ({ ...key, codes: complete.map((row) => key.codes[row] ?? 0) }));
  const candidates = [0, Math.floor(BUDGET * complete.length)].flatMap((budget) => {
    const found = findOptimum(searched, complete.length, least, budget);
    if (!found) return [];
    const floor = keys.map((key, place) => found.levels[usable.indexOf(key)] ?? tops[place] ?? 0);
    const atoms = atomsOn(keys, rows, least, floor);
    if (isAllowed(atoms)) return [atoms];
    const levels = finestLevels(tops, floor, (each) => isAllowed(atomsOn(keys, rows, least, each)));
    return levels ? [atomsOn(keys, rows, least, levels)] : [];
  });
  const loss = (atoms: Atoms) => lossIn(keys, atoms);
  return candidates.reduce((best, each) => (loss(each) < loss(best) ? each : best), nothing);
}

function unknownIn(key: Key): number {
  const unknown = leavesOf(key) - 1;
  return key.codes.reduce((sum, leaf) => sum + Number(leaf === unknown), 0);
}

function isKnown(key: Key, row: number): boolean {
  return key.codes[row] !== leavesOf(key) - 1;
}

function atomsOn(keys: readonly Key[], rows: number, least: number, levels: readonly number[]): Atoms {
  const told = keys.filter((key, place) => getLevel(key, levels[place] ?? 0).values.length > 1);
  const codes = keys.map((key) => key.codes);
  const { of, sizes, count } = classesOf(keys, levels, codes, rows);
  const first = firstRows(of, count);
  const isRest = restOf(
    sizes,
    sizes.map((size, own) => Number(size < least || !told.every((key) => isKnown(key, first[own] ?? 0)))),
    least,
  );
  const kept = [...sizes.keys()].filter((own) => !isRest[own]);
  const places = new Int32Array(count).fill(-1);
  for (const [atom, own] of kept.entries()) places[own] = atom;
  const atomSizes = Int32Array.from(kept, (own) => sizes[own] ?? 0);
  return {
    levels,
    count: kept.length,
    of: of.map((own) => places[own] ?? -1),
    sizes: atomSizes,
    leaves: codes.map((each) => Int32Array.from(kept, (own) => each[first[own] ?? 0] ?? 0)),
    rest: rows - atomSizes.reduce((sum, size) => sum + size, 0),
  };
}

/** The classes of the rest: those that have to be in it, and as many of the smallest as it takes to be empty or b. */
function restOf(sizes: Int32Array, must: Int32Array, least: number): Int32Array {
  const isRest = must.slice();
  let size = sizes.reduce((sum, each, own) => sum + (isRest[own] ? each : 0), 0);
  const larger = [...sizes.keys()]
    .filter((own) => !isRest[own])
    .sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0) || one - other);
  for (const own of larger) {
    if (size === 0 || size >= least) break;
    isRest[own] = 1;
    size += sizes[own] ?? 0;
  }
  return isRest;
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
    return [{ codes: (leaves[place] ?? new Int32Array(0)).map((leaf) => groups[leaf] ?? 0), span: values.length }];
  });
  return countClasses(coded, rows, weights);
}

/** What each level of each key loses, from 0 to 1; the rest has lost everything (rule M8). */
export function lossesOf(keys: readonly Key[], { leaves: ofAtoms, sizes, rest }: Atoms): number[][] {
  const rows = sizes.reduce((sum, size) => sum + size, rest);
  return keys.map((key, place) => {
    const own = ofAtoms[place] ?? new Int32Array(0);
    return key.levels.map(({ groups, leaves }) =>
      lossOf(
        own.reduce(
          (sum, leaf, atom) => sum + (sizes[atom] ?? 0) * (leaves[groups[leaf] ?? 0] ?? 0),
          rest * leavesOf(key),
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
