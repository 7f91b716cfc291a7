/** A store that an earlier version made is brought up to date, and what people gave is still there. */
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { StoreDialect } from '../../src/db/dialect.ts';
import { loadDriver, type SqliteConnection } from '../../src/db/driver.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { openAnswers } from '../../src/db/open.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { standingsOf } from '../../src/release/ledger/ledger.ts';
import { readLedger } from '../../src/release/ledger/store.ts';
import { testFolder } from '../support/folder.ts';
import { addResponse, addSurvey } from '../support/rows.ts';
import { runCommand } from '../support/run-command.ts';

const latest = readMigrations('answers').length;

/** A store as the first version of the program made it, with what `fill` puts into it. */
async function makeFirst(
  path: string,
  fill: (db: Kysely<AnswersTables>, connection: SqliteConnection) => Promise<void> = async () => {},
): Promise<void> {
  const connection = new (await loadDriver())(path);
  connection.pragma('page_size = 16384');
  connection.pragma('application_id = 0x536e6441');
  migrate(connection, readMigrations('answers').slice(0, 1), path);
  const db = new Kysely<AnswersTables>({ dialect: new StoreDialect(connection) });
  await fill(db, connection);
  await db.destroy();
  connection.close();
  chmodSync(path, 0o600);
}

test('a command says once that it brought a store up to date', async () => {
  const folder = testFolder();
  await makeFirst(join(folder, 'answers.sqlite'));
  expect((await runCommand(['init'], folder)).err).toBe(`The store was brought up to schema ${latest}.\n`);
  expect((await runCommand(['init'], folder)).err).toBe('');
});

test('a store with the first schema keeps its answers and releases, and counts again', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  let key = '';
  await makeFirst(path, async (before, connection) => {
    await addSurvey(before);
    key = await addResponse(before, '{"S1":"m3"}');
    connection.exec(`
      INSERT INTO snapshots SELECT 'aa', survey, '2027-03-01', 1, '[]' FROM surveys;
      INSERT INTO snapshot_columns VALUES ('aa', 's1', x'01');
      INSERT INTO releases SELECT 'bb', survey, 1, 'tables', 'aa', '2027-03-01', '{}', '{}', 'cc' FROM surveys;
    `);
  });

  const { db, close, upgradedTo } = await openAnswers(path, { mustExist: true });
  expect(upgradedTo).toBe(latest);
  expect(await db.selectFrom('responses').select(['key', 'answers']).execute()).toEqual([
    { key, answers: '{"S1":"m3"}' },
  ]);
  expect(await db.selectFrom('releases').select(['id', 'snapshot', 'content']).execute()).toEqual([
    { id: 'bb', snapshot: 'aa', content: '{}' },
  ]);
  expect(await db.selectFrom('snapshots').select(['id', 'responses']).execute()).toEqual([{ id: 'aa', responses: 1 }]);
  expect(await db.selectFrom('snapshot_columns').selectAll().execute()).toEqual([]);
  await close();
});

test('releases made before there was a ledger count as approved, and are called so', async () => {
  const path = join(testFolder(), 'answers.sqlite');
  await makeFirst(path, async (before, connection) => {
    await addSurvey(before);
    connection.exec(`
      INSERT INTO releases SELECT 'bb', survey, 1, 'tables', 'aa', '2027-03-01', '{}', '{}', 'cc' FROM surveys;
      INSERT INTO releases SELECT 'cc', survey, 1, 'microdata', 'aa', '2027-04-01', '{"audience":"us"}', '{}', 'cc' FROM surveys;
      INSERT INTO releases SELECT 'dd', survey, 2, 'tables', 'aa', '2027-05-01', '{}', '{}', 'cc' FROM surveys;
    `);
  });
  const { db, close } = await openAnswers(path, { mustExist: true });
  const { survey } = await db.selectFrom('releases').select('survey').executeTakeFirstOrThrow();
  const standings = standingsOf(await readLedger(db, survey));
  await close();
  expect(standings.map(({ number, state, approved }) => [number, state, approved?.on, approved?.person])).toEqual([
    [1, 'superseded', '2027-04-01', ''],
    [2, 'approved', '2027-05-01', ''],
  ]);
  // A data file that was for the network stays so, beside tables that were for everybody.
  expect(standings[0]?.parts.map(({ kind, audience }) => [kind, audience])).toEqual([
    ['microdata', 'network'],
    ['tables', 'public'],
  ]);
});
