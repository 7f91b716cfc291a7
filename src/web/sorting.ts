/** Lists that are sorted by links: in the address `sort` says by what, and `order=down` turns it round. No script is needed. */
import { z } from 'zod';

export interface Sorting<K extends string> {
  readonly by: K;
  readonly down: boolean;
}

/** What a list can be sorted by: the words of the link, and what is compared. The first is how it stands at first. */
export type SortedBy<T, K extends string> = Readonly<Record<K, { text: string; of: (row: T) => string | number }>>;

const querySchema = z.object({
  sort: z.string().optional().catch(undefined),
  order: z.enum(['up', 'down']).optional().catch(undefined),
});

/** A list in the order that an address asks for, and the links to the others. Anything else in the address is nothing. */
export function sortList<T, K extends string>(
  rows: readonly T[],
  query: Readonly<Record<string, unknown>>,
  by: SortedBy<T, K>,
) {
  const sorting = readSorting(query, by);
  const turn = sorting.down ? -1 : 1;
  const { of } = by[sorting.by];
  return { rows: rows.toSorted((one, other) => turn * compare(of(one), of(other))), links: linksOf(by, sorting) };
}

const keysOf = <K extends string>(by: Readonly<Record<K, unknown>>) => Object.keys(by) as [K, ...K[]];

function readSorting<K extends string>(
  query: Readonly<Record<string, unknown>>,
  by: Readonly<Record<K, unknown>>,
): Sorting<K> {
  const { sort, order } = querySchema.parse(query);
  const keys = keysOf(by);
  return { by: keys.find((key) => key === sort) ?? keys[0], down: order === 'down' };
}

/** As people order words: without regard to case, and numbers in them by their size. */
const collator = new Intl.Collator('en', { numeric: true });

const compare = (one: string | number, other: string | number): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));

/** The link that is chosen already leads to the same turned round. */
function linksOf<T, K extends string>(by: SortedBy<T, K>, { by: chosen, down }: Sorting<K>) {
  return keysOf(by).map((key) => {
    const current = key === chosen;
    const order = current && !down ? 'down' : 'up';
    return {
      text: by[key].text,
      href: `?${new URLSearchParams({ sort: key, order })}`,
      current,
      down: current && down,
    };
  });
}
