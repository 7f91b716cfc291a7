/** People who answer for releases: names on the record, not accounts. */

/** A name on the record is written as one of an account. */
export { nameSchema as personSchema } from '../../accounts/person.ts';

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
