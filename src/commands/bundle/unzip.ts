/** Reading a release's zip: one of its files, and whether all are as they were made. */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { hashFile } from '../../db/hash-file.ts';
import { CommandFailed } from '../support.ts';

const SUMS = 'SHA256SUMS';

/**
 * A file of a zip, piece by piece; the zip is closed when the last was read or no more are wanted.
 * @param name without its folder: `data.csv`
 * @throws when there is no zip, or no such file in it
 */
export async function* readZipEntry(path: string, name: string): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path);
  for await (const entry of zip.eachEntry()) {
    if (basename(entry.fileName) !== name) continue;
    yield* await zip.openReadStreamPromise(entry);
    return;
  }
  throw new Error(`there is no ${name} in ${basename(path)}`);
}

/** The whole text of a file of a zip. @throws as `readZipEntry` */
export async function readZipText(path: string, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readZipEntry(path, name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** @throws CommandFailed where a release's zip is not what the ledger has: nothing of it is given out, or relied on */
export async function checkUnchanged(path: string, sha256: string): Promise<void> {
  const found = await hashFile(path);
  if (found === undefined) throw new CommandFailed(`${path} is not there. Restore it from a backup.`);
  if (found !== sha256)
    throw new CommandFailed(`${path} is not as it was made, so nothing is taken from it. Restore it from a backup.`);
}

/**
 * Compares each file of a zip with the sums that lie beside them.
 * @returns what is wrong, a sentence each; nothing when all is as it was made
 */
export async function verifyZip(path: string): Promise<string[]> {
  const found = new Map<string, string>();
  let sums: string | undefined;
  try {
    const zip = await openZip(path);
    for await (const entry of zip.eachEntry()) {
      const name = basename(entry.fileName);
      if (found.has(name)) return [`${name} is there twice.`];
      const bytes = await hashEntry(zip, entry, name === SUMS);
      found.set(name, bytes.sha256);
      sums ??= bytes.text;
    }
  } catch (error) {
    return [`${basename(path)} cannot be read: ${error instanceof Error ? error.message : error}.`];
  }
  return sums === undefined ? [`${SUMS} is not there.`] : compareSums(sums, found);
}

function compareSums(sums: string, found: ReadonlyMap<string, string>): string[] {
  const expected = new Map<string, string>();
  for (const line of sums.split('\n').filter((each) => each !== '')) {
    const [, sum = '', name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (name === undefined) return [`${SUMS} holds a line that is no sum: ${line}`];
    expected.set(name, sum);
  }
  return [
    ...[...expected]
      .filter(([name, sum]) => found.get(name) !== sum)
      .map(([name]) => (found.has(name) ? `${name} is not as it was made.` : `${name} is not there.`)),
    ...[...found.keys()]
      .filter((name) => name !== SUMS && !expected.has(name))
      .map((name) => `${name} is not in ${SUMS}.`),
  ];
}

async function hashEntry(zip: ZipFile, entry: Entry, keep: boolean): Promise<{ sha256: string; text?: string }> {
  const hash = createHash('sha256');
  const kept: Uint8Array[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    hash.update(chunk);
    if (keep) kept.push(chunk);
  }
  return { sha256: hash.digest('hex'), ...(keep && { text: Buffer.concat(kept).toString('utf8') }) };
}

function openZip(path: string): Promise<ZipFile> {
  return openPromise(path, { lazyEntries: true });
}
