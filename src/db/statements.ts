import type { Statement } from 'better-sqlite3';
import { LRUCache } from 'lru-cache';
import type { SqliteConnection } from './driver.ts';

/** A page asks with a handful of texts; a long one is an import's batch, whose text hardly comes twice. */
const KEPT = 200;
const LONGEST = 4000;

/**
 * A connection's `prepare` that remembers: Kysely prepares each query anew, which costs about as much as running it.
 * A statement that is being read row by row is in use, so whoever asks for its text gets one of their own. What a
 * PRAGMA does may happen while it is prepared, so these are prepared each time.
 */
export function rememberStatements(connection: SqliteConnection): (text: string) => Statement {
  const kept = new LRUCache<string, Statement>({ max: KEPT });
  return (text) => {
    const known = kept.get(text);
    if (known && !known.busy) return known;
    const statement: Statement = connection.prepare(text);
    if (!known && text.length <= LONGEST && !/^\s*pragma\b/i.test(text)) kept.set(text, statement);
    return statement;
  };
}
