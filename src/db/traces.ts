import { statSync } from 'node:fs';
import { type Kysely, sql } from 'kysely';
import { StoreUnavailable } from './store-unavailable.ts';

/** In milliseconds: how often the log is emptied, and how long to wait before the file is written anew after all. */
const WAL_LIFE = 1000;
const TRY_AGAIN = 10_000;

/** Writing the file anew takes a twentieth of the time at most, and where it is only to mix rows a two-hundredth. */
const REST = 19;
const LONG_REST = 199;

/** How long new rows may lie in the order in which they came, in milliseconds: longer only where the file is large. */
const MIX = 60_000;

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
 * Erases traces now, unless that was done a moment ago; then, or where it cannot be done yet, the log is emptied now
 * and the file is written anew soon. What was deleted is deleted: whoever asked for it must not be told otherwise
 * because its bytes linger, and nobody may keep everybody else waiting by asking often.
 */
export async function eraseTracesSoon<Tables>(db: Kysely<Tables>): Promise<void> {
  const plan = planOf(db);
  const begun = performance.now();
  if (begun < plan.notBefore) {
    if (!plan.waiting) {
      plan.waiting = true;
      const round = () => {
        plan.waiting = false;
        // A store that was closed meanwhile, or is damaged, is told to whoever uses it next.
        eraseTracesSoon(db).catch(() => {});
      };
      setTimeout(round, plan.notBefore - begun).unref();
    }
    await unlessUnavailable(truncateWal(db));
    return;
  }
  plan.notBefore = begun + TRY_AGAIN;
  const erased = await unlessUnavailable(eraseTraces(db));
  if (!erased) return eraseTracesSoon(db);
  const ended = performance.now();
  plan.notBefore = ended + REST * (ended - begun);
  plan.took = ended - begun;
}

/**
 * Puts the rows in the order of their random keys soon, by writing the file anew: to be called when somebody has sent
 * answers. A page of the file keeps its rows by key, and yet where each lies in the page tells which came first: somebody
 * with this file who knows when who signed up for a workshop could join half of them to their answers.
 */
export function mixSoon<Tables>(db: Kysely<Tables>): void {
  const plan = planOf(db);
  if (plan.mixing) return;
  const mix = () => {
    plan.mixing = undefined;
    eraseTracesSoon(db).catch(() => {});
  };
  plan.mixing = setTimeout(mix, Math.max(MIX, LONG_REST * plan.took));
  plan.mixing.unref();
}

/** Mixes now what would be mixed soon: before the store is closed. */
export async function mixBeforeClosing<Tables>(db: Kysely<Tables>): Promise<void> {
  const plan = planOf(db);
  if (!plan.mixing) return;
  clearTimeout(plan.mixing);
  plan.mixing = undefined;
  await unlessUnavailable(eraseTraces(db));
}

interface Plan {
  notBefore: number;
  waiting: boolean;
  /** How long it took the last time, in milliseconds. */
  took: number;
  mixing: NodeJS.Timeout | undefined;
}

const plans = new WeakMap<object, Plan>();

function planOf(db: object): Plan {
  const plan = plans.get(db) ?? { notBefore: 0, waiting: false, took: 0, mixing: undefined };
  plans.set(db, plan);
  return plan;
}

async function unlessUnavailable(erasing: Promise<boolean>): Promise<boolean> {
  return erasing.catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  });
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
