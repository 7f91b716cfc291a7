import { Kysely, SqliteDialect } from 'kysely';
import { loadDriver } from './driver.ts';
import { migrate, readMigrations } from './migrate.ts';
import type { AnswersTables } from './tables.ts';

/** An open answers store. `close` empties the write-ahead log and gives the file back. */
export type AnswersStore = Readonly<{
  db: Kysely<AnswersTables>;
  close: () => Promise<void>;
}>;

/** Opens and migrates the answers store at `path`, or in memory for `:memory:`. */
export async function openAnswers(path: string): Promise<AnswersStore> {
  const Driver = await loadDriver();
  const connection = new Driver(path, { timeout: 250 });
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('secure_delete = ON');
  migrate(connection, readMigrations('answers'));
  const db = new Kysely<AnswersTables>({
    dialect: new SqliteDialect({ database: connection }),
  });
  return { db, close: () => db.destroy() };
}
