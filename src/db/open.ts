import { randomUUID } from 'node:crypto';
import { closeSync, existsSync, linkSync, openSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Kysely } from 'kysely';
import { checkFile, checkFolder, syncFolder } from './access.ts';
import type { ContactsTables } from './contacts-tables.ts';
import { StoreDialect } from './dialect.ts';
import { loadDriver, type SqliteConnection, type SqliteDriver } from './driver.ts';
import { inspect, nameRefusal } from './inspect.ts';
import { migrate, readMigrations } from './migrate.ts';
import { StartRefused } from './start-refused.ts';
import type { AnswersTables } from './tables.ts';
import { keepWalEmpty, mixBeforeClosing } from './traces.ts';

export { StartRefused };

/**
 * An open store. `close` waits for what is in flight and empties the write-ahead log. `upgradedTo` is the number of its
 * schema where opening it brought it up from an earlier one.
 */
export type Store<Tables> = Readonly<{
  db: Kysely<Tables>;
  close: () => Promise<void>;
  upgradedTo: number | undefined;
}>;

export type AnswersStore = Store<AnswersTables>;
export type ContactsStore = Store<ContactsTables>;

/**
 * "SndA" and "SndC", in the header of the file: a database of another program is not ours to migrate, and a file of
 * names put in the place of the answers' is refused.
 */
const APPLICATION_IDS = { answers: 0x53_6e_64_41, contacts: 0x53_6e_64_43 } as const;

/**
 * A page holds a row of up to 4 KB whole. In SQLite's usual 4096 bytes a response of more than 1 KB would spill into
 * pages that are taken one after the other, and their order in the file is the order in which people answered.
 */
const PAGE_SIZE = 16_384;

/** At start it is right to wait for another process that migrates; while serving, the dialect waits instead. */
const START_TIMEOUT = 30_000;

interface Opening {
  readonly mustExist?: boolean;
  readonly leavesLog?: boolean;
}

/** Opens the store of what was answered; see `openStore`. */
export function openAnswers(path: string, options: Opening = {}): Promise<AnswersStore> {
  return openStore<AnswersTables>('answers', path, options);
}

/** Opens the store of who signed up; see `openStore`. It shares nothing with the answers', and no code holds both. */
export function openContacts(path: string, options: Opening = {}): Promise<ContactsStore> {
  return openStore<ContactsTables>('contacts', path, options);
}

/**
 * Opens a store at `path` (or a new one in memory, for ":memory:") and brings its schema up to date. A file that is not
 * there is made, unless it `mustExist`. Its write-ahead log is emptied every second, unless the caller `leavesLog` to
 * whoever serves the store: while one of two empties it, the other's visitors wait. Throws `StartRefused` where it
 * should not be used, see `inspect`; then the file is as it was.
 */
async function openStore<Tables>(kind: 'answers' | 'contacts', path: string, options: Opening): Promise<Store<Tables>> {
  const Driver = await loadDriver();
  const migrations = readMigrations(kind);
  const applicationId = APPLICATION_IDS[kind];
  if (path !== ':memory:') {
    checkFolder(dirname(path));
    checkFile(path, options.mustExist ?? false);
    if (!existsSync(path)) create(Driver, path, applicationId);
    inspect(Driver, path, { applicationId, migrations });
  }
  const connection = new Driver(path, { timeout: START_TIMEOUT });
  let before: number;
  try {
    setUp(connection);
    before = migrate(connection, migrations, path);
    connection.pragma('busy_timeout = 0');
  } catch (error) {
    connection.close();
    throw nameRefusal(error, path);
  }
  const db = new Kysely<Tables>({ dialect: new StoreDialect(connection) });
  const stop = path === ':memory:' || options.leavesLog ? () => {} : keepWalEmpty(db, `${path}-wal`);
  return {
    db,
    upgradedTo: before > 0 && before < migrations.length ? migrations.length : undefined,
    close: async () => {
      stop();
      await mixBeforeClosing(db);
      await db.destroy();
      // Kysely closes only what it has used.
      connection.close();
    },
  };
}

/**
 * Makes an empty store aside and links it into its place: a start that is cut off leaves no half file there, and of
 * two that start together the first wins and the second uses what it finds. Nobody but this user may read it.
 */
function create(Driver: SqliteDriver, path: string, applicationId: number): void {
  const aside = `${path}.${randomUUID()}.new`;
  try {
    closeSync(openSync(aside, 'wx', 0o600));
    const connection = new Driver(aside);
    connection.pragma(`page_size = ${PAGE_SIZE}`);
    connection.pragma(`application_id = ${applicationId}`);
    connection.close();
    linkSync(aside, path);
    syncFolder(dirname(path));
  } catch (error) {
    // If it is there by now, another process was faster.
    if (existsSync(path)) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartRefused(
      `${path} cannot be made (${reason}): make room, or set DATA_DIR to a folder on a local disk.`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(aside, { force: true });
  }
}

function setUp(connection: SqliteConnection): void {
  connection.pragma('journal_mode = WAL');
  // The driver turns this down to NORMAL under WAL, where a power cut takes acknowledged answers with it.
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  // What was deleted is overwritten, and what is sorted aside stays out of temporary files.
  connection.pragma('secure_delete = ON');
  connection.pragma('temp_store = MEMORY');
}
