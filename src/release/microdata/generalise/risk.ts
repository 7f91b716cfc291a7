/** How easily rows can be told apart by their keys. */

export interface Risk {
  readonly rows: number;
  readonly classes: number;
  /** Rows that nobody else looks like. */
  readonly uniques: number;
  readonly under3: number;
  readonly under5: number;
  readonly under10: number;
  /** The risk of a row is 1/f, f being how many look like it. */
  readonly highestRisk: number;
  readonly meanRisk: number;
  /** The share of rows whose risk is above 0.2. */
  readonly shareAbove: number;
  /** How many classes there are of each size, the smallest first. */
  readonly histogram: readonly { readonly size: number; readonly classes: number }[];
}

/** How many rows look like each row, itself among them: the fk of sdcMicro, with every value a value of its own. */
export function frequenciesOf({ of, sizes }: { readonly of: Int32Array; readonly sizes: Int32Array }): Int32Array {
  return of.map((own) => sizes[own] ?? 0);
}

const HIGH = 0.2;

/** @param frequencies how many rows look like each row */
export function riskOf(frequencies: Int32Array): Risk {
  const rows = frequencies.length;
  const bySize = new Map<number, number>();
  for (const size of frequencies) bySize.set(size, (bySize.get(size) ?? 0) + 1);
  const histogram = [...bySize]
    .sort(([one], [other]) => one - other)
    .map(([size, n]) => ({ size, classes: Math.round(n / size) }));
  const where = (holds: (size: number) => boolean) =>
    histogram.reduce((sum, { size, classes }) => (holds(size) ? sum + size * classes : sum), 0);
  const classes = histogram.reduce((sum, each) => sum + each.classes, 0);
  return {
    rows,
    classes,
    uniques: where((size) => size === 1),
    under3: where((size) => size < 3),
    under5: where((size) => size < 5),
    under10: where((size) => size < 10),
    highestRisk: 1 / (histogram[0]?.size ?? 1),
    // Each class of f rows adds f times 1/f.
    meanRisk: rows === 0 ? 0 : classes / rows,
    shareAbove: rows === 0 ? 0 : where((size) => 1 / size > HIGH) / rows,
    histogram,
  };
}
