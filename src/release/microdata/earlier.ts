/**
 * A second file beside a first. The columns of a row are like a fingerprint, so that two files with the same columns
 * can be laid on each other: what stands in one only is then known to have come, gone or changed, and keys that are in
 * one file each come together (rules R3 and M17).
 */
import { MISSING } from '../../questionnaire/variables.ts';
import { alikeClasses } from './sensitive.ts';
import { stateOf } from './survey/asked-keys.ts';
import type { WholeNumbers } from './whole-numbers.ts';

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
  const { before, after, gone, come } = rowsApart(earlier, now);
  if (gone.rows > 0 && come.rows > 0) return 'rows';
  if (gone.alike < k || come.alike < k) return 'rows';
  if (gone.agrees || come.agrees) return 'answers';
  const joined = [joinRows(now, after, earlier, before), joinRows(earlier, before, now, after)];
  if (joined.some(({ sizes }) => Math.min(...sizes.values(), Number.POSITIVE_INFINITY) < k)) return 'joined';
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

/** The rows that have no partner in the other file, and how each row looks in the columns that both have. */
export function rowsApart(earlier: HeldFile, now: HeldFile) {
  // Weights are worked out anew with each respondent more: rows are matched without them.
  const isWeight = (name: string) => earlier.weights.includes(name) || now.weights.includes(name);
  const shared = [...now.columns.keys()].filter((name) => earlier.columns.has(name) && !isWeight(name));
  const [before, after] = [looks(earlier, shared), looks(now, shared)];
  const apart = (file: HeldFile, rows: readonly number[]): Apart => ({
    rows: rows.length,
    ...classesOf(file, rows),
  });
  return { before, after, gone: apart(earlier, without(before, after)), come: apart(now, without(after, before)) };
}

/** Stands for a value that matched rows do not agree on: nobody knows which of them is which. */
const UNSURE = 2 ** 30;

/**
 * The rows of one file with what the rows that match them in another say besides, where these agree.
 * @returns how many rows are alike in all that is like a key in either file (keys, weights, who was asked), and whether
 *   some of them have a sensitive answer in common
 */
function joinRows(
  one: HeldFile,
  ownLooks: readonly string[],
  other: HeldFile,
  theirLooks: readonly string[],
): { readonly sizes: ReadonlyMap<string, number>; readonly isAlike: boolean } {
  const partners = new Map<string, number[]>();
  theirLooks.forEach((look, row) => {
    const own = partners.get(look);
    if (own) own.push(row);
    else partners.set(look, [row]);
  });
  const joinedTo = (numbers: Numbers) => {
    const agreed = new Map(
      [...partners].map(([look, rows]) => {
        const [first = 0] = rows;
        return [look, rows.every((row) => numbers[row] === numbers[first]) ? (numbers[first] ?? UNSURE) : UNSURE];
      }),
    );
    return Float64Array.from(ownLooks, (look) => agreed.get(look) ?? UNSURE);
  };
  const isNew = ([name]: readonly [string, Numbers]) => !one.columns.has(name) || other.weights.includes(name);
  const joined = [...other.columns]
    .filter(isNew)
    .map(([name, numbers]) => ({ name, file: other, numbers: joinedTo(keyPart(other, one, name, numbers)) }));
  const all = [
    ...[...one.columns].map(([name, numbers]) => keyPart(one, other, name, numbers)),
    ...joined.map(({ numbers }) => numbers),
  ];
  const rows = Array.from({ length: one.rows }, (_, row) => all.map((column) => column[row]).join());
  const sizes = new Map<string, number>();
  for (const look of rows) sizes.set(look, (sizes.get(look) ?? 0) + 1);
  const places = new Map([...sizes.keys()].map((look, place) => [look, place]));
  const of = Int32Array.from(rows, (look) => places.get(look) ?? 0);
  const answers = [
    ...one.sensitive.flatMap((name) => one.columns.get(name) ?? []),
    ...other.sensitive.flatMap((name) =>
      one.columns.has(name) ? [] : [joinedTo(other.columns.get(name) ?? new Int32Array())],
    ),
  ];
  return { sizes, isAlike: answers.some((numbers) => alikeClasses({ of }, [(row) => numbers[row] ?? 0]).size > 0) };
}

/**
 * What of a column others could know: a key's or a weight's value; of an answer that only one file has, who was asked;
 * of another nothing.
 */
function keyPart(file: HeldFile, beside: HeldFile, name: string, numbers: Numbers): Numbers {
  if (file.keys.includes(name) || file.weights.includes(name)) return numbers;
  if (beside.columns.has(name)) return new Int32Array(numbers.length);
  const telling = file.telling.includes(name);
  return numbers.map((number) => (number === MISSING.withheld ? number : stateOf(number, telling)));
}

/** How each row looks on these columns. */
function looks({ columns, rows }: HeldFile, names: readonly string[]): string[] {
  const cells = names.map((name) => columns.get(name) ?? new Int32Array());
  return Array.from({ length: rows }, (_, row) => cells.map((column) => column[row]).join());
}

/** The rows of one that have no partner in the other. */
function without(one: readonly string[], other: readonly string[]): number[] {
  const partners = new Map<string, number>();
  for (const look of other) partners.set(look, (partners.get(look) ?? 0) + 1);
  return one.flatMap((look, row) => {
    const left = partners.get(look) ?? 0;
    partners.set(look, left - 1);
    return left > 0 ? [] : [row];
  });
}

/** The classes of some rows on the file's keys. */
function classesOf(file: HeldFile, rows: readonly number[]): Omit<Apart, 'rows'> {
  const all = looks(file, file.keys);
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(all[row] ?? '', (sizes.get(all[row] ?? '') ?? 0) + 1);
  const places = new Map([...sizes.keys()].map((look, place) => [look, place]));
  const of = Int32Array.from(rows, (row) => places.get(all[row] ?? '') ?? 0);
  const agrees = file.sensitive.some((name) => {
    const answers = file.columns.get(name) ?? new Int32Array();
    return alikeClasses({ of }, [(place) => answers[rows[place] ?? 0] ?? 0]).size > 0;
  });
  return { alike: Math.min(...sizes.values(), Number.POSITIVE_INFINITY), agrees };
}
