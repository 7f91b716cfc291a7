import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { loadDriver, type SqliteConnection } from '../../src/db/driver.ts';
import { inspect } from '../../src/db/inspect.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { testFolder } from '../support/folder.ts';

test('a store that another process migrates while it is looked at is not taken for a damaged one', async () => {
  const Driver = await loadDriver();
  const migrations = readMigrations('answers');
  const path = join(testFolder(), 'answers.sqlite');
  const other = new Driver(path);
  other.pragma('journal_mode = WAL');
  other.pragma('application_id = 7');

  const { prepare } = Driver.prototype;
  const between = vi.spyOn(Driver.prototype, 'prepare').mockImplementation(function (this: SqliteConnection, text) {
    // Between the look at the ledger and the look at the tables.
    if (this.readonly && text.includes('pragma_table_xinfo')) migrate(other, migrations, path);
    return Reflect.apply(prepare, this, [text]);
  });
  onTestFinished(() => between.mockRestore());
  expect(() => inspect(Driver, path, { applicationId: 7, migrations })).not.toThrow();
  expect(() => inspect(Driver, path, { applicationId: 7, migrations })).not.toThrow();
  expect(other.prepare('SELECT count(*) FROM migrations').pluck().get()).toBe(migrations.length);
  other.close();
});
