/**
 * The network tier of a file beside that of an earlier one (rule R3 for rule T9). Whoever asked the same of both
 * subtracts what they were told, and what is left must be of nobody or of enough people again. So both are taken
 * apart together: into the groups of those who are alike to both, counted or not. Every figure of either is a sum over
 * such groups, and so is what one selection has and another has not; where each of them is large enough, so is that.
 */

import type { DataVariable } from '../microdata/data-file.ts';
import { type Coded, countClasses } from '../microdata/generalise/count.ts';
import { classesOf } from './atoms.ts';
import { type NetworkFile, wholeColumn } from './dimensions.ts';
import type { Network } from './network.ts';
import type { Offered } from './offered.ts';

/** A file, and what of it researchers can ask. */
export interface Shown {
  readonly file: NetworkFile;
  readonly network: Network;
}

/** What would be told of too few: who is counted, or a question. */
export type Subtracted = { readonly kind: 'people' } | { readonly kind: 'question'; readonly name: string };

/** What the figures of two files tell, one less the other, of fewer than b people or in a figure under t; undefined where nothing is. */
export function findSubtracted(earlier: Shown, now: Shown): Subtracted | undefined {
  const people = matchRows(earlier.file, now.file);
  const sides = [sideOf(earlier.network, people.earlier), sideOf(now.network, people.now)] as const;
  const { base, cell } = now.network.policy;
  const [one, two] = sides;
  if (!areEnough([one.atoms, two.atoms], people.count, base)) return { kind: 'people' };
  for (const asked of now.network.offered) {
    const before = earlier.network.offered.find(({ question }) => question.name === asked.question.name);
    if (!before) continue;
    const groups = [one.groupsOf(before), two.groupsOf(asked)];
    for (const item of asked.question.items) {
      const same = before.question.items.find(({ name }) => name === item.name);
      if (!same) continue;
      const cells = [one.cellsOf(before, same.cells), two.cellsOf(asked, item.cells)];
      const answered = [one.answeredOf(before, same.cells), two.answeredOf(asked, item.cells)];
      const isFew =
        !areEnough([...groups, ...cells], people.count, cell) ||
        !areEnough([...groups, ...answered], people.count, base, 2);
      if (isFew) return { kind: 'question', name: asked.question.name };
    }
  }
  return undefined;
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
    return before && variable.values instanceof Int32Array ? [codedTogether(before, variable)] : [];
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

/** What one of the two tells of people: 0 of whoever it does not count. @param rows for each person their row, or −1 */
function sideOf({ keys, atoms }: Network, rows: Int32Array) {
  const atomOf = rows.map((row) => (row === -1 ? -1 : (atoms.of[row] ?? -1)));
  const known = new Map<string, Coded>();
  const told = (count: number, codeOf: (row: number, atom: number) => number): Coded => ({
    codes: rows.map((row, person) => {
      const atom = atomOf[person] ?? -1;
      return atom === -1 ? 0 : 1 + codeOf(row, atom);
    }),
    span: 1 + count,
  });
  const groupsOf = ({ levels }: Offered): Coded => {
    const found = known.get(levels.join());
    if (found) return found;
    const { of, count } = classesOf(
      keys.map(({ key }) => key),
      levels,
      atoms.leaves,
      atoms.count,
      atoms.sizes,
    );
    const made = told(count, (_, atom) => of[atom] ?? 0);
    known.set(levels.join(), made);
    return made;
  };
  return {
    atoms: told(atoms.count, (_, atom) => atom),
    groupsOf,
    /** The answers, "not asked" and "no answer". */
    cellsOf: ({ question }: Offered, cells: Int32Array) => told(question.answers.length + 2, (row) => cells[row] ?? 0),
    /** 1 of those who were counted and gave none, 2 of those who answered. */
    answeredOf: ({ question }: Offered, cells: Int32Array) =>
      told(2, (row) => Number((cells[row] ?? 0) < question.answers.length)),
  };
}

/**
 * Whether people who are alike in all columns are nobody or so many.
 * @param from only of those with such a code or a higher one in one of the columns; 1 is whoever is counted at all
 */
function areEnough(columns: readonly Coded[], people: number, least: number, from = 1): boolean {
  const { of, sizes } = countClasses(columns, people);
  const marks = columns.slice(-2);
  for (let person = 0; person < people; person++) {
    if ((sizes[of[person] ?? 0] ?? 0) >= least) continue;
    if (marks.some(({ codes }) => (codes[person] ?? 0) >= from)) return false;
  }
  return true;
}
