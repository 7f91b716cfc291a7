/** Names of rows: new in every file, and related to nothing (rule M2). */
import { randomFrom } from '../../questionnaire/random.ts';

export const BYTES_A_ROW = 10;

/** What else a file takes from chance needs so many more: row names are published, and these are not. */
export const BYTES_A_FILE = 6;

/** Chance that names tell nothing of. @param random the names' bytes, and `BYTES_A_FILE` after them */
export function chanceIn(rows: number, random: Uint8Array): () => number {
  const own = random.subarray(rows * BYTES_A_ROW, rows * BYTES_A_ROW + BYTES_A_FILE);
  return randomFrom(own.reduce((seed, byte) => seed * 256 + byte, 0));
}

/**
 * A name for each row, from chance.
 * @param random `BYTES_A_ROW` bytes a row: whoever holds them could tell which row was whose
 * @throws when two rows would have the same name
 */
export function nameRows(rows: number, random: Uint8Array): string[] {
  const names = Array.from({ length: rows }, (_, row) => {
    const bytes = random.subarray(row * BYTES_A_ROW, (row + 1) * BYTES_A_ROW);
    // A letter first: a program that reads tables takes "12e45" for a number.
    return `r${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  });
  if (random.length < rows * BYTES_A_ROW || new Set(names).size < rows) {
    throw new Error('two rows would have the same name: the random bytes are too few or not random');
  }
  return names;
}

/** The order in which rows stand in a file: that of their names. */
export function compareNames(one = '', other = ''): number {
  return one < other ? -1 : 1;
}
