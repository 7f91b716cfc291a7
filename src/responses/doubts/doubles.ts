/**
 * Possible doubles: responses of one version that agree in all answers, or in all but a few. Comparing each with each
 * would take hours for 100,000. Two that differ in at most two answers agree in all answers of at least one of
 * three blocks, so only those are compared that agree in a block.
 */
import type { Answer, Answers } from '../../questionnaire/answers.ts';

const MOST_DIFFERENT = 2;
export const BLOCKS = MOST_DIFFERENT + 1;
/** So many that agree in a block say nothing, only that the block has few answers. */
const MOST_ALIKE = 50;

/**
 * How many questions two must have answered before it says something that they agree. If two in five give the same answer
 * to a question, one pair in a hundred such surveys agrees in so many by chance; of many people more pairs do.
 * @param n how many answered the version
 */
export function leastAnswered(n: number): number {
  return Math.max(12, Math.ceil((2 * Math.log(n) + Math.log(100)) / -Math.log(0.4)));
}

/** A response's blocks, each as a number; undefined of one that says too little. */
export type Prints = readonly (number | undefined)[];

const NO_PRINTS: Prints = Array.from({ length: BLOCKS });

/**
 * The prints of a response. @param fields every field that can be answered under its version, in order, the consent not
 * among them
 */
export function printsOf(fields: readonly string[], answers: Answers, least: number): Prints {
  if (countAnswered(answers) < least) return NO_PRINTS;
  const blocks = Array.from({ length: BLOCKS }, () => [] as string[]);
  fields.forEach((field, index) => {
    const answer = answers[field];
    if (answer !== undefined && answer !== null) blocks[index % BLOCKS]?.push(`${field}=${JSON.stringify(answer)}`);
  });
  return blocks.map((block) => (block.length < least / BLOCKS / 2 ? undefined : hashOf(block.join('\n'))));
}

/** Pairs of places with the same print of a block. @param only a part of all prints, to look at one part after the other */
export function* pairsAlike(
  prints: readonly (number | undefined)[],
  only: { readonly part: number; readonly parts: number } = { part: 0, parts: 1 },
): Generator<readonly [one: number, other: number]> {
  const first = new Map<number, number>();
  const alike = new Map<number, number[]>();
  prints.forEach((print, place) => {
    if (print === undefined || print % only.parts !== only.part) return;
    const before = first.get(print);
    if (before === undefined) first.set(print, place);
    else alike.set(print, [...(alike.get(print) ?? [before]).slice(0, MOST_ALIKE), place]);
  });
  for (const places of alike.values()) {
    if (places.length > MOST_ALIKE) continue;
    for (const [index, one] of places.entries()) {
      for (const other of places.slice(index + 1)) yield [one, other];
    }
  }
}

/** In how many answers two responses differ; undefined where that is too many for a double, or too few to tell. */
export function differenceOf(one: Answers, other: Answers, least: number): number | undefined {
  if (Math.min(countAnswered(one), countAnswered(other)) < least) return undefined;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  let different = 0;
  for (const field of fields) {
    if (textOf(one[field]) !== textOf(other[field])) different += 1;
    if (different > MOST_DIFFERENT) return undefined;
  }
  return different;
}

const textOf = (answer: Answer | null | undefined) => JSON.stringify(answer ?? null);

const countAnswered = (answers: Answers) => Object.values(answers).filter((answer) => answer !== null).length;

/** A text as a number of 53 bits (cyrb53, by bryc, public domain). Two texts with one number are compared in full later. */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
