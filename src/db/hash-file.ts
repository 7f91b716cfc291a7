import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';

const known = new LRUCache<string, Readonly<{ stamp: string; sum: string | undefined }>>({ max: 100 });

/**
 * The SHA-256 of a file beside the store in hex, piece by piece: it may be larger than what a machine can spare. Undefined
 * where there is none. Never of the store itself: closing it takes the locks of everybody in this process.
 */
export async function hashFile(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  return hash.digest('hex');
}

/**
 * The same for a file that anybody may ask for as often as they like: it is read again only when somebody has written to
 * it since, or put another in its place.
 */
export async function hashUnchanged(path: string): Promise<string | undefined> {
  const stamp = await stampOf(path);
  if (stamp === undefined) return undefined;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.sum;
  const sum = await hashFile(path);
  known.set(path, { stamp, sum });
  return sum;
}

async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { ino, size, ctimeMs, mtimeMs } = await stat(path);
    return [ino, size, ctimeMs, mtimeMs].join();
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
