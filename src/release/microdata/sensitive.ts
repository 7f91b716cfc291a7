/**
 * Answers that a class has in common (rule M11). Whoever knows that somebody is in a class knows their answer to a
 * sensitive question if all who answered it there said the same, however many they are.
 */
import { MISSING } from '../../questionnaire/variables.ts';

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

/** For each row its class. */
export interface RowClasses {
  readonly of: Int32Array;
}

/** The classes in which some of these columns has one answer only. @param columns those of one question */
export function uniformClasses({ of }: RowClasses, columns: readonly Int32Array[]): Set<number> {
  const uniform = new Set<number>();
  for (const numbers of columns) {
    const answers = new Map<number, Set<number>>();
    numbers.forEach((number, row) => {
      if (!isAnswer(number)) return;
      const own = of[row] ?? 0;
      answers.set(own, (answers.get(own) ?? new Set()).add(number));
    });
    for (const [own, different] of answers) if (different.size < 2) uniform.add(own);
  }
  return uniform;
}

/** The column with every row of these classes withheld. */
export function withholdIn(numbers: Int32Array, { of }: RowClasses, withheld: ReadonlySet<number>): Int32Array {
  return numbers.map((number, row) => (withheld.has(of[row] ?? 0) ? MISSING.withheld : number));
}
