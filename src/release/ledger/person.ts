/** People who answer for releases: names on the record, each with the account behind it where there is one. */

/** A name on the record is written as one of an account. */
export { nameSchema as personSchema } from '../../accounts/person.ts';

/** A name alone, or an account and what it was called at that moment. */
export type Person = string | { readonly name: string; readonly account: string };

export const nameOf = (person: Person): string => (typeof person === 'string' ? person : person.name);

/** The account's id; undefined of a name alone. */
export const accountOf = (person: Person): string | undefined =>
  typeof person === 'string' ? undefined : person.account;

/**
 * Whether two are one person: by the account, whatever it is called by now, or by the name, where capitals, dots and the
 * order of the words make no difference. Two accounts of one name count as one person's: whoever has two is not two people.
 */
export function isSamePerson(one: Person, other: Person): boolean {
  const account = accountOf(one);
  return (account !== undefined && account === accountOf(other)) || wordsOf(nameOf(one)) === wordsOf(nameOf(other));
}

function wordsOf(name: string): string {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)
    .sort()
    .join(' ');
}
