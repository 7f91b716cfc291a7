/**
 * The network tier of a file beside that of an earlier one (rule R3 for rule T9). Whoever asked both subtracts what they
 * were told, and what is left must be of nobody or of enough people again. So both are taken apart together: into the
 * groups of those who are alike to both, counted or not. Every figure of either is a sum over such groups, and so is
 * what one selection has and another has not; where each of them is large enough, so is that.
 */

import type { DataVariable } from '../microdata/data-file.ts';
import { type Coded, countClasses } from '../microdata/generalise/count.ts';
import { isWhole } from '../microdata/whole-numbers.ts';
import { type Atoms, classesOf } from './atoms.ts';
import { type NetworkFile, type NetworkKey, wholeColumn } from './dimensions.ts';
import type { Offered } from './offered.ts';
import { mergeAtoms, type Offering, type Pair, type Since } from './pairs.ts';
import { type Question, widthOf } from './questions.ts';

/** A file, and what of it researchers could ask. */
export interface Shown {
  readonly file: NetworkFile;
  readonly network: {
    readonly keys: readonly NetworkKey[];
    readonly atoms: Atoms;
    readonly offered: readonly Offered[];
  };
}

export interface BesideEarlier extends Since {
  /** Whether whom the groups of either count, and those of the other not, are nobody or at least b. */
  leavesEnough(atoms: Atoms): boolean;
}

/** What of a file can be told beside what was told of an earlier one. @param base b */
export function besideEarlier({ file: earlier, network }: Shown, now: NetworkFile, base: number): BesideEarlier {
  const people = matchRows(earlier, now);
  const then = codedGroups(network.atoms.of, network.atoms.count, people.earlier);
  return {
    leavesEnough: (atoms) => {
      const own = codedGroups(atoms.of, atoms.count, people.now);
      const { of, sizes } = countClasses([then, own], people.count);
      return of.every(
        (each, person) => (sizes[each] ?? 0) >= base || (then.codes[person] === 0 && own.codes[person] === 0),
      );
    },
    pairsWith: (question, offering) => {
      const asked = network.offered.find((each) => each.question.name === question.name);
      if (!asked) return [];
      const { of, count } = classesOf(
        network.keys.map(({ key }) => key),
        asked.levels,
        network.atoms.leaves,
        network.atoms.count,
        network.atoms.sizes,
      );
      const grouped = network.atoms.of.map((atom) => (atom === -1 ? -1 : (of[atom] ?? -1)));
      const groups = codedGroups(grouped, count, people.earlier);
      return question.items.flatMap((item) => {
        const same = asked.question.items.find(({ name }) => name === item.name);
        if (!same) return [];
        const told = { question: asked.question, groups, cells: same.cells };
        return [pairOf(told, { question, cells: item.cells }, people, offering)];
      });
    },
  };
}

/** For each person of either file the row in each; −1 where it is in one only. */
interface People {
  readonly count: number;
  readonly earlier: Int32Array;
  readonly now: Int32Array;
}

/** Rows that are alike in all the columns that both have are taken for the same person's. */
function matchRows(earlier: NetworkFile, now: NetworkFile): People {
  const columns = now.variables.flatMap((variable) => {
    const before = earlier.variables.find(({ name }) => name === variable.name);
    return before && isWhole(variable.values) ? [codedTogether(before, variable)] : [];
  });
  const { of, count } = countClasses(columns, earlier.rows + now.rows);
  const waiting: number[][] = Array.from({ length: count }, () => []);
  for (let row = earlier.rows - 1; row >= 0; row--) waiting[of[row] ?? 0]?.push(row);
  const before = Array.from({ length: now.rows }, (_, row) => waiting[of[earlier.rows + row] ?? 0]?.pop() ?? -1);
  const gone = waiting.flat();
  return {
    count: now.rows + gone.length,
    earlier: Int32Array.from([...before, ...gone]),
    now: Int32Array.from([...before.keys(), ...gone.map(() => -1)]),
  };
}

function codedTogether(before: DataVariable, variable: DataVariable): Coded {
  const [one, two] = [wholeColumn(before), wholeColumn(variable)];
  const places = new Map<number, number>();
  const codes = new Int32Array(one.length + two.length);
  codes.set(one);
  codes.set(two, one.length);
  for (let row = 0; row < codes.length; row++) {
    const number = codes[row] ?? 0;
    const place = places.get(number) ?? places.size;
    places.set(number, place);
    codes[row] = place;
  }
  return { codes, span: places.size };
}

