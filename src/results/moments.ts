/** What a mean is made of, with what tells whether it may be shown (rule T10). */
import { placesOf } from './columns.ts';
import { type Counted, placeCount } from './crosstab.ts';

export interface Moments {
  readonly n: number;
  readonly sum: number;
  /** The two largest values by size, whatever their sign. */
  readonly first: number;
  readonly second: number;
}

/** The moments of a number's values by the places of a segment; without one, all of them together. */
export function momentsBy({ column }: Counted, segment?: Counted): Moments[] {
  const places = segment && placesOf(segment.variable);
  const length = segment ? placeCount(segment.variable) : 1;
  const moments = Array.from({ length }, () => ({ n: 0, sum: 0, first: 0, second: 0 }));
  column.values?.forEach((value, row) => {
    if (Number.isNaN(value)) return;
    const place = places && segment ? places[segment.column.codes[row] ?? 0] : 0;
    const own = moments[place ?? 0];
    if (!own) return;
    const size = Math.abs(value);
    own.n += 1;
    own.sum += value;
    own.second = Math.max(own.second, Math.min(own.first, size));
    own.first = Math.max(own.first, size);
  });
  return moments;
}

/** The moments of several groups together. */
export function together(groups: readonly Moments[]): Moments {
  const largest = groups.flatMap(({ first, second }) => [first, second]).sort((a, b) => b - a);
  return {
    n: groups.reduce((total, { n }) => total + n, 0),
    sum: groups.reduce((total, { sum }) => total + sum, 0),
    first: largest[0] ?? 0,
    second: largest[1] ?? 0,
  };
}
