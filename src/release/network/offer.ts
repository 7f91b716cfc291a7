/** On which levels of the keys a question can be asked, so that no figure of it is of too few (rule T9). */
import type { Atoms } from './atoms.ts';
import { besideTables } from './beside-tables.ts';
import { finestLevels } from './finest.ts';
import type { Offered } from './offered.ts';
import { mergeAtoms, type Offering, pairsWith, sumOver } from './pairs.ts';
import { type Question, widthOf } from './questions.ts';

/**
 * A question on the finest levels that it fits, so that every figure stays large enough. The keys come in the order of
 * the survey's file, which names first what matters most.
 * @param others what is offered already: figures on the same answers are subtracted from each other too
 * @param floor no key is finer than this
 * @returns undefined where it does not even fit for everybody together
 */
export function offerQuestion(
  question: Question,
  others: readonly Offered[],
  offering: Offering,
  floor: readonly number[] = offering.atoms.levels,
): Offered | undefined {
  const { keys, atoms } = offering;
  const counts = question.items.map(({ cells }) => countIn(atoms, cells, widthOf(question)));
  const pairs = [
    ...pairsWith(question, others, offering),
    ...offering.since.flatMap((earlier) => earlier.pairsWith(question, offering)),
  ];
  const beside = besideTables(question, counts, offering.published, offering);
  const fits = (levels: readonly number[]): boolean => {
    const merged = mergeAtoms(offering, levels);
    return (
      counts.every((each) =>
        fitsIn(sumOver(each, merged.of, merged.count, widthOf(question)), question, offering.policy),
      ) &&
      pairs.every((pair) => pair.fits(levels)) &&
      beside.every(({ isAsked, fits }) => fits || !isAsked(levels))
    );
  };
  const tops = keys.map(({ key }) => key.levels.length - 1);
  const levels = finestLevels(tops, floor, fits);
  return levels && { question, levels, counts };
}

/** How many respondents of each atom are in each cell. */
function countIn({ of, count }: Atoms, cells: Int32Array, width: number): Int32Array {
  const counts = new Int32Array(count * width);
  for (let row = 0; row < of.length; row++) {
    const atom = of[row] ?? -1;
    if (atom === -1) continue;
    const at = atom * width + (cells[row] ?? 0);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
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
