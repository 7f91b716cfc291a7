/**
 * Answers that a class has in common (rule M11). Whoever knows that somebody is in the class knows their answer to a
 * sensitive question if all who answered it there said the same, however many they are.
 */
import { MISSING } from '../../questionnaire/variables.ts';
import type { Classes } from './classes.ts';

/** Columns of one sensitive question, and every column that would tell its answers. */
export interface SensitiveGroup {
  readonly columns: readonly Int32Array[];
  readonly telling: readonly Int32Array[];
}

const NOT_ANSWERED: ReadonlySet<number> = new Set([
  MISSING.notAsked,
  MISSING.left,
  MISSING.notInVersion,
  MISSING.blank,
]);

/**
 * The classes in which the question, and what tells it, is withheld: some column of it has one answer only. The whole
 * question goes, since the options of a tick list tell of each other.
 */
export function uniformClasses(classes: Classes, columns: readonly Int32Array[]): Set<number> {
  const uniform = new Set<number>();
  for (const numbers of columns) {
    const answers = new Map<number, Set<number>>();
    numbers.forEach((number, row) => {
      if (NOT_ANSWERED.has(number)) return;
      const own = classes.of[row] ?? 0;
      answers.set(own, (answers.get(own) ?? new Set()).add(number));
    });
    for (const [own, different] of answers) if (different.size < 2) uniform.add(own);
  }
  return uniform;
}

/** The column with every row of these classes withheld. */
export function withholdIn(numbers: Int32Array, classes: Classes, withheld: ReadonlySet<number>): Int32Array {
  return numbers.map((number, row) => (withheld.has(classes.of[row] ?? 0) ? MISSING.withheld : number));
}
