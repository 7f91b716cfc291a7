/**
 * Answers that a class has in common (rule M11). Whoever knows that somebody is in a class knows their answer to a
 * sensitive question if all who answered it there said the same, however many they are; and so does the one who said
 * something else, of all others.
 */
import { MISSING } from '../../questionnaire/variables.ts';
import type { Reading } from './whole-numbers.ts';

const NOT_ANSWERED: ReadonlySet<number> = new Set([
  MISSING.notAsked,
  MISSING.left,
  MISSING.notInVersion,
  MISSING.blank,
  MISSING.withheld,
]);

/** "Don't know" and "prefer not to say" are answers like others; what is withheld is none that anybody sees. */
export function isAnswer(number: number): boolean {
  return !NOT_ANSWERED.has(number);
}

/** How many gave each answer. */
export type Given = ReadonlyMap<number, number>;

/** So many have to have given another answer than most did: one of them knows their own. */
export const OTHERS = 2;

/** Whether answers tell each other: without any one of them, fewer than two different ones are left. Of none, no. */
export function areAlike(given: Given): boolean {
  let [all, most] = [0, 0];
  for (const n of given.values()) {
    all += n;
    most = Math.max(most, n);
  }
  return all > 0 && all - most < OTHERS;
}

/** Counts one more of an answer. */
export function countIn<K>(counts: Map<K, Map<number, number>>, group: K, answer: number): void {
  const own = counts.get(group) ?? new Map<number, number>();
  counts.set(group, own.set(answer, (own.get(answer) ?? 0) + 1));
}

/** For each row its class. */
export interface RowClasses {
  readonly of: Int32Array;
}

/** The classes in which the answers in some of these columns are alike. @param columns those of one question */
export function alikeClasses({ of }: RowClasses, columns: readonly Reading[]): Set<number> {
  const alike = new Set<number>();
  for (const read of columns) {
    const answers = new Map<number, Map<number, number>>();
    for (let row = 0; row < of.length; row++) {
      const number = read(row);
      if (isAnswer(number)) countIn(answers, of[row] ?? 0, number);
    }
    for (const [own, given] of answers) if (areAlike(given)) alike.add(own);
  }
  return alike;
}
