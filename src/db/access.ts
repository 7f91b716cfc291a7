import { accessSync, closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StartRefused } from './start-refused.ts';

/** Throws `StartRefused` unless this user can keep files in the folder. */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) {
    throw new StartRefused(
      `The folder ${folder} does not exist: run "npx soundings init" to make it, or set DATA_DIR to the right folder.`,
    );
  }
  if (!statSync(folder).isDirectory()) {
    throw new StartRefused(`${folder} is a file, not a folder: set DATA_DIR to a folder.`);
  }
  checkRights(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}

/**
 * Makes a folder that only this user may look into, and those above it, unless they are there. Throws `StartRefused`
 * where it cannot be. One by one, because Node's own `recursive` tries for ever where no folder can be made, as in /proc.
 */
export function makeFolder(folder: string): void {
  const missing: string[] = [];
  let above = resolve(folder);
  while (!existsSync(above) && dirname(above) !== above) {
    missing.unshift(above);
    above = dirname(above);
  }
  const refuse = (reason: string, cause?: unknown) => {
    throw new StartRefused(`The folder ${folder} cannot be made: ${reason}. Set DATA_DIR to another.`, { cause });
  };
  if (!statSync(above).isDirectory()) refuse(`${above} is a file, not a folder`);
  for (const path of missing) {
    try {
      mkdirSync(path, { mode: 0o700 });
    } catch (error) {
      // Another process may have made it since.
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) refuse(reasonOf(error, path), error);
    }
  }
}

/** A new name in a folder is on disk only when the folder is. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

/** Why a folder could not be made, in words. */
function reasonOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return REASONS[code]?.(path) ?? `the system says ${code}`;
}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  EACCES: (path) => `this user may not write in ${dirname(path)}`,
  EPERM: (path) => `this user may not write in ${dirname(path)}`,
  EEXIST: (path) => `${path} is something else than a folder`,
  ENOENT: (path) => `no folders can be made in ${dirname(path)}`,
  ENOTDIR: (path) => `${dirname(path)} is a file, not a folder`,
  EROFS: (path) => `${dirname(path)} can only be read`,
  ENOSPC: () => 'its disk is full',
  ENAMETOOLONG: () => 'its name is too long',
};

/** Throws `StartRefused` unless this user can use the file, or make it where it need not exist. */
export function checkFile(path: string, mustExist: boolean): void {
  if (existsSync(path)) {
    if (!statSync(path).isFile()) {
      throw new StartRefused(`${path} is not a file: move it away, or set DATA_DIR to the right folder.`);
    }
    checkRights(path, constants.R_OK | constants.W_OK);
  } else if (mustExist) {
    throw new StartRefused(`${path} does not exist: run "npx soundings init" to make it, or restore a backup.`);
  }
}

function checkRights(path: string, rights: number): void {
  try {
    accessSync(path, rights);
  } catch (error) {
    throw new StartRefused(`${path} cannot be read and written by this user: give it the right to.`, { cause: error });
  }
}
