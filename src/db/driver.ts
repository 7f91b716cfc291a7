import type DatabaseDriver from 'better-sqlite3';

export type SqliteDriver = typeof DatabaseDriver;
export type SqliteConnection = DatabaseDriver.Database;

/**
 * The SQLite driver that works on this Node. Version 12 compiled for Node 24.19 and later aborts in garbage
 * collection; version 13 crashes on Node 20, so npm leaves it out there by its `engines`. Hence: 13 where it is
 * installed (under the name `better-sqlite3-napi`), else 12. Throws the driver's own error if neither is there.
 */
export async function loadDriver(): Promise<SqliteDriver> {
  // Named by a value, because the compiler would insist on its being installed.
  const preferred: string = 'better-sqlite3-napi';
  const module = await import(preferred).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return import('better-sqlite3');
    throw error;
  });
  return module.default as SqliteDriver;
}
