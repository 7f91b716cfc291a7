/** Bytes of the files that statistics programs read: gathered into chunks, and text cut to the room there is for it. */

const CHUNK = 64 * 1024;

/** The same bytes in the same order, in chunks of 64 KiB of which the last may be smaller. */
export function* gatherBytes(pieces: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let chunk = new Uint8Array(CHUNK);
  let used = 0;
  for (const piece of pieces) {
    for (let from = 0; from < piece.length; ) {
      const part = piece.subarray(from, from + CHUNK - used);
      chunk.set(part, used);
      used += part.length;
      from += part.length;
      if (used === CHUNK) {
        yield chunk;
        // Whoever took the chunk may hold on to it while the next is filled.
        chunk = new Uint8Array(CHUNK);
        used = 0;
      }
    }
  }
  if (used > 0) yield chunk.subarray(0, used);
}

/** 32-bit whole numbers, least byte first. */
export function int32s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value, index * 4);
  return bytes;
}

/** 64-bit decimals, least byte first. */
export function doubles(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeDoubleLE(value, index * 8);
  return bytes;
}

/** Text in UTF-8, filled up to a length. @throws when the text is longer: nothing is cut unseen */
export function padded(text: string, length: number, fill: ' ' | '\0'): Buffer {
  const size = Buffer.byteLength(text);
  if (size > length) throw new Error(`"${text}" takes ${size} bytes, and there is room for ${length}`);
  const bytes = Buffer.alloc(length, fill);
  bytes.write(text);
  return bytes;
}

/** As much of a text as fits, with "…" where some is left out. @param room in bytes of UTF-8 */
export function cutToBytes(text: string, room: number): string {
  return cut(text, room, (part) => Buffer.byteLength(part));
}

/** As much of a text as fits, with "…" where some is left out. @param room in characters (code points) */
export function cutToCharacters(text: string, room: number): string {
  return cut(text, room, (part) => [...part].length);
}

function cut(text: string, room: number, measure: (part: string) => number): string {
  if (measure(text) <= room) return text;
  let [kept, used] = ['', measure('…')];
  for (const character of text) {
    used += measure(character);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}
