/**
 * What somebody finds out who knows how files are made (an attack on minimality: Wong and others, 2007). A class's
 * answers are withheld because they are alike. Where the tables print how many of each answer the withheld classes have
 * in all, that alone can say what the answer is: of 7 yes and 5 no, in a class of 7 and a class of 5, all have one each.
 */
import { type Given, OTHERS } from '../sensitive.ts';

/** Withheld answers of a class, or of those who lack a key: somebody knows who they are, and not what they said. */
export interface Unit {
  readonly answers: number;
  /** They would have been withheld for being alike. */
  readonly cause: boolean;
}

/**
 * Whether of some unit it can be told what all said, or all but one, whose own answer that may be.
 * @param given how many of each answer all units have together. Nothing else is looked at, so that any other way to
 *   spread them over the units gives the same result: nobody learns from what was done because of it
 */
export function isToldByMethod(units: readonly Unit[], given: Given): boolean {
  const all = [...given.values()].reduce((sum, n) => sum + n, 0);
  const most = Math.max(...given.values());
  // None of them can be alike, so that is not why they are withheld.
  if (!units.some(({ answers, cause }) => cause && most >= answers - 1)) return false;
  return units.some((unit) => {
    const needed = Math.min(OTHERS, unit.answers);
    return [...given].some(
      ([answer, n]) => n > unit.answers - needed && !couldBeOthers(unit, answer, needed, units, given, all - n),
    );
  });
}

/** Whether some way to spread the answers has so many others than this in a unit, and a unit that is alike. */
function couldBeOthers(
  unit: Unit,
  answer: number,
  needed: number,
  units: readonly Unit[],
  given: Given,
  others: number,
): boolean {
  if (others < needed) return false;
  const { answers: size, cause } = unit;
  // The unit itself is alike in another answer, or in all but one.
  if (cause && [...given].some(([each, n]) => each !== answer && (n >= size || (n >= size - 1 && size - 1 >= needed))))
    return true;
  return units.some(
    (each) => each !== unit && each.cause && [...given.keys()].some((alike) => leftBy(each, alike) >= needed),
  );

  /** How many others are left for the unit where another one is alike in an answer. */
  function leftBy({ answers: taken }: Unit, alike: number): number {
    const n = given.get(alike) ?? 0;
    if (n < taken - 1) return 0;
    if (alike === answer) return others - Number(n < taken);
    return others - taken + Number((given.get(answer) ?? 0) > 0);
  }
}
