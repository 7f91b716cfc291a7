/** Rule T3: what has to be hidden for its own sake. */
import { describe, expect, test } from 'vitest';
import { isPrimary } from '../../src/release/tables/protection/items.ts';
import { resultsLines } from '../../src/release/tables/results-file.ts';
import { choirs, madeUp, protectAnswers } from './choirs.ts';
import { HABITS } from './published.ts';

describe('T3: of twenty people, with a threshold of five', () => {
  const policy = { cell: 5, base: 10, width: 5, hierarchies: {} };
  test.each([
    [0, false, true],
    [1, true, true],
    [4, true, true],
    [5, false, false],
    [15, false, false],
    [16, false, true],
    [19, false, true],
    [20, false, true],
  ])('%i are hidden: %s, and to a sensitive question: %s', (n, plain, sensitive) => {
    expect([isPrimary(n, 20, false, policy), isPrimary(n, 20, true, policy)]).toEqual([plain, sensitive]);
  });
});

test('T3: that everybody said the same is shown, but of a sensitive question', async () => {
  const alike = madeUp(choirs, 60, 3, HABITS).map((each) => ({
    ...each,
    V1: 'yes',
    ...(each.H1 !== undefined && { H1: 'yes' }),
  }));
  const lines = resultsLines((await protectAnswers(choirs, alike)).tables);
  const statesOf = (question: string) =>
    lines
      .filter((line) => line.question === question && line.segment === '')
      .map(({ option, state }) => [option, state]);
  expect(statesOf('V1')).toEqual(
    expect.arrayContaining([
      ['yes', 'shown'],
      ['no', 'shown'],
      ['partly', 'shown'],
    ]),
  );
  expect(statesOf('H1').filter(([, state]) => state === 'shown')).toEqual([]);
});
