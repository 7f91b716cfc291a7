/**
 * Figures of two questions on the same answers can be subtracted: who uses any tool, less who uses this one; who was
 * asked this question, less who was asked that one. What is left is a figure too, so it is 0 or at least t.
 */
import type { Survey } from '../../questionnaire/survey.ts';
import { sourcesOf } from '../../results/sources.ts';
import { getLevel } from '../microdata/generalise/keys.ts';
import { reachOf } from '../microdata/survey/reach.ts';
import type { Policy } from '../policy.ts';
import type { ProtectedTables } from '../tables/protected-tables.ts';
import { type Atoms, classesOf } from './atoms.ts';
import type { NetworkKey } from './dimensions.ts';
import type { Offered } from './offered.ts';
import { areKin, type Question } from './questions.ts';

export interface Offering {
  readonly survey: Survey;
  readonly keys: readonly NetworkKey[];
  readonly atoms: Atoms;
  readonly policy: Pick<Policy, 'base' | 'cell'>;
  /** Tables that everybody can read beside it. */
  readonly published: readonly ProtectedTables[];
  /** Earlier files that were asked before it. */
  readonly since: readonly Since[];
}

/** What was told of an earlier file. */
export interface Since {
  /** The figures of a question beside what was told of it then. */
  pairsWith(question: Question, offering: Offering): readonly Pair[];
}

/** For each atom the larger group that it is part of on these levels. */
export function mergeAtoms(offering: Offering, levels: readonly number[]): Merged {
  const known = mergedIn.get(offering) ?? new Map<string, Merged>();
  mergedIn.set(offering, known);
  const found = known.get(levels.join()) ?? mergeAnew(offering, levels);
  known.set(levels.join(), found);
  return found;
}

type Merged = Pick<Atoms, 'of' | 'count'>;

/** The same levels come again and again: for every question, and for every pair. */
const mergedIn = new WeakMap<Offering, Map<string, Merged>>();

function mergeAnew({ keys, atoms }: Offering, levels: readonly number[]): Merged {
  return classesOf(
    keys.map(({ key }) => key),
    levels,
    atoms.leaves,
    atoms.count,
    atoms.sizes,
  );
}

/** Something that is told of respondents: for each a code, and from `told` on nothing is told. */
interface Column {
  readonly codes: Int32Array;
  readonly told: number;
}

/** Figures that can be subtracted. */
export interface Pair {
  /** Whether what is left is 0 or large enough where they are told on these levels. */
  fits(levels: readonly number[]): boolean;
}

/** What a question's figures can be subtracted from, or the other way round: keys, and questions offered before. */
export function pairsWith(question: Question, others: readonly Offered[], offering: Offering): Pair[] {
  const { survey, keys, atoms } = offering;
  const own = columnsOf(question);
  const asked = askedIn(question, offering);
  const sources = sourcesOf(survey, question.name);
  const deciders = decidersOf(question, survey);
  const pairs = distinctPairs(offering);
  for (const [place, { code }] of keys.entries()) {
    const behind = sourcesOf(survey, code);
    const telling = [...(meet(sources, behind) ? own : []), ...(meet(deciders, behind) ? [asked] : [])];
    for (const column of telling) pairs.add(column, keyColumn(offering, place), atoms.levels);
  }
  for (const other of others) {
    const theirs = columnsOf(other.question);
    const theirAsked = askedIn(other.question, offering);
    const theirSources = sourcesOf(survey, other.question.name);
    const theirDeciders = decidersOf(other.question, survey);
    question.items.forEach((item, place) => {
      other.question.items.forEach((theirItem, theirPlace) => {
        const [one, two] = [own[place], theirs[theirPlace]];
        if (one && two && areKin(question, item, other.question, theirItem, survey)) pairs.add(one, two, other.levels);
      });
    });
    if (meet(deciders, theirDeciders)) pairs.add(asked, theirAsked, other.levels);
    if (meet(deciders, theirSources)) for (const each of theirs) pairs.add(asked, each, other.levels);
    if (meet(sources, theirDeciders)) for (const each of own) pairs.add(each, theirAsked, other.levels);
  }
  return pairs.found;
}

