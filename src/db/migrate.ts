import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteConnection } from './driver.ts';

/** One landed step of the schema. `hash` is the SHA-256 of its text in hex: a landed migration is never edited. */
export type Migration = Readonly<{
  number: number;
  name: string;
  sql: string;
  hash: string;
}>;

/** A line of the ledger that every database carries: which migrations made it what it is. */
export type LedgerLine = Readonly<{
  number: number;
  name: string;
  hash: string;
}>;

/** Found both from `src/db` (tsx, vitest) and from `dist/db` (compiled). */
const MIGRATIONS = join(import.meta.dirname, '../../migrations');

/** The migrations of a store in order, read from `migrations/<store>/0001-name.sql` and on. */
export function readMigrations(store: 'answers'): readonly Migration[] {
  const folder = join(MIGRATIONS, store);
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort();
  return files.map((file, index) => {
    const number = Number(file.slice(0, 4));
    if (number !== index + 1) throw new Error(`migrations/${store}/${file} should be number ${index + 1}.`);
    // A checkout with other line endings is the same migration.
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return {
      number,
      name: file.slice(5, -'.sql'.length),
      sql,
      hash: createHash('sha256').update(sql).digest('hex'),
    };
  });
}

/** The ledger of a database; empty if it has none yet. */
export function readLedger(connection: SqliteConnection): readonly LedgerLine[] {
  const known = connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").get();
  if (!known) return [];
  return connection.prepare<[], LedgerLine>('SELECT number, name, hash FROM migrations ORDER BY number').all();
}

/**
 * Brings a database up to date, all or nothing. The ledger is read inside the lock, because a second process may have
 * done the work while this one waited for it. Throws the engine's error if a migration fails; then nothing of any of
 * them is left.
 */
export function migrate(connection: SqliteConnection, migrations: readonly Migration[]): void {
  connection
    .transaction(() => {
      const done = readLedger(connection).length;
      if (done === 0) {
        connection.exec(
          'CREATE TABLE migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)',
        );
      }
      const record = connection.prepare('INSERT INTO migrations (number, name, hash) VALUES (?, ?, ?)');
      for (const { number, name, hash, sql } of migrations.slice(done)) {
        connection.exec(sql);
        record.run(number, name, hash);
      }
    })
    .immediate();
}
