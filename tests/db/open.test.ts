import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { nextLine, startChild } from '../support/child.ts';
import { testDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

async function pragma(db: Awaited<ReturnType<typeof testDatabase>>, name: string): Promise<unknown> {
  const { rows } = await sql.raw<Record<string, unknown>>(`PRAGMA ${name}`).execute(db);
  return Object.values(rows[0] ?? {})[0];
}

test('a store in memory is migrated and empty', async () => {
  const db = await testDatabase();
  expect(await db.selectFrom('responses').selectAll().execute()).toEqual([]);
});

test('a new store keeps what was written when it is opened again', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  const first = await openAnswers(path);
  await addSurvey(first.db);
  const key = await addResponse(first.db, '{"S1":"m3"}');
  await first.close();

  const second = await openAnswers(path, { mustExist: true });
  expect(await second.db.selectFrom('responses').select(['key', 'answers']).execute()).toEqual([
    { key, answers: '{"S1":"m3"}' },
  ]);
  await second.close();
});

test.each([
  ['journal_mode', 'wal'],
  ['synchronous', 2],
  ['foreign_keys', 1],
  ['secure_delete', 1],
  ['temp_store', 2],
  ['busy_timeout', 0],
  ['page_size', 16_384],
  ['application_id', 0x53_6e_64_41],
])('a store is used with %s = %s', async (name, value) => {
  const store = await openAnswers(join(testFolder(), 'answers.sqlite'));
  expect((await pragma(store.db, name)) ?? 0).toBe(value);
  await store.close();
});

test('only the user who made a store may read it, its log included', async () => {
  const folder = testFolder();
  const store = await openAnswers(join(folder, 'answers.sqlite'));
  await addSurvey(store.db);
  const files = readdirSync(folder).map((file) => [file, statSync(join(folder, file)).mode & 0o777]);
  expect(files).toEqual([
    ['answers.sqlite', 0o600],
    ['answers.sqlite-shm', 0o600],
    ['answers.sqlite-wal', 0o600],
  ]);
  await store.close();
});

test('closing waits for what is in flight and leaves one file', async () => {
  const folder = testFolder();
  const path = join(folder, 'answers.sqlite');
  const store = await openAnswers(path);
  await addSurvey(store.db);
  const inFlight = Array.from({ length: 5 }, () => addResponse(store.db, '{}'));
  await Promise.all([...inFlight, store.close()]);
  expect(readdirSync(folder)).toEqual(['answers.sqlite']);

  const again = await openAnswers(path, { mustExist: true });
  expect(await again.db.selectFrom('responses').select('key').execute()).toHaveLength(5);
  await again.close();
});

test('a store that nobody used is closed as well', async () => {
  const folder = testFolder();
  await (await openAnswers(join(folder, 'answers.sqlite'))).close();
  expect(readdirSync(folder)).toEqual(['answers.sqlite']);
});

test('processes that start together on an empty folder share one migrated store', async () => {
  for (let round = 0; round < 2; round++) {
    const folder = testFolder();
    const children = [1, 2, 3].map(() => startChild('db-opener.ts', [folder]));
    expect(await Promise.all(children.map(nextLine))).toEqual(['open', 'open', 'open']);
    for (const child of children) child.process.stdin?.end();
    expect(await Promise.all(children.map((child) => child.ended))).toEqual(
      children.map(() => ({ code: 0, errors: '' })),
    );
    // Of two that close at the same moment neither is the last, and SQLite's own files stay until the next time.
    await (await openAnswers(join(folder, 'answers.sqlite'), { mustExist: true })).close();
    expect(readdirSync(folder)).toEqual(['answers.sqlite']);
  }
});

test('a start that was cut off before the first migration is taken up again', async () => {
  const folder = testFolder();
  const path = join(folder, 'answers.sqlite');
  const store = await openAnswers(path);
  await sql`PRAGMA foreign_keys = OFF`.execute(store.db);
  const { rows } = await sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`.execute(store.db);
  for (const { name } of rows) await sql`DROP TABLE ${sql.table(name)}`.execute(store.db);
  await store.close();

  const again = await openAnswers(path, { mustExist: true });
  expect(await again.db.selectFrom('responses').selectAll().execute()).toEqual([]);
  await again.close();
});

test('what was acknowledged before a crash is there, though it is still in the log', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  const store = await openAnswers(path);
  await addSurvey(store.db);
  await store.close();
  const child = startChild('db-writer.ts', [path]);
  const key = await nextLine(child);
  child.process.kill('SIGKILL');
  await child.ended;
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);

  const again = await openAnswers(path, { mustExist: true });
  const kept = await again.db.selectFrom('responses').select('key').where('key', '=', key).executeTakeFirst();
  expect(kept).toEqual({ key });
  await again.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});
