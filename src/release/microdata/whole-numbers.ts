/** Columns of whole numbers, in as few bytes each as they need, or not copied at all. */

/** A column that is held by itself: nearly all answers and missing codes fit into a byte. */
export type WholeNumbers = Int8Array | Int16Array | Int32Array;

/** A column that is read where it stands: the number of each row. */
export type Reading = (row: number) => number;

export function isWhole(values: object): values is WholeNumbers {
  return values instanceof Int8Array || values instanceof Int16Array || values instanceof Int32Array;
}

/** The numbers of so many rows by themselves. */
export function holdNumbers(rows: number, read: Reading): WholeNumbers {
  let [least, most] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const number = read(row);
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const Held = [Int8Array, Int16Array].find((each) => fits(least, most, each.BYTES_PER_ELEMENT)) ?? Int32Array;
  const held = new Held(rows);
  for (let row = 0; row < rows; row++) held[row] = read(row);
  return held;
}

function fits(least: number, most: number, bytes: number): boolean {
  const end = 2 ** (8 * bytes - 1);
  return least >= -end && most < end;
}

/** How many of so many rows have this number. */
export function countNumber(rows: number, read: Reading, number: number): number {
  let n = 0;
  for (let row = 0; row < rows; row++) if (read(row) === number) n++;
  return n;
}
