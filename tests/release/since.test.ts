import { beforeAll, expect, test } from 'vitest';
import type { Released } from '../../src/release/released.ts';
import type { ProtectedTables } from '../../src/release/tables/protected-tables.ts';
import { tooFewSince } from '../../src/release/tables/since.ts';
import { protectedChoirs } from './choirs.ts';

let last: Released<ProtectedTables>;
beforeAll(async () => {
  last = await protectedChoirs(30, 3);
});

test.each([
  [30, undefined],
  [31, 1],
  [39, 9],
  [40, undefined],
  [21, 9],
  [20, undefined],
])('R3: beside a release of 30 answers, one of %i has too few who came or went: %s', async (n, few) => {
  expect(tooFewSince(last, await protectedChoirs(n, 3))).toBe(few);
});
