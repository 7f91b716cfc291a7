/**
 * Whether two releases are of different people. A test of two separate groups says nothing of two counts in which the
 * same people stand, so what is stated of a change depends on it.
 */
import { roundNamed } from '../../questionnaire/round.ts';

/** The same round, in which nearly everybody of the earlier release is in the later one; or two rounds apart: a release counts one. */
export type People = 'same' | 'apart';

/** @param one and other: what the releases call their rounds, in the survey's first language */
export function peopleOf(one: string, other: string): People {
  return roundNamed(one) === roundNamed(other) ? 'same' : 'apart';
}
