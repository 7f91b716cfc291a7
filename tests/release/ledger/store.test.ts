import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { approve } from '../../../src/release/ledger/ledger.ts';
import { findChanged, findLatestTables, getData } from '../../../src/release/ledger/parts/store.ts';
import { nextNumber, readLedger, recordDecision, recordRelease, sealsOf } from '../../../src/release/ledger/store.ts';
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

describe('seals and hashes', () => {
  /** A ledger with one release that was made and approved, whose every word could be guessed. */
  async function plainLedger() {
    const db = await testDatabase();
    const content = { file: 'a.zip', sha256: '0'.repeat(64), bytes: 1, outline: OUTLINE, report: { uniques: 3 } };
    const made = { survey: 'choirs', number: 1, madeOn: '2027-06-01', snapshot: 'none', settings: {}, reason: '' };
    await addAnswers(db, []);
    await recordRelease(db, { ...made, person: 'Ada', data: content }, () => {});
    await recordDecision(db, 'choirs', '2027-06-01', (ledger) => approve(ledger, 1, 'Bo', undefined));
    return db;
  }

  test('of the same words differ, so that nobody can find the words by trying', async () => {
    const [one, two] = [await plainLedger(), await plainLedger()];
    const seals = [...(await sealsOf(one, 'choirs')), ...(await sealsOf(two, 'choirs'))];
    expect(new Set(seals).size).toBe(4);
    const hashes = (await readLedger(one, 'choirs')).parts.concat((await readLedger(two, 'choirs')).parts);
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(2);
    // The seal before is known to whoever kept it: names are tried with it.
    const [before = '', seal] = await sealsOf(one, 'choirs');
    const { about, ...line } = await one
      .selectFrom('release_events')
      .selectAll()
      .where('line', '=', 2)
      .executeTakeFirstOrThrow();
    const sealWith = (told: string) =>
      sha256(JSON.stringify([before, 'choirs', 2, 1, 'approved', line.person, '2027-06-01', '', told]));
    expect([sealWith('{}') === seal, sealWith(about) === seal]).toEqual([false, true]);
  });

  test('of lines and contents without a salt, as earlier versions wrote them, are as they were', async () => {
    const db = await plainLedger();
    const { number, content } = await db.selectFrom('releases').select(['number', 'content']).executeTakeFirstOrThrow();
    const { salt, ...old } = JSON.parse(content);
    expect(salt).toMatch(/^[0-9a-f]{32}$/);
    const hash = sha256(JSON.stringify(old));
    const about = JSON.stringify({ snapshot: 'none', settings: {}, hashes: { microdata: hash } });
    // As they stood in a store of an earlier version: no code of the program writes this.
    await db
      .updateTable('releases')
      .set({ content: JSON.stringify(old), hash })
      .execute();
    await db.updateTable('release_events').set({ about }).where('line', '=', 1).execute();
    await db.updateTable('release_events').set({ about: '{}' }).where('line', '=', 2).execute();
    const one = sha256(JSON.stringify(['', 'choirs', 1, number, 'made', 'Ada', '2027-06-01', '', about]));
    const two = sha256(JSON.stringify([one, 'choirs', 2, number, 'approved', 'Bo', '2027-06-01', '', '{}']));
    expect(await sealsOf(db, 'choirs')).toEqual([one, two]);
    expect(await findChanged(db, 'choirs')).toEqual([]);
    const [part] = (await readLedger(db, 'choirs')).parts;
    expect(await getData(db, part?.id ?? '')).toEqual(old);
  });

  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
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
