import { setTimeout as sleep } from 'node:timers/promises';
import { CompiledQuery, type DatabaseConnection, type QueryResult, SqliteDialect, SqliteDriver } from 'kysely';
import type { SqliteConnection } from './driver.ts';
import { rememberStatements } from './statements.ts';
import { engineCode, nameTrouble } from './store-unavailable.ts';
import { isInsideTransaction } from './transaction.ts';

/**
 * How long a query waits for another process's lock before it gives up, and how often it asks. In milliseconds. Most
 * locks are gone in a moment: it asks again soon at first, and then less and less often.
 */
const PATIENCE = 1000;
const ASK_AGAIN = 20;

/** Kysely's SQLite, with the manners that a server needs; each is said at its place below. */
export class StoreDialect extends SqliteDialect {
  readonly #sqlite: SqliteConnection;

  constructor(sqlite: SqliteConnection) {
    super({ database: sqlite });
    this.#sqlite = sqlite;
  }

  override createDriver(): SqliteDriver {
    return new StoreDriver(this.#sqlite);
  }
}

class StoreDriver extends SqliteDriver {
  readonly #sqlite: SqliteConnection;
  #patient: DatabaseConnection | undefined;

  constructor(sqlite: SqliteConnection) {
    super({ database: { prepare: rememberStatements(sqlite), close: () => sqlite.close() } });
    this.#sqlite = sqlite;
  }

  /** There is one connection: whoever asks for it while holding it would wait for ever, and so would everybody else. */
  override async acquireConnection(): Promise<DatabaseConnection> {
    if (isInsideTransaction()) throw new Error('Inside a transaction use its trx: the store has one connection.');
    const connection = await super.acquireConnection();
    this.#patient ??= new PatientConnection(connection);
    return this.#patient;
  }

  /** A plain "begin" would take the right to write at the first write, and fail there if another process was faster. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }

  /** After a full disk SQLite has rolled back already; a second rollback would fail and hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#sqlite.inTransaction) await super.rollbackTransaction(connection);
  }

  /** Waits for what is in flight and leaves no write-ahead log. */
  override async destroy(): Promise<void> {
    await super.acquireConnection();
    try {
      // Another process that empties the log at this moment keeps us from it: what was deleted must not stay there.
      const patience = performance.now() + PATIENCE;
      while (this.#sqlite.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) !== 0) {
        if (performance.now() > patience) break;
        await sleep(ASK_AGAIN);
      }
    } catch (error) {
      throw nameTrouble(error);
    } finally {
      await super.destroy();
      await this.releaseConnection();
    }
  }
}

/**
 * Waits for a lock without stopping the process: SQLite's own waiting (busy_timeout) would freeze every page, also
 * those that need no store. When a lock lasts, the queries that queued up behind the first do not each wait again.
 */
class PatientConnection implements DatabaseConnection {
  readonly #inner: DatabaseConnection;
  #lockedSince = Number.NEGATIVE_INFINITY;
  #lockedLast = Number.NEGATIVE_INFINITY;

  constructor(inner: DatabaseConnection) {
    this.#inner = inner;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    for (let asked = 0; ; asked++) {
      try {
        const result = await this.#inner.executeQuery<R>(query);
        // Reading works beside another's lock, so only a write tells that it is gone.
        if (result.numAffectedRows !== undefined) this.#lockedLast = Number.NEGATIVE_INFINITY;
        return result;
      } catch (error) {
        if (!engineCode(error).startsWith('SQLITE_BUSY') || this.#hasWaitedEnough()) throw nameTrouble(error);
      }
      await sleep(Math.min(2 ** asked, ASK_AGAIN));
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.#inner.streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw nameTrouble(error);
    }
  }

  #hasWaitedEnough(): boolean {
    const now = performance.now();
    if (now - this.#lockedLast > PATIENCE) this.#lockedSince = now;
    this.#lockedLast = now;
    return now - this.#lockedSince >= PATIENCE;
  }
}
