/** What a researcher asks of the network tier, from an address. */
import { z } from 'zod';
import type { Wanted } from './ask.ts';

/** What the name of a filter begins with, before the name of what is filtered by. */
export const ONLY = 'only_';

const word = z.string().max(200);
const words = z.preprocess((given) => (typeof given === 'string' ? [given] : given), z.array(word).max(100));
const named = z.object({ question: word.optional(), by: word.optional() });

/** The question, what it is crossed by, and the filters; undefined where the address is none that the page makes. */
export function readWanted(
  query: Readonly<Record<string, unknown>>,
): (Partial<Wanted> & Pick<Wanted, 'where'>) | undefined {
  const one = named.safeParse(query);
  const filters = Object.entries(query).flatMap(([name, values]) =>
    name.startsWith(ONLY) ? [[name.slice(ONLY.length), values]] : [],
  );
  const where = z.array(z.tuple([word, words])).safeParse(filters);
  if (!one.success || !where.success) return undefined;
  const { question, by } = one.data;
  return { ...(question && { question }), ...(by && { by }), where: Object.fromEntries(where.data) };
}
