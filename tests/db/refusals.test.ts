/** What a start refuses, with which sentence, and that it leaves every byte where it was (D4). */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadDriver, type SqliteDriver } from '../../src/db/driver.ts';
import { readMigrations } from '../../src/db/migrate.ts';
import { openAnswers, StartRefused } from '../../src/db/open.ts';
import { testFolder } from '../support/folder.ts';
import { addResponse, addSurvey } from '../support/rows.ts';

const KNOWN = readMigrations('answers').length;

let Driver: SqliteDriver;
beforeAll(async () => {
  Driver = await loadDriver();
});

/** A store with some responses in it, to be spoilt. */
async function makeStore(path: string): Promise<void> {
  const store = await openAnswers(path);
  await addSurvey(store.db);
  for (let n = 0; n < 50; n++) await addResponse(store.db, JSON.stringify({ S1: 'x'.repeat(900) }));
  await store.close();
}

function change(path: string, statement: string): void {
  const connection = new Driver(path);
  connection.exec(statement);
  connection.close();
}

/** Takes the index of responses out of use behind SQLite's back, or puts it back. */
function editSchema(path: string, edit: string): void {
  const connection = new Driver(path);
  connection.unsafeMode(true);
  connection.pragma('writable_schema = ON');
  connection.exec(`UPDATE sqlite_master SET ${edit} WHERE name = 'responses_by_survey'`);
  connection.close();
}

function smash(path: string, at: number, bytes: number): void {
  const content = readFileSync(path);
  content.fill(0xa5, at, at + bytes);
  writeFileSync(path, content);
}

const spoils: readonly [what: string, spoil: (path: string) => void, sentence: RegExp][] = [
  ['an empty file', (path) => writeFileSync(path, ''), /is empty, .* restore a backup, or remove it/],
  ['a file of words', (path) => writeFileSync(path, 'Dear all, '.repeat(999)), /is not a Soundings database: move it/],
  ['a file of two bytes', (path) => writeFileSync(path, 'no'), /is not a Soundings database/],
  [
    "another program's database",
    (path) => change(path, 'PRAGMA application_id = 1196444487'),
    /belongs to another program: move it/,
  ],
  ['a database of no program', (path) => change(path, 'PRAGMA application_id = 0'), /belongs to another program/],
  ['a file cut short', (path) => truncateSync(path, 40_000), /is damaged: restore a backup/],
  ['a file with its first page overwritten', (path) => smash(path, 100, 1000), /is damaged: restore a backup/],
  ['a file with its middle overwritten', (path) => smash(path, statSync(path).size / 2, 16_384), /is damaged/],
  [
    'an index that no longer finds its row, which quick_check does not see',
    (path) => {
      editSchema(path, "sql = sql || ' WHERE 0'");
      change(path, "UPDATE responses SET key = key || 'x' WHERE key = (SELECT min(key) FROM responses)");
      editSchema(path, "sql = replace(sql, ' WHERE 0', '')");
    },
    /is damaged: restore a backup/,
  ],
  [
    'a newer schema',
    (path) => change(path, "INSERT INTO migrations SELECT max(number) + 1, 'events', 'abc' FROM migrations"),
    new RegExp(`newer version of Soundings \\(schema ${KNOWN + 1}, this version knows ${KNOWN}\\): run that version`),
  ],
  [
    'a migration that has changed since it landed',
    (path) => change(path, "UPDATE migrations SET hash = 'abc'"),
    /made with another migration 1 \(answers\) than this version has/,
  ],
  [
    'a migration of another name',
    (path) => change(path, "UPDATE migrations SET name = 'replies'"),
    /made with another migration 1 \(replies\)/,
  ],
  [
    'a ledger with a gap',
    (path) => change(path, 'DELETE FROM migrations WHERE number = 1'),
    /lacks migration 1 in its ledger, so its schema is half made/,
  ],
  [
    'a ledger of another shape',
    (path) => change(path, 'DROP TABLE migrations; CREATE TABLE migrations (id)'),
    /cannot be opened/,
  ],
  [
    'tables without a ledger',
    (path) => change(path, 'DROP TABLE migrations'),
    /has tables but no ledger of migrations, so its schema is half made/,
  ],
  ['an emptied ledger', (path) => change(path, 'DELETE FROM migrations'), /has tables but no ledger of migrations/],
  ['a table that is missing', (path) => change(path, 'DROP TABLE releases'), /lacks table releases.*half made/],
  ['an index that is missing', (path) => change(path, 'DROP INDEX drafts_by_expiry'), /lacks index drafts_by_expiry/],
  [
    'a column that is missing',
    (path) => change(path, 'ALTER TABLE snapshots DROP COLUMN responses'),
    /lacks table snapshots\.responses, so/,
  ],
];

