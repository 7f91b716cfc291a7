/** Lists that are sorted by links: in the address `sort` says by what, and `order=down` turns it round. No script is needed. */
import { z } from 'zod';

export interface Sorting<K extends string> {
  readonly by: K;
  readonly down: boolean;
}

/** What a link says: by what it sorts, and the two ways round. */
interface Words {
  readonly text: string;
  /** Of words from A to Z where nothing is said. */
  readonly ways?: readonly [up: string, down: string];
}

/** What a list can be sorted by, each in words. The first is how it stands at first. */
type Sorted<K extends string> = Readonly<Record<K, Words>>;

/** The same with what is compared. */
type SortedBy<T, K extends string> = Readonly<Record<K, Words & { readonly of: (row: T) => string | number }>>;

type Parameters = Readonly<Record<string, string | undefined>>;

const querySchema = z.object({
  sort: z.string().optional().catch(undefined),
  order: z.enum(['up', 'down']).optional().catch(undefined),
});

/**
 * A list in the order that an address asks for, and the links to the others. Anything else in the address is nothing.
 * @param kept what stays in the address when it is sorted
 */
export function sortList<T, K extends string>(
  rows: readonly T[],
  query: Readonly<Record<string, unknown>>,
  by: SortedBy<T, K>,
  kept: Parameters = {},
) {
  const sorting = readSorting(query, by);
  const turn = sorting.down ? -1 : 1;
  const { of } = by[sorting.by];
  return {
    rows: rows.toSorted((one, other) => turn * compare(of(one), of(other))),
    links: linksOf(by, sorting, kept),
    sorting,
  };
}

const keysOf = <K extends string>(by: Sorted<K>) => Object.keys(by) as [K, ...K[]];

/** What an address asks for, for a list that its store sorts. */
export function readSorting<K extends string>(query: Readonly<Record<string, unknown>>, by: Sorted<K>): Sorting<K> {
  const { sort, order } = querySchema.parse(query);
  const keys = keysOf(by);
  return { by: keys.find((key) => key === sort) ?? keys[0], down: order === 'down' };
}

/** As people order words: without regard to case, and numbers in them by their size. */
const collator = new Intl.Collator('en', { numeric: true });

const compare = (one: string | number, other: string | number): number =>
  typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other));

const A_TO_Z = ['A to Z', 'Z to A'] as const;

/** The link that is chosen says which way round the list stands, and leads to the other. */
export function linksOf<K extends string>(by: Sorted<K>, sorting: Sorting<K>, kept: Parameters = {}) {
  return keysOf(by).map((key) => {
    const current = key === sorting.by;
    const { text, ways = A_TO_Z } = by[key];
    return {
      text: current ? `${text}, ${ways[sorting.down ? 1 : 0]}` : text,
      href: `?${queryOf({ ...kept, ...asParameters({ by: key, down: current && !sorting.down }) })}`,
      current,
    };
  });
}

/** An order as it stands in an address. */
export const asParameters = ({ by, down }: Sorting<string>) => ({ sort: by, order: down ? 'down' : 'up' });

/** The part of an address behind the question mark. */
export function queryOf(parameters: Parameters): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, value);
  return query.toString();
}
