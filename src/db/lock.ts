import { join } from 'node:path';
import { checkFolder } from './access.ts';
import { loadDriver, type SqliteConnection } from './driver.ts';
import { StartRefused } from './start-refused.ts';
import { engineCode } from './store-unavailable.ts';

/** A connection that nobody refers to is collected and closed, and its lock with it. */
const held = new Set<SqliteConnection>();

/**
 * Makes this process the only server on a data folder until `release`: two would send every mail twice. The lock is an
 * exclusive transaction that stays open on a file of its own; the operating system takes it back when the process
 * ends, however it ends. Commands that work beside a server do not need it. Throws `StartRefused` if there is another.
 */
export async function lockDataFolder(folder: string): Promise<Readonly<{ release: () => void }>> {
  checkFolder(folder);
  const Driver = await loadDriver();
  const path = join(folder, 'server.lock');
  try {
    const connection = new Driver(path, { timeout: 0 });
    try {
      connection.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      connection.close();
      throw error;
    }
    held.add(connection);
    return {
      release: () => {
        held.delete(connection);
        connection.close();
      },
    };
  } catch (error) {
    if (engineCode(error).startsWith('SQLITE_BUSY')) {
      throw new StartRefused(
        `A Soundings server is already running on ${folder}: stop it first, or set another DATA_DIR for this one.`,
      );
    }
    throw new StartRefused(
      `${path} cannot be locked (${engineCode(error) || String(error)}): remove it and start again.`,
      {
        cause: error,
      },
    );
  }
}
