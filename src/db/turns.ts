const lines = new WeakMap<object, Promise<unknown>>();

/**
 * Does one thing after another with a store, in this process: for what looks first whether it need write at all. A hundred
 * who ask at once would otherwise all have looked before the first of them has written, and all wait for the right to.
 */
export function inTurn<Result>(db: object, work: () => Promise<Result>): Promise<Result> {
  const before = lines.get(db) ?? Promise.resolve();
  const mine = before.then(work);
  lines.set(
    db,
    mine.catch(() => {}),
  );
  return mine;
}
