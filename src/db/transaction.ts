import type { Kysely, Transaction } from 'kysely';

/**
 * One decision: all of `work` happens, or none of it. Inside, use the given `trx` alone (the store has one connection,
 * and `db` would wait for it for ever) and await nothing but queries.
 */
export async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(work);
}
