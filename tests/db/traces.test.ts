/** What was deleted is gone from the bytes (P5), and the bytes do not tell who came after whom (P1). */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { loadDriver } from '../../src/db/driver.ts';
import { type AnswersStore, openAnswers } from '../../src/db/open.ts';
import { eraseTraces, eraseTracesSoon, mixSoon, truncateWal } from '../../src/db/traces.ts';
import { testDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

async function openStore(): Promise<{ folder: string; path: string; store: AnswersStore }> {
  const folder = testFolder();
  const path = join(folder, 'answers.sqlite');
  const store = await openAnswers(path);
  onTestFinished(() => store.close());
  await addSurvey(store.db);
  return { folder, path, store };
}

/** All bytes of all files of a folder, as text of one character a byte. */
function readBytes(folder: string): string {
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'latin1'))
    .join('\n');
}

/** Many responses, each with a word of its own in it, written as they come: some short, some of several pages. */
async function addMany(store: AnswersStore, count: number, length: (n: number) => number) {
  const made: { key: string; word: string }[] = [];
  for (let n = 0; n < count; n++) {
    const word = `canary-${randomBytes(8).toString('hex')}`;
    made.push({ key: await addResponse(store.db, `${word}-head${'x'.repeat(length(n))}${word}-tail`), word });
  }
  return made;
}

test('of thousands of deleted texts not one is left in any file', async () => {
  const { folder, store } = await openStore();
  await sql`PRAGMA synchronous = OFF`.execute(store.db);
  const made = await addMany(store, 3000, (n) => (n * 37) % 2500);
  const [deleted, kept] = [made.slice(0, 2000), made.slice(2000)];
  for (const { key } of deleted) await store.db.deleteFrom('responses').where('key', '=', key).execute();

  expect(await eraseTraces(store.db)).toBe(true);
  const bytes = readBytes(folder);
  expect(deleted.filter(({ word }) => bytes.includes(word))).toEqual([]);
  // So that this test can fail: what was kept is found in the same way.
  expect(kept.filter(({ word }) => !bytes.includes(word))).toEqual([]);
});

test('an answer that was written over is not left in any file', async () => {
  const { folder, store } = await openStore();
  const [made] = await addMany(store, 1, () => 3000);
  await store.db.updateTable('responses').set({ answers: '{}' }).execute();
  expect(readBytes(folder)).toContain(made?.word);
  expect(await eraseTraces(store.db)).toBe(true);
  expect(readBytes(folder)).not.toContain(made?.word);
});

test('a reader beside us keeps the log from being emptied, and we are told', async () => {
  const { path, store } = await openStore();
  const Driver = await loadDriver();
  const reader = new Driver(path, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM responses').get();
  await addResponse(store.db, '{}');
  expect(await truncateWal(store.db)).toBe(false);
  reader.exec('COMMIT');
  expect(await truncateWal(store.db)).toBe(true);
  expect(statSync(`${path}-wal`).size).toBe(0);
  reader.close();
});

test('erasing soon erases at once, and a moment later what was deleted meanwhile', async () => {
  const { folder, path, store } = await openStore();
  const made = await addMany(store, 400, (n) => (n * 37) % 2500);
  const drop = async (rows: typeof made) => {
    const keys = rows.map(({ key }) => key);
    await store.db.deleteFrom('responses').where('key', 'in', keys).execute();
    await eraseTracesSoon(store.db);
    expect(statSync(`${path}-wal`).size).toBe(0);
  };
  await drop(made.slice(0, 100));
  const { size } = statSync(path);
  await drop(made.slice(100, 200));
  await drop(made.slice(200));
  // The file shrinks when it is written anew, and not before: until then it may only grow, as rows find other pages.
  expect(statSync(path).size).toBeGreaterThanOrEqual(size);
  await vi.waitFor(() => expect(statSync(path).size).toBeLessThan(size), { timeout: 60_000 });
  expect(made.filter(({ word }) => readBytes(folder).includes(word))).toEqual([]);
});

test('erasing soon asks again where a reader keeps the log, and says nothing', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { folder, path, store } = await openStore();
  const [made] = await addMany(store, 1, () => 3000);
  const Driver = await loadDriver();
  const reader = new Driver(path, { readonly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM responses').get();
  await store.db.deleteFrom('responses').execute();
  await eraseTracesSoon(store.db);
  expect(readBytes(folder)).toContain(made?.word);
  reader.exec('COMMIT');
  reader.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(readBytes(folder)).not.toContain(made?.word);
});

describe('the first short answers, which fit on one page of the file', () => {
  test('lie there in the order in which they came until they are mixed, a minute later at most', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { path, store } = await openStore();
    const made = await addMany(store, 40, () => 0);
    mixSoon(store.db);
    await truncateWal(store.db);
    expect(Math.abs(correlate(made, path))).toBeGreaterThan(0.9);
    await vi.advanceTimersByTimeAsync(61_000);
    await vi.waitFor(() => expect(Math.abs(correlate(made, path))).toBeLessThan(0.75));
  });

  test('are mixed before the store is closed', async () => {
    const { path, store } = await openStore();
    const made = await addMany(store, 40, () => 0);
    mixSoon(store.db);
    await store.close();
    expect(Math.abs(correlate(made, path))).toBeLessThan(0.75);
  });
});

test('the log is emptied within moments, without anybody asking', async () => {
  const { path, store } = await openStore();
  await addResponse(store.db, '{}');
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  await vi.waitFor(() => expect(statSync(`${path}-wal`).size).toBe(0), { timeout: 10_000 });
});

test('whoever leaves the log to others never empties it while they wait, and still does at the end', async () => {
  vi.useFakeTimers();
  const path = join(testFolder(), 'answers.sqlite');
  const store = await openAnswers(path, { leavesLog: true });
  await addSurvey(store.db);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  vi.useRealTimers();
  await store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test('closing leaves no log', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  const store = await openAnswers(path);
  await addSurvey(store.db);
  await store.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  expect(existsSync(`${path}-shm`)).toBe(false);
});

test('a store in memory has no traces to erase', async () => {
  expect(await eraseTraces(await testDatabase())).toBe(true);
});

test('the place of a response in the file does not tell when it came', async () => {
  const { path, store } = await openStore();
  await sql`PRAGMA synchronous = OFF`.execute(store.db);
  const usual = await addMany(store, 600, (n) => 800 + ((n * 37) % 2500));
  await truncateWal(store.db);
  expect(Math.abs(correlate(usual, path))).toBeLessThan(0.25);

  // Longer ones spill, in the order in which they come, until the file is written anew.
  const long = await addMany(store, 300, () => 9000);
  await truncateWal(store.db);
  expect(correlate(long, path)).toBeGreaterThan(0.9);
  await eraseTraces(store.db);
  expect(Math.abs(correlate(long, path))).toBeLessThan(0.25);
});

/** Spearman's rank correlation of the order in which responses came and the order in which they lie in the file. */
function correlate(made: readonly { word: string }[], path: string): number {
  const bytes = readFileSync(path, 'latin1');
  const places = made.map(({ word }) => bytes.indexOf(`${word}-tail`));
  const ranks = new Map([...places].sort((a, b) => a - b).map((place, rank) => [place, rank]));
  const n = places.length;
  const distance = places.reduce((sum, place, arrival) => sum + ((ranks.get(place) ?? 0) - arrival) ** 2, 0);
  return 1 - (6 * distance) / (n * (n * n - 1));
}
