/**
 * Weighted percentages of a file that has weights (rule T11). A percentage beside its count tells what those behind it
 * weigh together, and so how many of each kind they are; `weightedPercent` rounds that away, as in published tables.
 * With filters of one's own there are too many of them for rounding: what many roundings leave open together is less.
 * So only who is not filtered is weighted, for everybody or side by side: as many figures as published tables have.
 */
import { precisionOf } from '../../results/weights.ts';
import { findStep, type Spread, weightedPercent } from '../tables/weighted-percent.ts';
import type { Atoms } from './atoms.ts';
import type { NetworkFile } from './dimensions.ts';

/** The weights of a file, for each of its rows. */
export interface Weighing {
  readonly weights: Float64Array;
  readonly spread: Spread;
  /** That of all who are counted, to one decimal: a group's own would tell who is in it. */
  readonly designEffect: number;
  /** How many answers of equal weight would be as sure as all that are counted. */
  readonly effectiveBase: number;
}

/** @param open how many respondents each percentage leaves open @returns undefined where the file has no weights */
export function weighingOf({ variables }: NetworkFile, { of }: Atoms, open: number): Weighing | undefined {
  const weights = variables.find(({ role }) => role === 'weight')?.values;
  if (!(weights instanceof Float64Array)) return undefined;
  const counted = weights.filter((_, row) => of[row] !== -1);
  if (counted.length === 0) return undefined;
  const designEffect = Math.round(precisionOf(counted).designEffect * 10) / 10;
  const sorted = counted.toSorted();
  return {
    weights,
    spread: { least: sorted[0] ?? 1, most: sorted.at(-1) ?? 1, open },
    designEffect,
    effectiveBase: Math.round(counted.length / designEffect),
  };
}

/** For each atom in order what those in each cell weigh. */
export function weighCells(
  cells: Int32Array,
  { of, count }: Atoms,
  width: number,
  { weights }: Weighing,
): Float64Array {
  const sums = new Float64Array(count * width);
  for (let row = 0; row < of.length; row++) {
    const atom = of[row] ?? -1;
    if (atom === -1) continue;
    const at = atom * width + (cells[row] ?? 0);
    sums[at] = (sums[at] ?? 0) + (weights[row] ?? 0);
  }
  return sums;
}

/** Of a base, how many gave an answer, and what either weigh. */
interface Weighed {
  readonly n: number;
  readonly base: number;
  readonly weight: number;
  readonly baseWeight: number;
}

/** The percentage of a figure, rounded, with how many equal answers its base is worth. */
export function weighShare(figure: Weighed, { spread, designEffect }: Weighing) {
  const step = figure.base === 0 ? undefined : findStep(figure.baseWeight, spread);
  return {
    percent: step === undefined ? null : weightedPercent(figure, spread, step),
    step,
    effectiveBase: Math.round(figure.base / designEffect),
  };
}
