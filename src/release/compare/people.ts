/**
 * Whether two releases are of different people. A test of two separate groups says nothing of two counts in which the
 * same people stand, so what is stated of a change depends on it.
 */
import { plainWords } from '../../questionnaire/checks/changed-wording.ts';

/**
 * The same round, in which nearly everybody of the earlier release is in the later one; another round whose release
 * counts the earlier one's answers as well; or two rounds apart.
 */
export type People = 'same' | 'mixed' | 'apart';

export function isSameRound(one: string, other: string): boolean {
  return plainWords(one) === plainWords(other);
}

/** @param holdsEarlier whether the later release may have counted answers of the earlier one's round */
export function peopleOf(waves: { readonly before: string; readonly after: string }, holdsEarlier: boolean): People {
  if (isSameRound(waves.before, waves.after)) return 'same';
  return holdsEarlier ? 'mixed' : 'apart';
}