/** For each person 1 and their group; 0 of whoever is not counted. @param rows for each person their row, or −1 */
function codedGroups(of: Int32Array, count: number, rows: Int32Array): Coded {
  return { codes: rows.map((row) => (row === -1 ? 0 : 1 + (of[row] ?? -1))), span: 1 + count };
}

/** People who are alike to both files. */
interface Part {
  /** Group and cell in the earlier file, each 0 of whom it does not count. */
  readonly group: number;
  readonly before: number;
  /** Atom and cell in the file that is looked at. */
  readonly atom: number;
  readonly after: number;
  readonly people: number;
}

interface Column {
  readonly question: Question;
  readonly cells: Int32Array;
}

function pairOf(told: Column & { readonly groups: Coded }, own: Column, people: People, offering: Offering): Pair {
  const { groups } = told;
  const atoms = codedGroups(offering.atoms.of, offering.atoms.count, people.now);
  const [before, after] = [codedCells(told, groups, people.earlier), codedCells(own, atoms, people.now)];
  const { of, sizes, count } = countClasses([groups, atoms, before, after], people.count);
  const parts = new Map<number, Part>();
  for (let person = 0; person < people.count && parts.size < count; person++) {
    const each = of[person] ?? 0;
    if (parts.has(each)) continue;
    const codeIn = ({ codes }: Coded) => codes[person] ?? 0;
    const [group, atom] = [codeIn(groups), codeIn(atoms)];
    parts.set(each, { group, atom, before: codeIn(before), after: codeIn(after), people: sizes[each] ?? 0 });
  }
  const counted = [...parts.values()].filter(({ group, atom }) => group > 0 || atom > 0);
  return {
    fits: (levels) => {
      const merged = mergeAtoms(offering, levels);
      const together = new Map<string, Part[]>();
      for (const part of counted) {
        const name = `${part.group} ${part.atom === 0 ? '' : merged.of[part.atom - 1]}`;
        const others = together.get(name);
        if (others) others.push(part);
        else together.set(name, [part]);
      }
      return [...together.values()].every((each) => areEnough(each, told.question, own.question, offering.policy));
    },
  };
}

function codedCells({ question, cells }: Column, groups: Coded, rows: Int32Array): Coded {
  const codes = rows.map((row, person) => (groups.codes[person] === 0 ? 0 : 1 + (cells[row] ?? 0)));
  return { codes, span: 1 + widthOf(question) };
}

/**
 * Whether the figures of those who are in one group of both are large enough: what they said to each of the two is said
 * by at least t, and those who answered are at least b. Of a sensitive question no answer may be that of nobody or of
 * nearly everybody (rule T3).
 */
function areEnough(parts: readonly Part[], then: Question, now: Question, { base, cell }: Offering['policy']): boolean {
  const isAnswer = (code: number, { answers }: Question) => code > 0 && code <= answers.length;
  const answered = parts.filter(({ before, after }) => isAnswer(before, then) || isAnswer(after, now));
  const isFew =
    sumsOf(parts, ({ before, after }) => `${before} ${after}`).some((n) => n < cell) ||
    sumsOf(answered, ({ before, after }) => `${isAnswer(before, then)} ${isAnswer(after, now)}`).some((n) => n < base);
  if (isFew) return false;
  if (!then.sensitive && !now.sensitive) return true;
  const isCounted = parts.some(({ atom }) => atom > 0);
  const question = isCounted ? now : then;
  const codeOf = ({ before, after }: Part) => (isCounted ? after : before);
  const said = answered.filter((part) => isAnswer(codeOf(part), question));
  const sums = sumsOf(said, (part) => `${codeOf(part)}`);
  const all = sums.reduce((sum, n) => sum + n, 0);
  return all === 0 || (sums.length === question.answers.length && sums.every((n) => n <= all - cell));
}

function sumsOf(parts: readonly Part[], nameOf: (part: Part) => string): number[] {
  const sums = new Map<string, number>();
  for (const part of parts) sums.set(nameOf(part), (sums.get(nameOf(part)) ?? 0) + part.people);
  return [...sums.values()];
}
