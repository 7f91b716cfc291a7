/** Rows that look alike on the keys: classes by exact equality, a missing code being a value like any other (rule M6). */
import { MISSING } from '../../questionnaire/variables.ts';

/** For each row the number of its class, from 0. */
export interface Classes {
  readonly of: Int32Array;
  readonly count: number;
}

/** Everybody in one class. */
export function oneClass(rows: number): Classes {
  return { of: new Int32Array(rows), count: rows === 0 ? 0 : 1 };
}

/** The classes parted further by another column. They are numbered by the columns' values, not by the order of rows. */
export function refine(classes: Classes, numbers: Int32Array): Classes {
  let [least, most] = [0, 0];
  for (const number of numbers) {
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const span = most - least + 1;
  const keys = Float64Array.from(classes.of, (own, row) => own * span + (numbers[row] ?? 0) - least);
  const places = new Map([...new Set(keys)].sort((one, other) => one - other).map((key, place) => [key, place]));
  return { of: Int32Array.from(keys, (key) => places.get(key) ?? 0), count: places.size };
}

/** How many rows each class has. */
export function sizesOf({ of, count }: Classes): Int32Array {
  const sizes = new Int32Array(count);
  for (const own of of) sizes[own] = (sizes[own] ?? 0) + 1;
  return sizes;
}

/**
 * What a column says of a row besides its answer: that its question was not in the version answered, which is a time
 * of sorts, and, where that rests on a quasi-identifier, that it was not asked.
 */
export function statesOf(numbers: Int32Array, telling: boolean): Int32Array {
  return numbers.map((number) =>
    number === MISSING.notInVersion || (telling && number === MISSING.notAsked) ? number : 0,
  );
}
