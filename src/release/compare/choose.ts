/** Which two releases are compared: those that the public has seen and that still stand, by their numbers in the address. */
import type { Standing } from '../ledger/ledger.ts';
import { partOf } from '../page/releases.ts';

/** Those with tables, the first first. What was withdrawn is to be used by nobody. */
export function listComparable(standings: readonly Standing[]): Standing[] {
  return standings.filter(
    (standing) =>
      (standing.state === 'approved' || standing.state === 'superseded') && partOf(standing, 'tables') !== undefined,
  );
}

export type Chosen =
  | { readonly before: Standing; readonly after: Standing }
  /** Why they cannot be compared, for whoever chose. */
  | { readonly fault: string };

/**
 * The two that were asked for, the older first; the last two where none were.
 * @param releases at least two
 */
export function chooseTwo(
  releases: readonly Standing[],
  query: { readonly from?: unknown; readonly to?: unknown },
): Chosen {
  const find = (wanted: unknown, otherwise: Standing | undefined) =>
    wanted === undefined ? otherwise : releases.find(({ number }) => String(number) === wanted);
  const [one, other] = [find(query.from, releases.at(-2)), find(query.to, releases.at(-1))];
  if (!one || !other) return { fault: 'Choose two of the releases in the lists' };
  if (one.number === other.number) return { fault: 'Choose two different releases' };
  return one.number < other.number ? { before: one, after: other } : { before: other, after: one };
}
