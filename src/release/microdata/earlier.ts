/**
 * A second file beside a first. The columns of a row are like a fingerprint, so that two files with the same columns
 * can be laid on each other: what stands in one only is then known to have come, gone or changed, and keys that are in
 * one file each come together (rules R3 and M17).
 */
import { MISSING } from '../../questionnaire/variables.ts';
import { type Coded, countClasses } from './generalise/count.ts';
import { alikeClasses } from './sensitive.ts';
import { stateOf } from './survey/asked-keys.ts';
import type { Reading, WholeNumbers } from './whole-numbers.ts';

/** The numbers of a column, whole or, of a weight, not. */
type Numbers = WholeNumbers | Float64Array;

/** A file as who holds it sees it. */
export interface HeldFile {
  /** The names of its key columns. */
  readonly keys: readonly string[];
  /** The names of columns that nobody should learn. */
  readonly sensitive: readonly string[];
  /** The names of columns that say how much a row weighs. */
  readonly weights: readonly string[];
  /** The names of columns of which others could know who was asked. */
  readonly telling: readonly string[];
  /** For each column its numbers, by name. The names of rows are left out: they are new in each file. */
  readonly columns: ReadonlyMap<string, Numbers>;
  readonly rows: number;
}

/**
 * A file of which nothing else is known.
 * @param csv as it was written: numbers without quotes, so that a comma is always between two cells
 * @param keys the names of its key columns
 */
export function heldFile(csv: string, keys: readonly string[]): HeldFile {
  const [header = '', ...lines] = csv.split('\r\n').filter((line) => line !== '');
  const columns = header.split(',').map((name) => [name, new Float64Array(lines.length)] as const);
  lines.forEach((line, row) => {
    line.split(',').forEach((cell, place) => {
      const numbers = columns[place]?.[1];
      if (numbers) numbers[row] = Number(cell);
    });
  });
  const telling = columns.map(([name]) => name);
  return { keys, sensitive: [], weights: [], telling, columns: new Map(columns.slice(1)), rows: lines.length };
}

/**
 * Keys that would come together; rows that the difference would show; rows that would be told apart, or a sensitive
 * answer that would be told, by what each of two matched rows says alone.
 */
export type Conflict = 'keys' | 'rows' | 'joined' | 'answers';

/**
 * Why a file cannot stand beside an earlier one: undefined when it can. Each must hold all keys of the other or fewer,
 * and the rows that only one of them has must be in classes of at least k on its keys, whose sensitive answers differ. If both have such rows, the same
 * people may stand in both with other cells withheld, and then what is withheld in one can be read in the other. Rows
 * that match in all the columns that both have are then joined: on all that is like a key in either there must still
 * be k alike, whose answers are not.
 * @param k the smaller one that the two files keep
 */
export function findConflict(earlier: HeldFile, now: HeldFile, k: number): Conflict | undefined {
  const within = (one: HeldFile, other: HeldFile) => one.keys.every((key) => other.keys.includes(key));
  if (!within(earlier, now) && !within(now, earlier)) return 'keys';
  const { looks, gone, come } = rowsApart(earlier, now);
  if (gone.rows > 0 && come.rows > 0) return 'rows';
  if (gone.alike < k || come.alike < k) return 'rows';
  if (gone.agrees || come.agrees) return 'answers';
  const { before, after, count } = looks;
  const joined = [joinRows(now, after, earlier, before, count), joinRows(earlier, before, now, after, count)];
  if (joined.some(({ smallest }) => smallest < k)) return 'joined';
  return joined.some(({ isAlike }) => isAlike) ? 'answers' : undefined;
}

/** Rows that only one of two files has. */
export interface Apart {
  readonly rows: number;
  /** How many of them are alike on the keys at least; of no rows without end. */
  readonly alike: number;
  /** Some who are alike on the keys have a sensitive answer in common, or all but one of them have. */
  readonly agrees: boolean;
}

/** How the rows of two files look in the columns that both have: equal numbers look alike. */
interface BothLooks {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly count: number;
}

/** The rows that have no partner in the other file, and how each row looks in the columns that both have. */
export function rowsApart(
  earlier: HeldFile,
  now: HeldFile,
): { readonly looks: BothLooks; readonly gone: Apart; readonly come: Apart } {
  // Weights are worked out anew with each respondent more: rows are matched without them.
  const isWeight = (name: string) => earlier.weights.includes(name) || now.weights.includes(name);
  const shared = [...now.columns.keys()].filter((name) => earlier.columns.has(name) && !isWeight(name));
  const inEither = shared.map((name): Reading => {
    const [then, later] = [readingOf(earlier, name), readingOf(now, name)];
    return (row) => (row < earlier.rows ? then(row) : later(row - earlier.rows));
  });
  const { of, count } = classesBy(inEither, earlier.rows + now.rows);
  const [before, after] = [of.subarray(0, earlier.rows), of.subarray(earlier.rows)];
  const apart = (file: HeldFile, rows: readonly number[]): Apart => ({ rows: rows.length, ...classesOf(file, rows) });
  return {
    looks: { before, after, count },
    gone: apart(earlier, without(before, after, count)),
    come: apart(now, without(after, before, count)),
  };
}

