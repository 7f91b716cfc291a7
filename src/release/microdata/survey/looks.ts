/** Rows that are alike in some columns, with what they look like. */
import type { Reading } from '../whole-numbers.ts';

/** Numbers of answers are smaller than half of this. */
const SPREAD = 2 ** 26;

export interface Looks {
  /** For each row its look, numbered in the order in which they first come. */
  readonly of: Int32Array;
  /** The numbers of each look, put together. */
  readonly texts: readonly string[];
}

/** Column by column, so that memory does not grow with their number. */
export function looksIn(columns: readonly Reading[], rows: number, separator: string): Looks {
  const of = new Int32Array(rows);
  for (const read of columns) {
    const numbered = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const look = (of[row] ?? 0) * SPREAD + read(row);
      let number = numbered.get(look);
      if (number === undefined) {
        number = numbered.size;
        numbered.set(look, number);
      }
      of[row] = number;
    }
  }
  const texts: string[] = [];
  for (let row = 0; row < rows; row++) {
    if (of[row] === texts.length) texts.push(columns.map((read) => read(row)).join(separator));
  }
  return { of, texts };
}
