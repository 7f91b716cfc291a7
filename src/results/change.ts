/** How much a share changed between two groups of different people, and how sure that is. */
import { wilson } from './figures.ts';
import type { Share } from './fisher.ts';

export interface Change {
  /** From -1 to 1: the later share less the earlier one. */
  readonly difference: number;
  /** The 95% interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * The difference of two shares of different people with its hybrid score interval, which holds for few people and for
 * shares of none and all (Newcombe, R. G. 1998, Statistics in Medicine 17, 873–890, method 10).
 */
export function changeOf(before: Share, after: Share): Change {
  const [then, now] = [before.n / before.base, after.n / after.base];
  const [old, fresh] = [wilson(before.n, before.base), wilson(after.n, after.base)];
  const difference = now - then;
  return {
    difference,
    low: difference - Math.hypot(now - fresh.low, old.high - then),
    high: difference + Math.hypot(fresh.high - now, then - old.low),
  };
}
