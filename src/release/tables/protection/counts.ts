/** An item's counts among everybody, or in one group of a segment. */
import { MISSING_STATES } from '../../../results/columns.ts';
import type { Item } from '../../../results/tables.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import { NOT_KNOWN } from './groups.ts';

/** The people counted: those whose value of a segment is one of these. Undefined stands for everybody. */
export interface Context {
  /** The segment's place in the family. */
  readonly segment: number;
  readonly variable: SnapshotVariable;
  /** Codes, and `NOT_KNOWN` for those without a value. */
  readonly values: readonly string[];
}

export interface Counts {
  /** In the order of the item's categories. */
  readonly categories: readonly number[];
  /** In the order of `MISSING_STATES`. */
  readonly missing: readonly number[];
}

export function countsIn(item: Item, context: Context | undefined): Counts {
  const crosstab = context && item.bySegment[context.segment];
  if (context && !crosstab) throw new Error(`${item.variable.name} was not counted by ${context.variable.name}`);
  const places = context ? placesIn(context) : [];
  const counts = Array.from(item.counts, (count, place) =>
    crosstab ? total(places.map((column) => crosstab.counts[place * crosstab.columns + column] ?? 0)) : count,
  );
  const { length } = item.variable.categories;
  return { categories: counts.slice(0, length), missing: counts.slice(length) };
}

/** The places of a context’s values among those of its segment. */
export function placesIn({ variable, values }: Context): number[] {
  const { categories } = variable;
  return values.flatMap((value) =>
    value === NOT_KNOWN
      ? MISSING_STATES.map((_, index) => categories.length + index)
      : [categories.findIndex(({ code }) => code === value)],
  );
}

/** The base: how many were asked and answered. */
export function answeredIn({ categories }: Counts): number {
  return total(categories);
}

/** How many the question was put to, whether or not they answered. */
export function askedIn(counts: Counts): number {
  return answeredIn(counts) + (counts.missing[MISSING_STATES.indexOf('blank')] ?? 0);
}

export function everyoneIn({ categories, missing }: Counts): number {
  return total(categories) + total(missing);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
