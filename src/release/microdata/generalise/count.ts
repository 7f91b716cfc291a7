/** Counting equal rows fast: the codes of a row become one number, and equal numbers are found by hashing. */
import type { WholeNumbers } from '../whole-numbers.ts';

/** A column of codes from 0 up to, not including, `span`. */
export interface Coded {
  readonly codes: WholeNumbers;
  readonly span: number;
}

/** Rows that are equal in all columns, numbered in the order in which they first come. */
export interface Counted {
  /** For each row its class. */
  readonly of: Int32Array;
  readonly count: number;
  /** For each class its rows, each counted by its weight. */
  readonly sizes: Int32Array;
}

const EXACT = Number.MAX_SAFE_INTEGER;
/** Up to so many possible codes for a row, a table with a place for each is faster than hashing. */
const ROOMY = 4;

/** What a count is worked out in. */
interface Room {
  readonly codes: Float64Array;
  readonly held: Float64Array;
  readonly numbers: Int32Array;
}

/** Room for counts of so many rows. Who counts hundreds of times takes one: what each leaves is cleared away late. */
export function roomFor(rows: number): Room {
  const places = 2 ** Math.ceil(Math.log2(rows * 2 + 2));
  return {
    codes: new Float64Array(rows),
    held: new Float64Array(places),
    numbers: new Int32Array(Math.max(places, roomyFor(rows))),
  };
}

const roomyFor = (rows: number) => ROOMY * rows + 1024;

/**
 * @param weights how often each row counts; once where left out
 * @param room for so many rows, of which nothing is kept
 */
export function countClasses(
  columns: Iterable<Coded>,
  rows: number,
  weights?: Int32Array,
  room: Room = roomFor(rows),
): Counted {
  const codes = room.codes.fill(0);
  let span = 1;
  for (const column of columns) {
    if (span * column.span > EXACT) span = numberCodes(room, span);
    const factor = column.span;
    const own = column.codes;
    for (let row = 0; row < rows; row++) codes[row] = (codes[row] ?? 0) * factor + (own[row] ?? 0);
    span *= factor;
  }
  const count = numberCodes(room, span);
  const of = Int32Array.from(codes);
  const sizes = new Int32Array(count);
  for (let row = 0; row < rows; row++) {
    const own = of[row] ?? 0;
    sizes[own] = (sizes[own] ?? 0) + (weights ? (weights[row] ?? 0) : 1);
  }
  return { of, count, sizes };
}

/** Puts in the place of each code its number, in the order in which they first come. @returns how many there are */
function numberCodes(room: Room, span: number): number {
  return span <= roomyFor(room.codes.length) ? numberByPlace(room, span) : numberByHash(room);
}

function numberByPlace({ codes, numbers }: Room, span: number): number {
  numbers.fill(0, 0, span);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    if (numbers[code] === 0) numbers[code] = ++count;
    codes[row] = (numbers[code] ?? 0) - 1;
  }
  return count;
}

/** Open addressing in a table that is at most half full; the mixing is that of MurmurHash3's last step. */
function numberByHash({ codes, held, numbers }: Room): number {
  const places = held.length;
  numbers.fill(0, 0, places);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] ?? 0;
    let place = mixed(code) & (places - 1);
    while (numbers[place] !== 0 && held[place] !== code) place = (place + 1) & (places - 1);
    if (numbers[place] === 0) {
      numbers[place] = ++count;
      held[place] = code;
    }
    codes[row] = (numbers[place] ?? 0) - 1;
  }
  return count;
}

function mixed(code: number): number {
  let hash = (code | 0) ^ Math.imul((code / 2 ** 32) | 0, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
