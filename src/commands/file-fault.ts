/** What a file or folder that a person named has against it, in a sentence. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** @returns undefined for what is no fault of a file */
export function fileFaultOf(error: unknown): string | undefined {
  if (!(error instanceof Error && 'path' in error && 'syscall' in error)) return undefined;
  // Where a file is copied, the one that was named is where it goes.
  const file = String('dest' in error ? error.dest : error.path);
  const say = SENTENCES['code' in error ? String(error.code) : ''];
  return say ? say(file) : `${error.message}.`;
}

const SENTENCES: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) =>
    existsSync(dirname(file))
      ? `${file} is not there. Is the name right?`
      : `There is no folder ${dirname(file)}. Make it first, or name a file in another.`,
  EISDIR: (file) => `${file} is a folder. Name a file in it.`,
  ENOTDIR: (file) => `${dirname(file)} is no folder, so no file can be in it. Name another.`,
  EACCES: (file) => `You may not read or write ${file}. Name another, or ask whoever looks after this computer.`,
  ENOSPC: (file) => `${file} cannot be written: the disk is full.`,
};
