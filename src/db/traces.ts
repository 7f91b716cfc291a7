import { statSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';

/** In milliseconds. */
const WAL_LIFE = 1000;

/**
 * Empties the write-ahead log into the file. The log is a diary of who wrote what in which order, with everything
 * that was overwritten or deleted since it began.
 * @returns false if another process is reading the store just now, so that the log had to stay
 */
export async function truncateWal<Tables>(db: Kysely<Tables>): Promise<boolean> {
  const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(db);
  return rows[0]?.busy === 0;
}

/**
 * Makes what was deleted unreadable in the bytes of every file of the store: for withdrawals and purges, after their
 * transaction. `secure_delete` alone leaves about one deleted text in 200, where SQLite moved a row to another page
 * before. Writing the file anew leaves none; it also puts the rows in the order of their random keys, so that the
 * file does not tell who came after whom. Blocks for about 10 ms a megabyte, and needs memory for a copy of the file.
 * @returns false if another process is reading the store just now, so that the old text is still in the log: call
 * again. Throws `StoreUnavailable` where there is no room to write the file anew.
 */
export async function eraseTraces<Tables>(db: Kysely<Tables>): Promise<boolean> {
  await sql`VACUUM`.execute(db);
  return truncateWal(db);
}

/**
 * Empties the log every second, if there is anything in it: whoever copies the files of a running server learns the
 * order of the last second's answers at most.
 * @returns what stops it
 */
export function keepWalEmpty<Tables>(db: Kysely<Tables>, walPath: string): () => void {
  const timer = setInterval(() => {
    const size = statSync(walPath, { throwIfNoEntry: false })?.size ?? 0;
    // Trouble is told to whoever writes next; the log waits for the next round.
    if (size > 0) truncateWal(db).catch(() => false);
  }, WAL_LIFE);
  timer.unref();
  return () => clearInterval(timer);
}
