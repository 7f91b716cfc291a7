import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqliteConnection } from './driver.ts';
import { StartRefused } from './start-refused.ts';

/** A line of the ledger that every database carries: one of the steps that made its schema what it is. */
export type LedgerLine = Readonly<{ number: number; name: string; hash: string }>;

/** A step of the schema. `hash` is the SHA-256 of its text in hex, because a landed migration is never edited. */
export type Migration = LedgerLine & Readonly<{ sql: string }>;

/** Found both from `src/db` (tsx, vitest) and from `dist/db` (compiled). */
const MIGRATIONS = join(import.meta.dirname, '../../migrations');

/** The migrations of a store in order: `migrations/<store>/0001-name.sql` and on. */
export function readMigrations(store: 'answers' | 'contacts'): readonly Migration[] {
  const folder = join(MIGRATIONS, store);
  return readdirSync(folder)
    .sort()
    .map((file, index) => {
      const [, digits, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
      const number = Number(digits);
      if (name === undefined || number !== index + 1) {
        throw new Error(`migrations/${store}/${file} should be a .sql file with number ${index + 1}.`);
      }
      // A checkout with other line endings holds the same migration.
      const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
      return { number, name, hash: createHash('sha256').update(sql).digest('hex'), sql };
    });
}

/** The ledger of a database; empty if it has none yet. */
export function readLedger(connection: SqliteConnection): readonly LedgerLine[] {
  const found = connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'migrations'").get();
  if (found === undefined) return [];
  return connection.prepare<[], LedgerLine>('SELECT number, name, hash FROM migrations ORDER BY number').all();
}

/**
 * Why this code must not touch a database with this ledger, as the rest of a sentence that begins with the file's
 * name; undefined if all that was done there is known here.
 */
export function findLedgerProblem(
  ledger: readonly LedgerLine[],
  migrations: readonly LedgerLine[],
): string | undefined {
  for (const [index, line] of ledger.entries()) {
    const known = migrations[index];
    if (line.number !== index + 1) {
      return `lacks migration ${index + 1} in its ledger, so its schema is half made: restore a backup`;
    }
    if (known === undefined) {
      return `was made by a newer version of Soundings (schema ${ledger.length}, this version knows ${migrations.length}): run that version, or restore a backup from before it`;
    }
    if (line.name !== known.name || line.hash !== known.hash) {
      return `was made with another migration ${line.number} (${line.name}) than this version has, so its schema is unknown: run the version that made it, or restore a backup`;
    }
  }
  return undefined;
}

/**
 * Brings a database up to date, all or nothing. The ledger is read again inside the lock, because another process may
 * have done the work while this one waited. Throws `StartRefused` if the ledger or a migration is wrong; then no
 * migration has left anything. `path` is for the sentence.
 * @returns how many migrations had been done before
 */
export function migrate(connection: SqliteConnection, migrations: readonly Migration[], path: string): number {
  return connection
    .transaction(() => {
      const ledger = readLedger(connection);
      const problem = findLedgerProblem(ledger, migrations);
      if (problem !== undefined) throw new StartRefused(`${path} ${problem}.`);
      if (ledger.length === 0) {
        connection.exec(
          'CREATE TABLE migrations (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)',
        );
      }
      const enter = connection.prepare('INSERT INTO migrations (number, name, hash) VALUES (?, ?, ?)');
      for (const { number, name, hash, sql } of migrations.slice(ledger.length)) {
        try {
          connection.exec(sql);
        } catch (error) {
          const reason = error instanceof Error ? error.message : String(error);
          throw new StartRefused(
            `${path} was left as it was, because migration ${number} (${name}) failed (${reason}): run the version that made it, and report this.`,
            { cause: error },
          );
        }
        enter.run(number, name, hash);
      }
      return ledger.length;
    })
    .immediate();
}
