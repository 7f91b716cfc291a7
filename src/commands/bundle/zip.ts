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
  const out = createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true });
  // Only what this made may be taken away again.
  await once(out, 'open');
  const stop = new AbortController();
  const failures: unknown[] = [];
  const fail = (error: unknown) => {
    failures.push(error);
    stop.abort();
  };
  const sources: Readable[] = [];
  const zip = new ZipFile().once('error', fail);
  for (const { name, chunks } of entries) {
    zip.addReadStreamLazy(name, { mtime: noonOf(day), mode: 0o100644, forceDosTimestamp: true }, (done) => {
      report?.(name);
      const source = Readable.from(bytesOf(chunks), { objectMode: false }).once('error', fail);
      sources.push(source);
      done(null, source);
    });
  }
  zip.end();
  const hash = createHash('sha256');
  let bytes = 0;
  const watch = async function* (source: AsyncIterable<string | Uint8Array>) {
    for await (const each of source) {
      const chunk = typeof each === 'string' ? Buffer.from(each) : each;
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  try {
    await pipeline(zip.outputStream, watch, out, {
      signal: AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]),
    });
  } catch (error) {
    for (const source of sources) source.destroy();
    await rm(path, { force: true });
    throw failures[0] ?? error;
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
