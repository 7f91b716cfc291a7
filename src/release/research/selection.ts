/** What a researcher wants to see of a question, in an address that can be kept and shared. */
import { z } from 'zod';

/** What the name of a filter begins with, before the name of what is filtered by. */
const WHERE = 'where_';

/** A column by which a table is sorted: the answers' own words, or the figures of a group or of a grid's answer. */
export interface Sorting {
  readonly by: string;
  readonly up: boolean;
}

export interface Selection {
  /** For each dimension the values that are wanted, any of them; all the dimensions together. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** The dimension in whose groups it is shown. */
  readonly by: string | undefined;
  readonly dontKnowOut: boolean;
  /** Switched off by whoever wants the people who answered and not the population. */
  readonly weightsOff: boolean;
  /** In the order of the questionnaire where there is none. */
  readonly sort: Sorting | undefined;
}

export const EVERYTHING: Selection = {
  where: {},
  by: undefined,
  dontKnowOut: false,
  weightsOff: false,
  sort: undefined,
};

const word = z.string().max(200);
const words = z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(word).min(1).max(100));
const named = z.object({
  by: word.optional(),
  dontknow: z.literal(['out', '']).optional(),
  weights: z.literal(['off', '']).optional(),
  sort: word.optional(),
  order: z.literal(['up', 'down', '']).optional(),
});

/** Undefined where the address is none that a page makes. */
export function readSelection(query: Readonly<Record<string, unknown>>): Selection | undefined {
  const one = named.safeParse(query);
  const filters = Object.entries(query).flatMap(([name, values]) =>
    name.startsWith(WHERE) ? [[name.slice(WHERE.length), values]] : [],
  );
  const where = z.array(z.tuple([word.min(1), words])).safeParse(filters);
  if (!one.success || !where.success) return undefined;
  const { by, dontknow, weights, sort, order } = one.data;
  return {
    where: Object.fromEntries(where.data),
    by: by || undefined,
    dontKnowOut: dontknow === 'out',
    weightsOff: weights === 'off',
    sort: sort ? { by: sort, up: order === 'up' } : undefined,
  };
}

/** The query of an address that `readSelection` reads back, with its question mark; empty where nothing is asked for. */
export function queryOf(selection: Selection): string {
  const query = new URLSearchParams(entriesOf(selection)).toString();
  return query === '' ? '' : `?${query}`;
}

/** The same name by name. */
export function entriesOf({ where, by, dontKnowOut, weightsOff, sort }: Selection): [name: string, value: string][] {
  return [
    ...(by === undefined ? [] : [['by', by] satisfies [string, string]]),
    ...Object.entries(where).flatMap(([name, values]) =>
      values.map((value): [string, string] => [nameOfFilter(name), value]),
    ),
    ...(dontKnowOut ? [['dontknow', 'out'] satisfies [string, string]] : []),
    ...(weightsOff ? [['weights', 'off'] satisfies [string, string]] : []),
    ...(sort
      ? ([
          ['sort', sort.by],
          ['order', sort.up ? 'up' : 'down'],
        ] satisfies [string, string][])
      : []),
  ];
}

/** How a filter by this dimension is called in an address. */
export const nameOfFilter = (dimension: string) => `${WHERE}${dimension}`;