/** Takes pairs, each once: many questions are put to the same people. */
function distinctPairs(offering: Offering) {
  const found: Pair[] = [];
  const seen = new Map<Int32Array, Map<Int32Array, Set<string>>>();
  const add = (one: Column, two: Column, levels: readonly number[]): void => {
    if (one === two) return;
    const beside = seen.get(one.codes) ?? new Map<Int32Array, Set<string>>();
    seen.set(one.codes, beside);
    const on = beside.get(two.codes) ?? new Set();
    beside.set(two.codes, on);
    if (on.has(levels.join())) return;
    on.add(levels.join());
    found.push(...pairOf(one, two, levels, offering));
  };
  return { add, found };
}

/** The questions that decide who is asked. */
function decidersOf({ name }: Question, survey: Survey): string[] {
  const own = sourcesOf(survey, name);
  return [...reachOf(survey, name, new Set())].filter((each) => survey.questions.has(each) && !own.includes(each));
}

const meet = (one: readonly string[], other: readonly string[]) => one.some((each) => other.includes(each));

function columnsOf(question: Question): Column[] {
  return question.items.map(({ cells }) => ({ codes: cells, told: question.answers.length }));
}

/** Who was asked; all the columns of a question are asked together. Questions put to the same people share it. */
function askedIn({ items: [item], answers }: Question, offering: Offering): Column {
  const known = askedColumns.get(offering) ?? new Map<Int32Array, Column>();
  askedColumns.set(offering, known);
  const cells = item?.cells ?? new Int32Array(0);
  const found = known.get(cells);
  if (found) return found;
  const made = { codes: cells.map((cell) => Number(cell === answers.length)), told: 2 };
  const same = [...known.values()].find(({ codes }) => codes.every((code, row) => code === made.codes[row]));
  known.set(cells, same ?? made);
  return same ?? made;
}

/** For each question's cells who was asked. */
const askedColumns = new WeakMap<Offering, Map<Int32Array, Column>>();

/** A key on the finest level that is offered. */
function keyColumn({ keys, atoms }: Offering, place: number): Column {
  const leaves = atoms.leaves[place] ?? new Int32Array(0);
  const key = keys[place]?.key;
  if (!key) throw new Error(`there is no key ${place}`);
  const { groups, values } = getLevel(key, atoms.levels[place] ?? 0);
  // The last group is of those of whom the key is not known.
  return { codes: atoms.of.map((atom) => groups[leaves[atom] ?? 0] ?? 0), told: values.length - 1 };
}

/** Counts of atoms added up in the groups that they are part of. @param width how many counts each has */
export function sumOver(counts: Int32Array, of: Int32Array, groups: number, width: number): Int32Array {
  const sums = new Int32Array(groups * width);
  for (let atom = 0; atom < of.length; atom++) {
    const [from, to] = [atom * width, (of[atom] ?? 0) * width];
    for (let cell = 0; cell < width; cell++) {
      const n = counts[from + cell] ?? 0;
      if (n > 0) sums[to + cell] = (sums[to + cell] ?? 0) + n;
    }
  }
  return sums;
}

/**
 * The two counted against each other in the finest groups in which both are told. None where every answer of one goes
 * with every answer of the other somewhere: then neither holds the other, and to subtract them tells nothing.
 */
function pairOf(own: Column, theirs: Column, theirLevels: readonly number[], offering: Offering): Pair[] {
  const { atoms, policy } = offering;
  const width = own.told * theirs.told;
  const counts = new Int32Array(atoms.count * width);
  for (let row = 0; row < atoms.of.length; row++) {
    const [atom, one, two] = [atoms.of[row] ?? -1, own.codes[row] ?? 0, theirs.codes[row] ?? 0];
    if (atom === -1 || one >= own.told || two >= theirs.told) continue;
    const at = atom * width + one * theirs.told + two;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  if (!isTied(sumOver(counts, new Int32Array(atoms.count), 1, width), theirs.told)) return [];
  return [
    {
      fits: (levels) => {
        const join = levels.map((level, key) => Math.max(level, theirLevels[key] ?? 0));
        const { of, count } = mergeAtoms(offering, join);
        return sumOver(counts, of, count, width).every((n) => n === 0 || n >= policy.cell);
      },
    },
  ];
}

/** Whether some answer of one never goes with some answer of the other, both being given by somebody. */
function isTied(together: Int32Array, theirTold: number): boolean {
  const ones = new Set<number>();
  const twos = new Set<number>();
  let found = 0;
  together.forEach((n, at) => {
    if (n === 0) return;
    found++;
    ones.add(Math.floor(at / theirTold));
    twos.add(at % theirTold);
  });
  return found < ones.size * twos.size;
}
