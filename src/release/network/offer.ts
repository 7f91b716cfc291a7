/** On which levels of the keys a question can be asked, so that no figure of it is of too few (rule T9). */
import type { Survey } from '../../questionnaire/survey.ts';
import { countClasses } from '../microdata/generalise/count.ts';
import type { Policy } from '../policy.ts';
import { type Atoms, classesOf } from './atoms.ts';
import type { NetworkKey } from './dimensions.ts';
import { areKin, type Item, type Question, tellsKey, widthOf } from './questions.ts';

/** A question that may be asked, with its counts in every atom. */
export interface Offered {
  readonly question: Question;
  /** For each key the finest level on which it can be crossed; the top where it cannot. */
  readonly levels: readonly number[];
  /** For each item, for each atom in order, the respondents in each cell. */
  readonly counts: readonly Int32Array[];
}

export interface Offering {
  readonly survey: Survey;
  readonly keys: readonly NetworkKey[];
  readonly atoms: Atoms;
  readonly policy: Pick<Policy, 'base' | 'cell'>;
}

/**
 * A question on the finest levels that it fits: from the tops of all keys they are taken down level by level in turn,
 * while every figure stays large enough. The keys come in the order of the survey's file, which names first what
 * matters most. Where a choice of levels fits, every coarser one does, because its figures are sums; so what does not
 * fit once is not tried again, and in the end no key can be finer with the others as they are.
 * @param others what is offered already: figures on the same answers are subtracted from each other too
 * @returns undefined where it does not even fit for everybody together
 */
export function offerQuestion(question: Question, others: readonly Offered[], offering: Offering): Offered | undefined {
  const { keys, atoms, survey } = offering;
  const counts = question.items.map(({ cells }) => countIn(atoms, cells, widthOf(question)));
  const pairs = pairsWith(question, others, offering);
  const told = keys.map(({ code }) => tellsKey(question, code, survey));
  const fits = (levels: readonly number[]): boolean => {
    const known = levels.map((level, key) => (told[key] ? (atoms.levels[key] ?? 0) : level));
    const merged = mergeAtoms(offering, known);
    return (
      counts.every((each) => fitsIn(fold(each, merged, widthOf(question)), question, offering.policy)) &&
      pairs.every((pair) => pair.fits(known))
    );
  };
  const levels = keys.map(({ key }) => key.levels.length - 1);
  if (!fits(levels)) return undefined;
  const open = new Set(keys.keys());
  while (open.size > 0) {
    for (const key of [...open]) {
      const finer = levels.map((level, place) => (place === key ? level - 1 : level));
      if ((finer[key] ?? 0) < (atoms.levels[key] ?? 0) || !fits(finer)) open.delete(key);
      else levels.splice(key, 1, finer[key] ?? 0);
    }
  }
  return { question, levels, counts };
}

/** How many respondents of each atom are in each cell. */
function countIn({ of, count }: Atoms, cells: Int32Array, width: number): Int32Array {
  const counts = new Int32Array(count * width);
  of.forEach((atom, row) => {
    const at = atom * width + (cells[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  });
  return counts;
}

/** For each atom the larger group that it is part of on these levels. */
function mergeAtoms({ keys, atoms }: Offering, levels: readonly number[]) {
  return classesOf(
    keys.map(({ key }) => key),
    levels,
    atoms.leaves,
    atoms.count,
    atoms.sizes,
  );
}

function fold(counts: Int32Array, merged: { readonly of: Int32Array; readonly count: number }, width: number) {
  const folded = new Int32Array(merged.count * width);
  merged.of.forEach((group, atom) => {
    for (let cell = 0; cell < width; cell++) {
      const at = group * width + cell;
      folded[at] = (folded[at] ?? 0) + (counts[atom * width + cell] ?? 0);
    }
  });
  return folded;
}

/**
 * Whether each group's figures are large enough: the answers, who was not asked, and who gave no answer are 0 or at
 * least t, and those who answered 0 or at least b. For a sensitive question no answer may be that of nobody or of
 * nearly everybody (group disclosure, rule T3).
 */
function fitsIn(counts: Int32Array, { answers, sensitive }: Question, { base, cell }: Offering['policy']): boolean {
  const width = answers.length + 2;
  for (let start = 0; start < counts.length; start += width) {
    let answered = 0;
    for (let at = start; at < start + answers.length; at++) answered += counts[at] ?? 0;
    if (answered > 0 && answered < base) return false;
    for (let at = start; at < start + width; at++) {
      const n = counts[at] ?? 0;
      if (n > 0 && n < cell) return false;
      if (!sensitive || at >= start + answers.length || answered === 0) continue;
      if (n === 0 || n > answered - cell) return false;
    }
  }
  return true;
}

/** An item beside one of another question that rests on the same answers. */
interface Pair {
  fits(levels: readonly number[]): boolean;
}

/**
 * Two figures on the same answers can be subtracted: who is "content or chat" less who is "content". So each cell of
 * the two together is 0 or at least t too, in the finest groups in which both are told.
 */
function pairsWith(question: Question, others: readonly Offered[], offering: Offering): Pair[] {
  return others.flatMap((other) =>
    question.items.flatMap((item) =>
      other.question.items
        .filter((theirs) => areKin(question, item, other.question, theirs, offering.survey))
        .map((theirs) => pairOf(question, item, other, theirs, offering)),
    ),
  );
}

function pairOf(question: Question, item: Item, other: Offered, theirs: Item, offering: Offering): Pair {
  const { atoms, policy } = offering;
  const [own, others] = [widthOf(question), widthOf(other.question)];
  const joint = countClasses(
    [
      { codes: atoms.of, span: atoms.count },
      { codes: item.cells, span: own },
      { codes: theirs.cells, span: others },
    ],
    atoms.of.length,
  );
  const first = new Map<number, number>();
  joint.of.forEach((cell, row) => {
    if (!first.has(cell)) first.set(cell, row);
  });
  const rows = Int32Array.from({ length: joint.count }, (_, cell) => first.get(cell) ?? 0);
  return {
    fits: (levels) => {
      const merged = mergeAtoms(
        offering,
        levels.map((level, key) => Math.max(level, other.levels[key] ?? 0)),
      );
      const { sizes } = countClasses(
        [
          { codes: rows.map((row) => merged.of[atoms.of[row] ?? 0] ?? 0), span: merged.count },
          { codes: rows.map((row) => item.cells[row] ?? 0), span: own },
          { codes: rows.map((row) => theirs.cells[row] ?? 0), span: others },
        ],
        rows.length,
        joint.sizes,
      );
      return sizes.every((size) => size >= policy.cell);
    },
  };
}
