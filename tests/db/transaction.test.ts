import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadDriver, type SqliteConnection } from '../../src/db/driver.ts';
import { type AnswersStore, openAnswers } from '../../src/db/open.ts';
import { inTransaction, StoreUnavailable } from '../../src/db/transaction.ts';
import { testFolder } from '../support/folder.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

let store: AnswersStore;
/** Another process's connection, as far as the locks are concerned. */
let outsider: SqliteConnection;

beforeEach(async () => {
  const Driver = await loadDriver();
  const path = join(testFolder(), 'answers.sqlite');
  store = await openAnswers(path);
  await addSurvey(store.db);
  outsider = new Driver(path, { timeout: 0 });
});

afterEach(async () => {
  outsider.close();
  await store.close();
});

async function countResponses(): Promise<number> {
  return (await store.db.selectFrom('responses').select('key').execute()).length;
}

/** How an attempt ended, in a word. */
async function outcome(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'done',
    (error: unknown) => (error instanceof StoreUnavailable ? error.trouble : String(error)),
  );
}

test('all of a transaction happens', async () => {
  const key = await inTransaction(store.db, (trx) => addResponse(trx, '{}'));
  expect(await store.db.selectFrom('responses').select('key').execute()).toEqual([{ key }]);
});

test('nothing of a transaction happens if its work throws, and the error comes through', async () => {
  const failing = inTransaction(store.db, async (trx) => {
    await addResponse(trx, '{}');
    throw new Error('changed my mind');
  });
  await expect(failing).rejects.toThrow('changed my mind');
  expect(await countResponses()).toBe(0);
});

test('a transaction takes the right to write before it reads, so that nobody changes what it read', async () => {
  await inTransaction(store.db, async (trx) => {
    await trx.selectFrom('responses').selectAll().execute();
    expect(() => outsider.exec("UPDATE surveys SET status = 'closed'")).toThrow('database is locked');
  });
  outsider.exec("UPDATE surveys SET status = 'closed'");
});

test('parallel transactions wait for each other', async () => {
  await Promise.all(Array.from({ length: 20 }, () => inTransaction(store.db, (trx) => addResponse(trx, '{}'))));
  expect(await countResponses()).toBe(20);
});

test('using the store beside its own transaction is an error and not a wait for ever', async () => {
  const reading = inTransaction(store.db, () => countResponses());
  await expect(reading).rejects.toThrow('Inside a transaction use its trx');
  const nested = inTransaction(store.db, () => inTransaction(store.db, (trx) => addResponse(trx, '{}')));
  await expect(nested).rejects.toThrow('Inside a transaction use its trx');
  expect(await countResponses()).toBe(0);
});

test('what a transaction started may use the store once it is over', async () => {
  let later: () => void = () => {};
  const waiting = new Promise<void>((resolve) => {
    later = resolve;
  });
  const counting = await inTransaction(store.db, async (trx) => {
    await addResponse(trx, '{}');
    return { count: waiting.then(countResponses) };
  });
  later();
  expect(await counting.count).toBe(1);
});

test('a lock that passes is waited for', async () => {
  outsider.exec('BEGIN IMMEDIATE');
  const saving = outcome(inTransaction(store.db, (trx) => addResponse(trx, '{}')));
  await new Promise((resolve) => setTimeout(resolve, 100));
  outsider.exec('COMMIT');
  expect(await saving).toBe('done');
});

test('a single statement waits for a lock as well', async () => {
  outsider.exec('BEGIN IMMEDIATE');
  const saving = outcome(addResponse(store.db, '{}'));
  await new Promise((resolve) => setTimeout(resolve, 100));
  outsider.exec('COMMIT');
  expect(await saving).toBe('done');
});

test('under a lock that lasts, the process keeps running, queries are told, and service resumes by itself', async () => {
  outsider.exec('BEGIN IMMEDIATE');
  let ticks = 0;
  const clock = setInterval(() => {
    ticks += 1;
  }, 10);
  const attempts = Array.from({ length: 20 }, () => outcome(inTransaction(store.db, (trx) => addResponse(trx, '{}'))));
  expect(new Set(await Promise.all(attempts))).toEqual(new Set(['locked']));
  clearInterval(clock);
  expect(ticks).toBeGreaterThan(5);
  expect(await countResponses()).toBe(0);

  outsider.exec('COMMIT');
  expect(await outcome(inTransaction(store.db, (trx) => addResponse(trx, '{}')))).toBe('done');
  expect(await countResponses()).toBe(1);
});

test('locks that come and go for longer than the patience do not add up', async () => {
  for (let round = 0; round < 8; round++) {
    outsider.exec('BEGIN IMMEDIATE');
    const saving = outcome(addResponse(store.db, '{}'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    outsider.exec('COMMIT');
    expect(await saving).toBe('done');
  }
});

test('a full store is told as such, keeps nothing of the transaction, and takes rows again when there is room', async () => {
  await sql`PRAGMA max_page_count = 40`.execute(store.db);
  const filling = inTransaction(store.db, async (trx) => {
    for (let n = 0; n < 100; n++) await addResponse(trx, 'x'.repeat(10_000));
  });
  const error = await filling.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).toMatchObject({ name: 'StoreUnavailable', trouble: 'full', cause: { code: 'SQLITE_FULL' } });
  expect(await countResponses()).toBe(0);

  await sql`PRAGMA max_page_count = 4000`.execute(store.db);
  await inTransaction(store.db, (trx) => addResponse(trx, '{}'));
  expect(await countResponses()).toBe(1);
});

test('a mistake in what is written is not called trouble of the store', async () => {
  const key = await addResponse(store.db, '{}');
  const again = sql`INSERT INTO responses SELECT * FROM responses WHERE key = ${key}`.execute(store.db);
  await expect(again).rejects.toMatchObject({ code: expect.stringMatching(/^SQLITE_CONSTRAINT/) });
});
