/** Weights in a file: one that only few of a class have would tell them apart (rule M13). */
import { type Counted, countClasses } from '../generalise/count.ts';

export interface FileWeights {
  /** For each response. */
  readonly values: Float64Array;
  /** How far they could stay as they are: the end of a sentence that begins with "Weights". */
  readonly how: string;
  /** Rows that are alike in their keys and their weight. */
  readonly classes: Counted;
}

const MEAN_DECIMALS = 4;

/**
 * The weights as exactly as each class's rows with the same weight are at least k: as they are, then to two, one and
 * no decimals, then the mean of the class.
 * @returns undefined where a weight is no number above 0: then they cannot leave
 */
export function protectWeights(weights: Float64Array, classes: Counted, k: number): FileWeights | undefined {
  if (!weights.every((weight) => Number.isFinite(weight) && weight > 0)) return undefined;
  const ways: readonly (readonly [string, Float64Array])[] = [
    ['are as they were worked out', weights],
    ...[2, 1, 0].map((decimals) => [roundedWords(decimals), weights.map((each) => round(each, decimals))] as const),
    ['are the means of the rows that look alike, because exact ones would tell rows apart', meansOf(weights, classes)],
  ];
  for (const [how, values] of ways) {
    const refined = refine(classes, values);
    if (values.every((each) => each > 0) && refined.sizes.every((size) => size >= k))
      return { values, how, classes: refined };
  }
  return undefined;
}

const round = (weight: number, decimals: number) => Number(weight.toFixed(decimals));

function roundedWords(decimals: number): string {
  const to = decimals === 0 ? 'whole numbers' : `${decimals} ${decimals === 1 ? 'decimal' : 'decimals'}`;
  return `are rounded to ${to}, because exact ones would tell rows apart`;
}

function meansOf(weights: Float64Array, { of, sizes }: Counted): Float64Array {
  const sums = new Float64Array(sizes.length);
  of.forEach((own, row) => {
    sums[own] = (sums[own] ?? 0) + (weights[row] ?? 0);
  });
  return Float64Array.from(of, (own) => round((sums[own] ?? 0) / (sizes[own] ?? 1), MEAN_DECIMALS));
}

function refine(classes: Counted, values: Float64Array): Counted {
  const places = new Map([...new Set(values)].map((value, place) => [value, place]));
  const codes = Int32Array.from(values, (value) => places.get(value) ?? 0);
  return countClasses(
    [
      { codes: classes.of, span: classes.count },
      { codes, span: places.size },
    ],
    values.length,
  );
}
