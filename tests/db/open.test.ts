import { expect, test } from 'vitest';
import { testDatabase } from '../support/database.ts';

test('a fresh store is empty and takes rows', async () => {
  const db = await testDatabase();
  expect(await db.selectFrom('responses').selectAll().execute()).toEqual([]);
});
