import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadDriver, type SqliteConnection } from '../../src/db/driver.ts';
import { findLedgerProblem, type Migration, migrate, readLedger, readMigrations } from '../../src/db/migrate.ts';
import { StartRefused } from '../../src/db/start-refused.ts';
import { testFolder } from '../support/folder.ts';

const first: Migration = {
  number: 1,
  name: 'first',
  hash: 'h1',
  sql: 'CREATE TABLE a (x TEXT); CREATE TABLE b (x TEXT);',
};
const second: Migration = { number: 2, name: 'second', hash: 'h2', sql: 'ALTER TABLE a ADD COLUMN y TEXT;' };
const broken: Migration = { number: 3, name: 'third', hash: 'h3', sql: 'CREATE TABLE c (x TEXT); DROP TABLE absent;' };

let connection: SqliteConnection;
beforeEach(async () => {
  const Driver = await loadDriver();
  connection = new Driver(':memory:');
});

function listTables(): unknown {
  return connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").pluck().all();
}

test('the ledger says what was done', () => {
  migrate(connection, [first], 'x.sqlite');
  migrate(connection, [first, second], 'x.sqlite');
  expect(readLedger(connection)).toEqual([
    { number: 1, name: 'first', hash: 'h1' },
    { number: 2, name: 'second', hash: 'h2' },
  ]);
  expect(listTables()).toEqual(['a', 'b', 'migrations']);
});

test('what is done is not done again', () => {
  migrate(connection, [first], 'x.sqlite');
  connection.exec("INSERT INTO a VALUES ('kept')");
  migrate(connection, [first], 'x.sqlite');
  expect(connection.prepare('SELECT x FROM a').pluck().all()).toEqual(['kept']);
});

test('a migration that fails half-way leaves nothing, not even those before it in the same run', () => {
  migrate(connection, [first], 'x.sqlite');
  expect(() => migrate(connection, [first, second, broken], 'x.sqlite')).toThrow(
    new StartRefused(
      'x.sqlite was left as it was, because migration 3 (third) failed (no such table: absent): run the version that made it, and report this.',
    ),
  );
  expect(listTables()).toEqual(['a', 'b', 'migrations']);
  expect(readLedger(connection)).toHaveLength(1);
  expect(connection.pragma('table_info(a)')).toHaveLength(1);
  expect(connection.inTransaction).toBe(false);
});

test('the first run leaves nothing either when it fails', () => {
  expect(() => migrate(connection, [{ ...broken, number: 1 }], 'x.sqlite')).toThrow(StartRefused);
  expect(listTables()).toEqual([]);
});

test('the ledger is checked inside the lock, so a newer process that came in between is noticed', () => {
  migrate(connection, [first, second], 'x.sqlite');
  expect(() => migrate(connection, [first], 'x.sqlite')).toThrow(/^x\.sqlite was made by a newer version/);
});

test('the right to write is taken before the ledger is read, so that of two processes one waits', async () => {
  const Driver = await loadDriver();
  const path = join(testFolder(), 'x.sqlite');
  const [own, other] = [new Driver(path), new Driver(path, { timeout: 0 })];
  migrate(own, [first], path);
  own.function('meanwhile', () => {
    expect(() => other.exec('BEGIN IMMEDIATE')).toThrow('database is locked');
    return 'asked';
  });
  migrate(own, [first, { ...second, sql: 'SELECT meanwhile(); ALTER TABLE a ADD COLUMN y TEXT;' }], path);
  expect(readLedger(own)).toHaveLength(2);
  own.close();
  other.close();
});

describe('a ledger', () => {
  test.each([
    ['that is empty', [], undefined],
    ['that is behind', [first], undefined],
    ['that is up to date', [first, second], undefined],
    ['that is ahead', [first, second, broken], /newer version/],
    ['with a gap', [second], /lacks migration 1/],
    ['with another text', [{ ...first, hash: 'other' }], /another migration 1 \(first\)/],
    ['with another name', [{ ...first, name: 'other' }], /another migration 1 \(other\)/],
  ])('%s', (_what, ledger, problem) => {
    const found = findLedgerProblem(ledger, [first, second]);
    if (problem) expect(found).toMatch(problem);
    else expect(found).toBeUndefined();
  });
});

describe.each([
  ['answers', 'landed-migrations.txt'],
  ['contacts', 'landed-contacts.txt'],
] as const)('the migrations of the %s store', (store, landed) => {
  test('are numbered from 1 without a gap', () => {
    const migrations = readMigrations(store);
    expect(migrations.map(({ number }) => number)).toEqual(migrations.map((_, index) => index + 1));
  });

  test('are not changed once landed', () => {
    expect(readMigrations(store).map(({ number, hash }) => `${number} ${hash}`)).toEqual(
      readFileSync(join(import.meta.dirname, landed), 'utf8')
        .trim()
        .split('\n'),
    );
  });

  test('say nothing that ends the transaction around them, and nothing that PostgreSQL could not read', () => {
    for (const { sql } of readMigrations(store)) {
      // What only ever grows is kept so by triggers, which each engine says in its own words.
      const statements = sql.replaceAll(/--.*$/gm, '').replaceAll(/CREATE TRIGGER \w+_is_not_\w+ [\s\S]*?END;/g, '');
      expect(statements).not.toMatch(
        /\b(BEGIN|COMMIT|ROLLBACK|PRAGMA|AUTOINCREMENT|STRICT|json_\w+|typeof|TRIGGER)\b/i,
      );
    }
  });
});
