import { expect, test } from 'vitest';
import { resultsLines } from '../../src/release/tables/results-file.ts';
import { choirs, madeUp, protectAnswers } from './choirs.ts';

const CHOIRS = madeUp(choirs, 40, 3);
const ones = (n: number) => Array.from({ length: n }, () => 1);

/** The average that is published where the first choirs made so many recordings, and the others did not say. */
async function meanOf(numbers: readonly number[]): Promise<unknown> {
  const answers = CHOIRS.map((each, place) => ({ ...each, N1: numbers[place]?.toString() ?? null }));
  const { tables } = await protectAnswers(choirs, answers);
  const line = resultsLines(tables).find(
    ({ question, measure, segment }) => question === 'N1' && measure === 'mean' && segment === '',
  );
  return line?.mean ?? undefined;
}

test.each([
  ['of ten is printed', ones(10), 1],
  ['of nine is not', ones(9), undefined],
  ['of which two make less than nine tenths is printed', [60, 30, ...ones(11)], 7.8],
  ['of which two make nine tenths is not', [60, 30, ...ones(10)], undefined],
  ['of which one makes nine tenths is not', [60, ...ones(12).fill(0)], undefined],
])('T10: an average %s', async (_, numbers, mean) => {
  expect(await meanOf(numbers)).toBe(mean);
});
