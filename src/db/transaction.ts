import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely, Transaction } from 'kysely';

export { StoreUnavailable } from './store-unavailable.ts';

const scopes = new AsyncLocalStorage<{ open: boolean }>();

/**
 * One decision: all of `work` happens, or none of it. The right to write is taken first, so that what `work` reads is
 * still so when it writes. Inside, use the given `trx` alone and await nothing but its queries: everybody waits.
 * Throws what `work` throws, or `StoreUnavailable`; either way nothing was kept.
 */
export async function inTransaction<Tables, Result>(
  db: Kysely<Tables>,
  work: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute((trx) => {
    const scope = { open: true };
    return scopes.run(scope, async () => {
      try {
        return await work(trx);
      } finally {
        scope.open = false;
      }
    });
  });
}

/** Whether the caller runs inside the `work` of a transaction that is still open. */
export function isInsideTransaction(): boolean {
  return scopes.getStore()?.open ?? false;
}
