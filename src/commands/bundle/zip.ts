/** Zips on the disk: written and read piece by piece, and the same to the byte on every machine. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { Entry } from '../../release/bundle/entry.ts';

/** A zip as it was written. */
export interface WrittenZip {
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

interface WriteOptions {
  /** Told the name of each entry when it begins. */
  readonly report?: (entry: string) => void;
  /** Stops the writing; nothing is left on the disk. */
  readonly signal?: AbortSignal;
}

/**
 * Writes entries to a new file that its owner alone may read. The next chunk of an entry is made when the disk has taken
 * those before it, so memory does not grow with the file; the file is on the disk when this returns.
 * @param day YYYY-MM-DD, the time of every entry (rule M3)
 * @throws when the file is there already, when an entry cannot be made, when aborted; then there is no file
 */
export async function writeZip(
  path: string,
  entries: readonly Entry[],
  day: string,
  { report, signal }: WriteOptions = {},
): Promise<WrittenZip> {
  const zip = new ZipFile();
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  // Only what this made may be taken away again.
  await once(out, 'open');
  const open = new Set<Readable>();
  const options = { mtime: noonOf(day), mode: 0o100644, forceDosTimestamp: true };
  for (const { name, chunks } of entries) {
    zip.addReadStreamLazy(name, options, (done) => {
      report?.(name);
      const source = Readable.from(bytesOf(chunks), { objectMode: false });
      open.add(source);
      source.once('error', (error) => zip.emit('error', error)).once('close', () => open.delete(source));
      done(null, source);
    });
  }
  zip.end();
  const from = Readable.from(zip.outputStream, { objectMode: false });
  zip.once('error', (error) => from.destroy(error instanceof Error ? error : new Error(String(error))));
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    await pipeline(
      from,
      async function* (source: AsyncIterable<Uint8Array>) {
        for await (const chunk of source) {
          hash.update(chunk);
          bytes += chunk.length;
          yield chunk;
        }
      },
      out,
      { ...(signal && { signal }) },
    );
  } catch (error) {
    for (const source of open) source.destroy();
    await rm(path, { force: true });
    throw error;
  }
  return { sha256: hash.digest('hex'), bytes };
}

/** Made only when the first of it is read: an entry may rest on what was written before it. */
function* bytesOf(chunks: Entry['chunks']): Generator<Uint8Array> {
  for (const chunk of chunks()) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** Zips keep times as a clock on the wall shows them: noon of the day, which is there in every time zone. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00`);
}
