/** Which groups differ in which shares, over a whole family of comparisons. */
import { exactTest, pearsonTest, type Share } from './fisher.ts';

/** A difference is clear when chance alone would make one like it less often than this, over the whole family. */
export const LEVEL = 0.05;

/** Two groups of a comparison, by their places, of which one said it clearly more often. */
interface Pair {
  readonly higher: number;
  readonly lower: number;
  readonly adjusted: number;
}

/** What became of a comparison. */
export interface Compared {
  readonly method: 'exact' | 'chi-square';
  readonly p: number;
  /** Corrected for the number of comparisons. */
  readonly adjusted: number;
  readonly clear: boolean;
  /** Where it is clear: the pairs that differ, which can be none. */
  readonly pairs: readonly Pair[];
}

/**
 * Tests every comparison of a family: the exact test where it can be afforded, else Pearson's where it holds. Holm's
 * correction is over all comparisons that can be tested and could come out either way: where everybody or nobody said
 * something there is nothing to test. Where groups differ, each two of them are compared: corrected by Holm's method
 * among the pairs, and then by the size of the whole family. So the chance that any sentence "the groups differ" is
 * wrong is at most `LEVEL`, and so is the chance that any sentence on a pair is.
 * @param told hears before each comparison how much is done, 0 to 1
 * @returns for each comparison what became of it; undefined where there is no test that holds
 */
export function compareFamily(
  comparisons: readonly (readonly Share[])[],
  told: (share: number) => void = () => {},
): (Compared | undefined)[] {
  const tests = comparisons.map((groups, place) => {
    told(place / comparisons.length);
    return canDiffer(groups) ? test(groups) : undefined;
  });
  const tested = tests.flatMap((own, place) => (own ? [{ ...own, place }] : []));
  const adjusted = holm(tested.map(({ p }) => p));
  const family = tested.length;
  const byPlace = new Map(tested.map(({ place }, index) => [place, adjusted[index] ?? 1]));
  return comparisons.map((groups, place) => {
    if (!canDiffer(groups)) return { method: 'exact', p: 1, adjusted: 1, clear: false, pairs: [] };
    const own = tests[place];
    const corrected = byPlace.get(place) ?? 1;
    const clear = corrected <= LEVEL;
    return own && { ...own, adjusted: corrected, clear, pairs: clear ? pairsOf(groups, family) : [] };
  });
}

function canDiffer(groups: readonly Share[]): boolean {
  return groups.some(({ n }) => n > 0) && groups.some(({ n, base }) => n < base);
}

function test(groups: readonly Share[]): Pick<Compared, 'p' | 'method'> | undefined {
  const exact = exactTest(groups);
  if (exact !== undefined) return { p: exact, method: 'exact' };
  const p = pearsonTest(groups);
  return p === undefined ? undefined : { p, method: 'chi-square' };
}

/** The pairs that differ clearly, whichever of the two is the higher. */
function pairsOf(groups: readonly Share[], family: number): Pair[] {
  const pairs = groups.flatMap((one, higher) =>
    groups.flatMap((other, lower) =>
      one.n * other.base > other.n * one.base ? [{ higher, lower, p: test([one, other])?.p ?? 1 }] : [],
    ),
  );
  const among = (groups.length * (groups.length - 1)) / 2;
  // Equal shares are a pair as well, with a probability of 1.
  const corrected = holm([...pairs.map(({ p }) => p), ...new Array<number>(among - pairs.length).fill(1)]);
  return pairs.flatMap(({ higher, lower }, index) => {
    const adjusted = Math.min(1, (corrected[index] ?? 1) * family);
    return adjusted <= LEVEL ? [{ higher, lower, adjusted }] : [];
  });
}

/**
 * Probabilities corrected for their number: the smallest times the number of all, the next times one less, and so on,
 * none less than the one before (Holm, S. 1979, Scandinavian Journal of Statistics 6, 65–70; `p.adjust` in R).
 */
export function holm(probabilities: readonly number[]): number[] {
  const order = probabilities.map((p, index) => ({ p, index })).sort((one, other) => one.p - other.p);
  const adjusted = new Array<number>(probabilities.length).fill(1);
  let least = 0;
  order.forEach(({ p, index }, place) => {
    least = Math.max(least, Math.min(1, p * (probabilities.length - place)));
    adjusted[index] = least;
  });
  return adjusted;
}