/** Stands for a value that matched rows do not agree on: nobody knows which of them is which. */
const UNSURE = 2 ** 30;

/**
 * The rows of one file with what the rows that match them in another say besides, where these agree.
 * @param count how many looks there are
 * @returns how many rows are alike at least in all that is like a key in either file (keys, weights, who was asked), and
 *   whether some of them have a sensitive answer in common
 */
function joinRows(
  one: HeldFile,
  ownLooks: Int32Array,
  other: HeldFile,
  theirLooks: Int32Array,
  count: number,
): { readonly smallest: number; readonly isAlike: boolean } {
  const joinedTo = (read: Reading): Reading => {
    const agreed = new Float64Array(count).fill(UNSURE);
    const seen = new Uint8Array(count);
    theirLooks.forEach((look, row) => {
      if (seen[look] === 0) agreed[look] = read(row);
      else if (agreed[look] !== read(row)) agreed[look] = UNSURE;
      seen[look] = 1;
    });
    return (row) => agreed[ownLooks[row] ?? 0] ?? UNSURE;
  };
  const isNew = (name: string) => !one.columns.has(name) || other.weights.includes(name);
  const likeKeys = function* (): Generator<Reading> {
    for (const name of one.columns.keys()) yield* keyPart(one, other, name);
    for (const name of other.columns.keys())
      if (isNew(name)) for (const read of keyPart(other, one, name)) yield joinedTo(read);
  };
  const { of, sizes } = classesBy(likeKeys(), one.rows);
  const answers = function* (): Generator<Reading> {
    for (const name of one.sensitive) if (one.columns.has(name)) yield readingOf(one, name);
    for (const name of other.sensitive) if (!one.columns.has(name)) yield joinedTo(readingOf(other, name));
  };
  let isAlike = false;
  for (const read of answers()) isAlike ||= alikeClasses({ of }, [read]).size > 0;
  return { smallest: leastOf(sizes), isAlike };
}

/**
 * What of a column others could know: a key's or a weight's value; of an answer that only one file has, who was asked;
 * of another nothing.
 */
function keyPart(file: HeldFile, beside: HeldFile, name: string): Reading[] {
  const read = readingOf(file, name);
  if (file.keys.includes(name) || file.weights.includes(name)) return [read];
  if (beside.columns.has(name)) return [];
  const telling = file.telling.includes(name);
  return [
    (row) => {
      const number = read(row);
      return number === MISSING.withheld ? number : stateOf(number, telling);
    },
  ];
}

function readingOf({ columns }: HeldFile, name: string): Reading {
  const numbers = columns.get(name);
  return (row) => numbers?.[row] ?? Number.NaN;
}

/** Rows that are alike in these columns. */
function classesBy(columns: Iterable<Reading>, rows: number) {
  return countClasses(codedOf(columns, rows), rows);
}

/** One at a time, all in the same memory. */
function* codedOf(columns: Iterable<Reading>, rows: number): Generator<Coded> {
  const codes = new Int32Array(rows);
  for (const read of columns) {
    const places = new Map<number, number>();
    for (let row = 0; row < rows; row++) {
      const number = read(row);
      const place = places.get(number) ?? places.size;
      places.set(number, place);
      codes[row] = place;
    }
    yield { codes, span: Math.max(1, places.size) };
  }
}

/** The rows of one that have no partner in the other. */
function without(one: Int32Array, other: Int32Array, count: number): number[] {
  const partners = new Int32Array(count);
  for (const look of other) partners[look] = (partners[look] ?? 0) + 1;
  const alone: number[] = [];
  one.forEach((look, row) => {
    const left = partners[look] ?? 0;
    partners[look] = left - 1;
    if (left <= 0) alone.push(row);
  });
  return alone;
}

/** The classes of some rows on the file's keys. */
function classesOf(file: HeldFile, rows: readonly number[]): Omit<Apart, 'rows'> {
  const ofRows = (name: string): Reading => {
    const read = readingOf(file, name);
    return (place) => read(rows[place] ?? 0);
  };
  const { of, sizes } = classesBy(file.keys.map(ofRows), rows.length);
  const agrees = file.sensitive.some((name) => alikeClasses({ of }, [ofRows(name)]).size > 0);
  return { alike: leastOf(sizes), agrees };
}

/** Of none without end. */
const leastOf = (sizes: Int32Array) => sizes.reduce((least, size) => Math.min(least, size), Number.POSITIVE_INFINITY);
