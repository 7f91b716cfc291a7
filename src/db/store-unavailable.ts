/** Why the store cannot be used for now. */
export type Trouble = 'locked' | 'full' | 'read-only' | 'failing disk';

/**
 * The store cannot be used for now: what was asked for has not been saved, and may be asked for again. Nothing of it
 * was kept. It passes by itself once the cause does.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, cause: unknown) {
    super(`The store cannot be used for now (${trouble}); nothing was saved.`, { cause });
    this.trouble = trouble;
  }
}

/** SQLite's primary codes (sqlite.org/rescode.html); an extended one begins with its primary. */
const TROUBLES: readonly (readonly [code: string, trouble: Trouble])[] = [
  ['SQLITE_BUSY', 'locked'],
  ['SQLITE_LOCKED', 'locked'],
  ['SQLITE_FULL', 'full'],
  ['SQLITE_READONLY', 'read-only'],
  ['SQLITE_CANTOPEN', 'read-only'],
  ['SQLITE_IOERR', 'failing disk'],
];

/** The code of an error of the engine, such as "SQLITE_BUSY"; empty for any other error. */
export function engineCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('SQLITE_') ? code : '';
}

/** An error of the engine as `StoreUnavailable` where it will pass, and any other error as it is. */
export function nameTrouble(error: unknown): unknown {
  const code = engineCode(error);
  const found = TROUBLES.find(([prefix]) => code.startsWith(prefix));
  return found ? new StoreUnavailable(found[1], error) : error;
}
