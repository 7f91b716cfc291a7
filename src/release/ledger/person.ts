/** People who answer for releases: names on the record, not accounts. */
import { z } from 'zod';

/** A name as somebody writes it: one line, without what cannot be seen. */
export const personSchema = z
  .string()
  .transform((name) => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' '))
  .refine(
    (name) => /^\p{L}[\p{L}\p{M}\p{N} .,'’@_-]{0,99}$/u.test(name),
    'a name: letters first, at most 100 characters',
  );

/** Whether two names are one person's: capitals, dots and the order of the words make no difference. */
export function isSamePerson(one: string, other: string): boolean {
  return wordsOf(one) === wordsOf(other);
}

function wordsOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}
