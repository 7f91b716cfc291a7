/** Whether groups differ in a share: the exact test, which holds however few they are, and the usual one for many. */
import { upperChiSquare } from './chi-square.ts';

/** How many of a group said something. */
export interface Share {
  readonly n: number;
  readonly base: number;
}

/** More tables than this are not gone through for one test. */
const MOST_TABLES = 100_000;

/**
 * The exact probability, if the groups did not differ, of numbers that are no likelier than these, given the size of
 * each group and how many said it in all: the sum over every such set of numbers (Freeman, G. H. and Halton, J. H. 1951,
 * Biometrika 38, 141–149; for two groups this is Fisher's exact test, as `fisher.test` in R).
 * @returns undefined where there are too many sets of numbers to go through
 */
export function exactTest(groups: readonly Share[]): number | undefined {
  // The largest group's number follows from the others', so that it costs nothing.
  const sorted = [...groups].sort((one, other) => one.base - other.base);
  const said = sum(sorted.map(({ n }) => n));
  const free = sorted.slice(0, -1);
  const tables = free.reduce((product, { base }) => product * (Math.min(base, said) + 1), 1);
  if (tables > MOST_TABLES) return undefined;
  const all = logChoose(sum(sorted.map(({ base }) => base)), said);
  const observed = sum(sorted.map(({ n, base }) => logChoose(base, n)));
  // Numbers that are exactly as likely must not be lost to rounding: the same allowance as in R.
  const most = observed + 1e-7;
  const after = sorted.map((_, place) => sum(sorted.slice(place + 1).map(({ base }) => base)));
  const go = (place: number, left: number, log: number): number => {
    const base = sorted[place]?.base ?? 0;
    if (place === sorted.length - 1) {
      const own = log + logChoose(base, left);
      return own <= most ? Math.exp(own - all) : 0;
    }
    let total = 0;
    for (let n = Math.max(0, left - (after[place] ?? 0)); n <= Math.min(base, left); n++) {
      total += go(place + 1, left - n, log + logChoose(base, n));
    }
    return total;
  };
  return Math.min(1, go(0, said, 0));
}

/** Fewer than this are expected in some cell: then Pearson's test does not hold. */
const LEAST_EXPECTED = 5;

/**
 * Pearson's chi-square test of groups by said or not said, without correction, as `chisq.test(x, correct = FALSE)` in R
 * (Pearson, K. 1900, Philosophical Magazine 50, 157–175).
 * @returns its probability; undefined where fewer than 5 are expected somewhere (Cochran, W. G. 1954, Biometrics 10, 417–451)
 */
export function pearsonTest(groups: readonly Share[]): number | undefined {
  const all = sum(groups.map(({ base }) => base));
  const share = sum(groups.map(({ n }) => n)) / all;
  const expected = groups.map(({ base }) => Math.min(base * share, base * (1 - share)));
  if (Math.min(...expected) < LEAST_EXPECTED) return undefined;
  const statistic = sum(groups.map(({ n, base }) => (n - base * share) ** 2 / (base * share * (1 - share))));
  return upperChiSquare(statistic, groups.length - 1);
}

const logFactorials = [0];

/** The logarithm of "n choose k". */
function logChoose(n: number, k: number): number {
  for (let next = logFactorials.length; next <= n; next++) {
    logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  }
  return (logFactorials[n] ?? 0) - (logFactorials[k] ?? 0) - (logFactorials[n - k] ?? 0);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
