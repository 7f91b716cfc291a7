import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { StartRefused } from './start-refused.ts';

/** Throws `StartRefused` unless this user can keep files in the folder. */
export function checkFolder(folder: string): void {
  if (!existsSync(folder)) {
    throw new StartRefused(
      `The folder ${folder} does not exist: run "npx soundings init" to make it, or set DATA_DIR to the right folder.`,
    );
  }
  checkRights(folder, constants.R_OK | constants.W_OK | constants.X_OK);
}

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
