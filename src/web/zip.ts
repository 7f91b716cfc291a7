/** Small zips, made in memory for one reply. */
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** @param day YYYY-MM-DD, the time of every entry: the same files give the same bytes */
export async function zipOf(
  entries: readonly { readonly name: string; readonly chunks: () => Iterable<string | Uint8Array> }[],
  day: string,
): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, chunks } of entries) {
    const pieces = [...chunks()].map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
    zip.addBuffer(Buffer.concat(pieces), name, { mtime: new Date(`${day}T12:00:00`), forceDosTimestamp: true });
  }
  zip.end();
  return buffer(zip.outputStream);
}
