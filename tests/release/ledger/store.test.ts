import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { findLatestTables } from '../../../src/release/ledger/store.ts';
import { testDatabase } from '../../support/database.ts';
import { choirs, madeUp } from '../choirs.ts';
import { addAnswers, HABITS, publishChoirs } from '../published.ts';

async function withRelease() {
  const db = await testDatabase();
  await addAnswers(db, madeUp(choirs, 60, 1, HABITS));
  return { db, entry: await publishChoirs(db) };
}

test('releases are numbered from one, and earlier ones stay to the byte', async () => {
  const { db, entry } = await withRelease();
  const [first] = await db.selectFrom('releases').selectAll().execute();
  expect(entry).toMatchObject({ number: 1, madeOn: '2027-05-01' });
  await addAnswers(db, madeUp(choirs, 30, 2, HABITS));
  expect((await publishChoirs(db, '2027-06-01')).number).toBe(2);
  const rows = await db.selectFrom('releases').selectAll().orderBy('number').execute();
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual(first);
  expect((await findLatestTables(db, 'choirs'))?.number).toBe(2);
});

test('the hash is that of the content, and the settings say how it was protected', async () => {
  const { db, entry } = await withRelease();
  const row = await db.selectFrom('releases').selectAll().executeTakeFirstOrThrow();
  expect(row.hash).toBe(createHash('sha256').update(row.content).digest('hex'));
  expect(row.hash).toBe(entry.hash);
  expect(JSON.parse(row.settings)).toEqual({ audience: 'public', cell: 5, base: 10, synthetic: true });
  expect(await db.selectFrom('snapshots').select('id').execute()).toEqual([{ id: row.snapshot }]);
});

test('a release whose content was changed afterwards is not shown', async () => {
  const { db } = await withRelease();
  const { content } = await db.selectFrom('releases').select('content').executeTakeFirstOrThrow();
  await db
    .updateTable('releases')
    .set({ content: content.replace('"responses":60', '"responses":61'), hash: '0'.repeat(64) })
    .execute();
  await expect(findLatestTables(db, 'choirs')).rejects.toThrow('was changed after it was made');
});

test('a survey without a release has none', async () => {
  expect(await findLatestTables(await testDatabase(), 'choirs')).toBeUndefined();
});
