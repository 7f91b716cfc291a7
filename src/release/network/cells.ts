/** What of one column is counted in each atom, and the figures of any of them together. */
import { type Figure, figureOf } from '../tables/figures.ts';
import type { Network } from './network.ts';
import type { Offered } from './offered.ts';
import { widthOf } from './questions.ts';
import { type Weighing, weighCells, weighShare } from './weighing.ts';

/** Counts and weights by atom and cell: the answers first, then "not asked" and "no answer". */
export interface Cells {
  readonly answers: number;
  readonly counts: Int32Array;
  readonly weights: Float64Array | undefined;
}

/** @param weighing left out where nothing is weighted */
export function cellsOf(
  { atoms }: Pick<Network, 'atoms'>,
  { question, counts }: Offered,
  item: number,
  weighing: Weighing | undefined,
): Cells {
  const own = question.items[item]?.cells ?? new Int32Array(0);
  return {
    answers: question.answers.length,
    counts: counts[item] ?? new Int32Array(0),
    weights: weighing && weighCells(own, atoms, widthOf(question), weighing),
  };
}

/** The same with two answers: any of these, after all the others. @param these by their places */
export function takeTogether({ answers, counts, weights }: Cells, these: readonly number[]): Cells {
  const placeOf = (cell: number) => (cell >= answers ? cell - answers + 2 : Number(these.includes(cell)));
  const fold = (from: Int32Array | Float64Array, to: Int32Array | Float64Array) => {
    from.forEach((each, at) => {
      const cell = at % (answers + 2);
      const into = ((at - cell) / (answers + 2)) * 4 + placeOf(cell);
      to[into] = (to[into] ?? 0) + each;
    });
  };
  const atoms = counts.length / (answers + 2);
  const folded = { answers: 2, counts: new Int32Array(atoms * 4), weights: weights && new Float64Array(atoms * 4) };
  fold(counts, folded.counts);
  if (weights && folded.weights) fold(weights, folded.weights);
  return folded;
}

/** The figures of some atoms together: sums of cells, each 0 or at least t. */
export function figuresOf(
  { answers, counts, weights }: Cells,
  atoms: readonly number[],
  weighing: Weighing | undefined,
) {
  const sumOf = (each: Int32Array | Float64Array, cell: number) =>
    atoms.reduce((sum, atom) => sum + (each[atom * (answers + 2) + cell] ?? 0), 0);
  const places = Array.from({ length: answers }, (_, cell) => cell);
  const sums = places.map((cell) => sumOf(counts, cell));
  const base = sums.reduce((sum, n) => sum + n, 0);
  const noAnswer = sumOf(counts, answers + 1);
  const none = noAnswer === 0 ? ('not asked' as const) : ('no answer' as const);
  const weighed = weights && places.map((cell) => sumOf(weights, cell));
  const baseWeight = weighed?.reduce((sum, weight) => sum + weight, 0) ?? 0;
  const weigh = (n: number, cell: number) =>
    weighing && weighed && weighShare({ n, base, weight: weighed[cell] ?? 0, baseWeight }, weighing);
  const figures: Figure[] = sums.map((n, cell) => figureOf(n, base, weigh(n, cell)));
  return {
    base,
    ...(base === 0 && { none }),
    figures,
    ...(weighing && { effectiveBase: Math.round(base / weighing.designEffect) }),
  };
}
