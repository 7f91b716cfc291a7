import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findLatestTables } from '../../../src/release/ledger/parts/store.ts';
import { nextNumber, readLedger, recordRelease } from '../../../src/release/ledger/store.ts';
import { fingerprintOf, readSnapshot } from '../../../src/results/store.ts';
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
  // The snapshot is known by its sum and not kept: nobody's answers lie a second time in the store.
  expect(row.snapshot).toBe(fingerprintOf(await readSnapshot(db, 'choirs', '2027-09-01')));
  expect(await db.selectFrom('snapshots').select('id').execute()).toEqual([]);
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

test('R1: nothing in the program changes or takes out a release or a line of the ledger', () => {
  const root = join(import.meta.dirname, '../../../src');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const changing = /(updateTable|deleteFrom|replaceInto)\(\s*'(releases|release_events)'/;
  expect(files.filter((file) => changing.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  expect(changing.test("db.deleteFrom('releases')")).toBe(true);
});

test('of two releases made at once one is kept, and of the other nothing', async () => {
  const { db } = await withRelease();
  const [first] = await db.selectFrom('releases').selectAll().execute();
  const number = await nextNumber(db, 'choirs');
  const content = { file: 'a.zip', sha256: '0'.repeat(64), bytes: 1, outline: OUTLINE, report: {} };
  const made = { survey: 'choirs', number, madeOn: '2027-06-01', snapshot: 'none', settings: {}, reason: '' };
  const placed: string[] = [];
  const make = (person: string) =>
    recordRelease(db, { ...made, person, data: content }, () => void placed.push(person));
  const done = await Promise.allSettled([make('Ada'), make('Bo')]);
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(placed).toHaveLength(1);
  const { lines } = await readLedger(db, 'choirs');
  expect(lines.map(({ event, person }) => [event, person]).slice(2)).toEqual([['made', placed[0]]]);
  expect(await db.selectFrom('releases').selectAll().orderBy('number').limit(1).execute()).toEqual([first]);
});

test('a file that cannot be put in its place leaves no line', async () => {
  const { db } = await withRelease();
  const content = { file: 'a.zip', sha256: '0'.repeat(64), bytes: 1, outline: OUTLINE, report: {} };
  const made = {
    survey: 'choirs',
    number: 2,
    person: 'Ada',
    madeOn: '2027-06-01',
    snapshot: 'none',
    settings: {},
    reason: '',
  };
  const full = () => {
    throw new Error('the disk is full');
  };
  await expect(recordRelease(db, { ...made, data: content }, full)).rejects.toThrow('the disk is full');
  expect((await readLedger(db, 'choirs')).lines).toHaveLength(2);
  expect(await nextNumber(db, 'choirs')).toBe(2);
});

const OUTLINE = {
  about: {
    survey: 'choirs',
    version: '1.0',
    title: 'Choirs',
    wave: 'One',
    language: 'en',
    release: 2,
    madeOn: '2027-06-01',
    synthetic: true,
    audience: 'network' as const,
    k: 5,
    withheldRows: 'none',
    leftOut: [],
  },
  rows: 0,
  variables: [],
};