test.each(spoils)('%s is refused with one sentence and left as it was', async (_what, spoil, sentence) => {
  const path = join(testFolder(), 'answers.sqlite');
  await makeStore(path);
  spoil(path);
  const before = readFileSync(path);

  for (const mustExist of [true, false]) {
    const refusal = await openAnswers(path, { mustExist }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(StartRefused);
    expect(refusal).toMatchObject({ message: expect.stringMatching(sentence) });
    expect(refusal).toMatchObject({ message: expect.stringMatching(/^[^\n]*\/answers\.sqlite [^\n]*\.$/) });
    expect(readFileSync(path).equals(before)).toBe(true);
  }
});

test('a damaged file is left as it was, and so is the log of the server that crashed on it', async () => {
  const folder = testFolder();
  const [live, path] = [join(folder, 'live.sqlite'), join(folder, 'answers.sqlite')];
  await makeStore(live);
  const store = await openAnswers(live);
  await addResponse(store.db, '{}');
  for (const suffix of ['', '-wal']) copyFileSync(`${live}${suffix}`, `${path}${suffix}`);
  await store.close();
  smash(path, statSync(path).size / 2, 16_384);
  const before = ['', '-wal'].map((suffix) => readFileSync(`${path}${suffix}`, 'hex'));

  await expect(openAnswers(path)).rejects.toThrow(/is damaged: restore a backup/);
  expect(['', '-wal'].map((suffix) => readFileSync(`${path}${suffix}`, 'hex'))).toEqual(before);
});

test('a store that must exist is not made', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  await expect(openAnswers(path, { mustExist: true })).rejects.toThrow(
    new StartRefused(`${path} does not exist: run "npx soundings init" to make it, or restore a backup.`),
  );
  expect(existsSync(path)).toBe(false);
});

test('a folder that is not there is not made', async () => {
  const folder = join(testFolder(), 'data');
  await expect(openAnswers(join(folder, 'answers.sqlite'))).rejects.toThrow(
    new StartRefused(
      `The folder ${folder} does not exist: run "npx soundings init" to make it, or set DATA_DIR to the right folder.`,
    ),
  );
  expect(existsSync(folder)).toBe(false);
});

test('a file in place of the folder is refused', async () => {
  const folder = join(testFolder(), 'data');
  writeFileSync(folder, '');
  await expect(openAnswers(join(folder, 'answers.sqlite'))).rejects.toThrow(
    new StartRefused(`${folder} is a file, not a folder: set DATA_DIR to a folder.`),
  );
});

test('a folder in place of the file is refused', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  mkdirSync(path);
  await expect(openAnswers(path)).rejects.toThrow(/is not a file: move it away/);
});

// Root may write everywhere; for root, the disks of full-disk.test.ts are mounted read-only.
test.skipIf(process.getuid?.() === 0).each([
  ['a folder that may not be written', 0o500, 0o600],
  ['a file that may not be written', 0o700, 0o400],
  ['a file that may not be read', 0o700, 0o000],
])('%s is refused', async (_what, folderMode, fileMode) => {
  const folder = testFolder();
  const path = join(folder, 'answers.sqlite');
  await makeStore(path);
  chmodSync(path, fileMode);
  chmodSync(folder, folderMode);
  await expect(openAnswers(path)).rejects.toThrow(/cannot be read and written by this user: give it the right to\.$/);
  chmodSync(folder, 0o700);
});
