/** A folder of files that is there whole or not at all. */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { StartRefused } from '../../db/start-refused.ts';
import type { ReleaseFiles } from '../../release/microdata/files.ts';
import type { Released } from '../../release/released.ts';
import { CommandFailed, makeFolder } from '../support.ts';

const SUMS = 'SHA256SUMS';

/**
 * Whether the files can go there: nothing is there, or an empty folder, or an earlier release that may be replaced.
 * @throws CommandFailed where not
 */
export function checkPlace(out: string, force: boolean): void {
  if (!existsSync(out)) return;
  const there = listFolder(out);
  if (there.length === 0) return;
  if (
    !there.includes(SUMS) ||
    !there.every((name) => /^(README\.txt|SHA256SUMS|codebook\.(html|json)|report\.json|.+\.csv)$/.test(name))
  ) {
    throw new CommandFailed(`${out} holds other things than a release. Name a folder of its own with --out.`);
  }
  if (!force)
    throw new CommandFailed(`${out} is there already. Add --force to replace it, or name another with --out.`);
}

function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    throw new CommandFailed(`${path} is not a folder that can be read. Name another with --out.`);
  }
}

/**
 * Writes the files aside, for this user only, and puts them in their place: where that fails, what stood there stands.
 * Their times are the day of the release: nothing in them says when.
 * @param day YYYY-MM-DD
 * @throws CommandFailed where the folder cannot be written
 */
export function writeFolder(out: string, { content }: Released<ReleaseFiles>, day: string): void {
  const target = resolve(out);
  const aside = makeAside(target);
  const before = join(aside, 'before');
  try {
    writeFiles(join(aside, 'new'), content, day);
    if (existsSync(target)) renameSync(target, before);
    renameSync(join(aside, 'new'), target);
  } catch (error) {
    if (existsSync(before)) renameSync(before, target);
    throw cannotWrite(target, error);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function makeAside(target: string): string {
  const parent = dirname(target);
  try {
    if (!existsSync(parent)) makeFolder(parent);
    return mkdtempSync(join(parent, `.${basename(target)}-`));
  } catch (error) {
    throw cannotWrite(target, error);
  }
}

function writeFiles(folder: string, files: ReleaseFiles, day: string): void {
  makeFolder(folder);
  const sums = Object.keys(files).map(
    (name) =>
      `${createHash('sha256')
        .update(files[name] ?? '')
        .digest('hex')}  ${name}\n`,
  );
  const all = { ...files, [SUMS]: sums.join('') };
  const time = new Date(`${day}T00:00:00Z`);
  for (const [name, text] of Object.entries(all)) {
    const path = join(folder, name);
    writeFileSync(path, text, { mode: 0o600 });
    utimesSync(path, time, time);
  }
  chmodSync(folder, 0o700);
  utimesSync(folder, time, time);
}

function cannotWrite(target: string, error: unknown): Error {
  if (error instanceof CommandFailed || error instanceof StartRefused) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new CommandFailed(`Nothing was released: ${target} cannot be written (${reason}).`);
}
