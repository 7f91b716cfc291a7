/** Weights that make a sample look like its population, one margin after the other until all of them hold. */

/** What is known of the population for one variable. */
export interface Margin {
  /** For each response the position of its value among the shares; -1 where it has none of them. */
  readonly values: Int32Array;
  /** The share of each value in the population; above 0, together 1. Each needs a response that has it. */
  readonly shares: readonly number[];
}

/** The least and the most that one response may weigh, where the mean is 1. */
export interface Limits {
  readonly lowest: number;
  readonly highest: number;
}

export interface Raking {
  /** One for each response, with mean 1. */
  readonly weights: Float64Array;
  /** How often all margins were gone through. */
  readonly rounds: number;
  /** For each margin and value the weighted share that was reached, among the responses that have a value. */
  readonly reached: readonly (readonly number[])[];
  /** The largest difference between a share that was reached and the one asked for. */
  readonly gap: number;
}

/** Shares that are this close are the same. */
const CLOSE = 1e-12;
const MOST_ROUNDS = 1000;

/**
 * Raking: each margin in turn scales the weights of each of its values to the value's share, again and again until
 * nothing moves (iterative proportional fitting; Deming, W. E. and Stephan, F. F. 1940, Annals of Mathematical
 * Statistics 11, 427–444). A response without a value for a margin is left as it is by that margin (a factor of 1), and
 * the shares are those among the others. With limits the weights are cut to them after each round, and what that
 * takes from a margin is made up by the responses that still can. Always in the same order, so the same input gives the
 * same weights to the bit.
 * @returns the weights where no margin moves them any more, or after 1,000 rounds: `gap` tells how far the shares are
 */
export function rake(responses: number, margins: readonly Margin[], limits?: Limits): Raking {
  const cells = cellsOf(responses, margins);
  let rounds = 0;
  let moved = Number.POSITIVE_INFINITY;
  while (moved > CLOSE && rounds < MOST_ROUNDS) {
    const before = cells.weights.slice();
    margins.forEach((margin, index) => {
      scale(cells, index, margin);
    });
    if (limits) cut(cells, limits);
    rounds += 1;
    moved = limits ? largestChange(before, cells.weights) : largestGap(cells, margins);
  }
  return {
    weights: Float64Array.from(cells.cellOf, (cell) => cells.weights[cell] ?? 1),
    rounds,
    reached: margins.map((margin, index) => sharesOf(cells, index, margin)),
    gap: largestGap(cells, margins),
  };
}

/** Responses with the same values weigh the same, so they are counted once and weighted together. */
interface Cells {
  /** For each response its cell. */
  readonly cellOf: Int32Array;
  /** How many responses each cell has. */
  readonly counts: number[];
  /** For each margin the value of each cell. */
  readonly values: readonly (readonly number[])[];
  readonly weights: Float64Array;
}

function cellsOf(responses: number, margins: readonly Margin[]): Cells {
  const known = new Map<number, number>();
  const counts: number[] = [];
  const values = margins.map((): number[] => []);
  const cellOf = new Int32Array(responses);
  for (let row = 0; row < responses; row++) {
    const key = margins.reduce((sum, margin) => sum * (margin.shares.length + 1) + (margin.values[row] ?? -1) + 1, 0);
    const cell = known.get(key) ?? counts.length;
    if (cell === counts.length) {
      known.set(key, cell);
      counts.push(0);
      margins.forEach((margin, index) => {
        values[index]?.push(margin.values[row] ?? -1);
      });
    }
    counts[cell] = (counts[cell] ?? 0) + 1;
    cellOf[row] = cell;
  }
  return { cellOf, counts, values, weights: new Float64Array(counts.length).fill(1) };
}

function totalsOf({ counts, values, weights }: Cells, index: number, { shares }: Margin): number[] {
  const totals = shares.map(() => 0);
  counts.forEach((count, cell) => {
    const value = values[index]?.[cell] ?? -1;
    if (value >= 0) totals[value] = (totals[value] ?? 0) + count * (weights[cell] ?? 0);
  });
  return totals;
}

function scale(cells: Cells, index: number, margin: Margin): void {
  const totals = totalsOf(cells, index, margin);
  const all = sum(totals);
  const factors = margin.shares.map((share, value) => (share * all) / (totals[value] || 1));
  cells.weights.forEach((weight, cell) => {
    cells.weights[cell] = weight * (factors[cells.values[index]?.[cell] ?? -1] ?? 1);
  });
}

/** Cuts weights to the limits so that their mean is 1 again: those between the limits take up what was cut off. */
function cut({ counts, weights }: Cells, { lowest, highest }: Limits): void {
  const cutBy = (factor: number, weight: number) => Math.min(highest, Math.max(lowest, weight * factor));
  const responses = sum(counts);
  // The sum of the cut weights grows with the factor: bisection finds where it is the number of responses.
  let low = lowest / weights.reduce((most, weight) => Math.max(most, weight));
  let high = highest / weights.reduce((least, weight) => Math.min(least, weight));
  for (let step = 0; step < 100 && high - low > Number.EPSILON * high; step++) {
    const middle = (low + high) / 2;
    if (sum(counts.map((count, cell) => count * cutBy(middle, weights[cell] ?? 0))) < responses) low = middle;
    else high = middle;
  }
  weights.forEach((weight, cell) => {
    weights[cell] = cutBy(high, weight);
  });
}

function sharesOf(cells: Cells, index: number, margin: Margin): number[] {
  const totals = totalsOf(cells, index, margin);
  const all = sum(totals);
  return totals.map((total) => total / (all || 1));
}

function largestGap(cells: Cells, margins: readonly Margin[]): number {
  const gaps = margins.flatMap((margin, index) =>
    sharesOf(cells, index, margin).map((share, value) => Math.abs(share - (margin.shares[value] ?? 0))),
  );
  return Math.max(0, ...gaps);
}

function largestChange(before: Float64Array, after: Float64Array): number {
  return before.reduce((most, weight, cell) => Math.max(most, Math.abs(weight - (after[cell] ?? 0))), 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
