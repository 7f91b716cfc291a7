/** Approved words as they leave: a file of their own that nothing joins to the rows of a data file (rule M16). */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { safeCell } from '../cells.ts';
import { shuffle } from './order.ts';
import { ReviewRefused } from './read-review.ts';
import type { Review } from './review.ts';

/** What people said in one field, in an order of its own. */
export interface TextFile {
  readonly field: string;
  readonly texts: readonly string[];
}

const SHOWN = 20;

/**
 * The approved items. Each of them has to stand in the store still: what was taken back after it was written for review
 * must not leave (rule R4).
 * @param answers what the store has now, masked
 * @param k at least so many, or none
 * @param random `BYTES_AN_ITEM` bytes for each item
 * @throws ReviewRefused
 */
export function makeTextFile(
  { field, approved }: Review,
  answers: readonly string[],
  k: number,
  random: Uint8Array,
): TextFile {
  const left = countTexts(answers.map(safeCell));
  const gone = approved.filter(({ answer }) => !takeOne(left, safeCell(answer)));
  if (gone.length > 0) {
    const lines = gone
      .slice(0, SHOWN)
      .map(({ line }) => line)
      .join(', ');
    throw new ReviewRefused(
      `Not among the answers to ${field}: line ${lines}${gone.length > SHOWN ? ' and more' : ''}. The answer was taken back since, or changed in the file. Write the review file anew with "release texts", or say "no"; changes belong under "instead".`,
    );
  }
  if (approved.length < k) {
    throw new ReviewRefused(
      `${approved.length} of the answers to ${field} may leave, and at least ${k} do or none: among fewer, whoever knows somebody who answered could guess which is theirs. Leave ${field} out.`,
    );
  }
  return {
    field,
    texts: shuffle(
      approved.map(({ text }) => text),
      random,
    ),
  };
}

/**
 * How many items an earlier release did not have, where they are so few that it could be told who answered since (rule
 * R3); undefined where there are none or enough.
 * @param earlier that release's file, as `textCsv` wrote it
 */
export function tooFewNew({ texts }: TextFile, earlier: string, k: number): number | undefined {
  const before = countTexts(parse(earlier).flatMap((cells) => cells.slice(0, 1)));
  const added = texts.filter((text) => !takeOne(before, safeCell(text))).length;
  return added > 0 && added < k ? added : undefined;
}

function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

function takeOne(counts: Map<string, number>, text: string): boolean {
  const n = counts.get(text) ?? 0;
  counts.set(text, n - 1);
  return n > 0;
}

/** What its file is called. */
export function textFileName(field: string): string {
  return `texts-${field}.csv`;
}

/** Its text: one column, no row names (rules F2, F3 and M16). */
export function textCsv({ texts }: TextFile): string {
  return stringify([['text'], ...texts.map((text) => [safeCell(text)])], { record_delimiter: 'windows' });
}
