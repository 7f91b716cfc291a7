/** What counts as found out. */
import { nameOf, type PublishedLine, type Range } from '../attacker.ts';

/** t, w of the choirs and the pilot. */
const [CELL, WIDTH] = [5, 5];
const TOLERANCE = 1e-6;

export const isSmall = (count: number | undefined): boolean => count !== undefined && count >= 1 && count < CELL;

/**
 * Small counts that are known too closely: by less than the width, or never to the threshold.
 * @param own figures that the reader is in: their own one is taken off
 */
export function foundOut(
  ranges: ReadonlyMap<string, Range>,
  truth: ReadonlyMap<string, number>,
  own: ReadonlySet<string> = new Set(),
): string[] {
  return [...ranges].flatMap(([name, { low, high }]) => {
    const others = high - (own.has(name) ? 1 : 0);
    const open = high - low >= WIDTH - TOLERANCE && others >= CELL - TOLERANCE;
    return isSmall(truth.get(name)) && !open ? [name] : [];
  });
}

/**
 * Every pair of printed counts of which one is inside the other: a group in everybody, an option in its base, an option
 * in what it was taken together to. @returns the pairs that differ by few people
 */
export function nestedDifferences(
  lines: readonly PublishedLine[],
  isInside: (one: PublishedLine, other: PublishedLine) => boolean,
): string[] {
  const shown = lines.filter(({ n, measure }) => typeof n === 'number' && (measure === 'option' || measure === 'net'));
  return shown.flatMap((one) => [
    ...(isSmall(Number(one.base) - Number(one.n)) && isInside(one, one) ? [`base − ${nameOf(one)}`] : []),
    ...shown
      .filter((other) => other !== one && isInside(one, other) && isSmall(Number(other.n) - Number(one.n)))
      .map((other) => `${nameOf(other)} − ${nameOf(one)}`),
  ]);
}
