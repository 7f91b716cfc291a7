/** A seal of the ledger that somebody kept, held against those that the ledger has had. */
import { z } from 'zod';

const sealSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{64}$/);

/** What can be said of it: after which line of how many the ledger had it, that it never did, or that it is no seal. */
export type KeptSeal =
  | { readonly found: 'had'; readonly line: number; readonly lines: number }
  | { readonly found: 'never' }
  | { readonly found: 'no seal' };

/** @param asked as it stands in the address; undefined where nothing was asked @param seals after each line */
export function checkSeal(asked: unknown, seals: readonly string[]): KeptSeal | undefined {
  if (asked === undefined) return undefined;
  const { data: seal } = sealSchema.safeParse(asked);
  if (seal === undefined) return { found: 'no seal' };
  const line = seals.indexOf(seal) + 1;
  return line === 0 ? { found: 'never' } : { found: 'had', line, lines: seals.length };
}
