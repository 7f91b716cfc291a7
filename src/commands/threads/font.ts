/** Which characters a font has, from its WOFF2 file (W3C, WOFF File Format 2.0, and OpenType's "cmap" table). */
import { brotliDecompressSync } from 'node:zlib';

/** The tables that WOFF2 knows by a number; of these only some places matter here. */
const [CMAP, GLYF, LOCA, NAMED] = [0, 10, 11, 63];
const HEADER = 48;

/** @throws when it is no font of one file with a table of characters */
export function charactersIn(woff2: Buffer): Set<number> {
  if (woff2.toString('latin1', 0, 4) !== 'wOF2') throw new Error('this is no WOFF2 font');
  const { start, end, directory } = cmapIn(woff2);
  const tables = brotliDecompressSync(woff2.subarray(directory, directory + woff2.readUInt32BE(20)));
  return readCmap(tables.subarray(start, end));
}

/** Where in the uncompressed tables the "cmap" stands, and where the directory ends. */
function cmapIn(font: Buffer): { start: number; end: number; directory: number } {
  let at = HEADER;
  const readLength = () => {
    let value = 0;
    for (let more = true; more; at++) {
      const byte = font[at] ?? 0;
      value = value * 128 + (byte & 127);
      more = byte >= 128;
    }
    return value;
  };
  let [place, start, end] = [0, -1, -1];
  for (let left = font.readUInt16BE(12); left > 0; left--) {
    const flags = font[at] ?? 0;
    const tag = flags & 63;
    at += tag === NAMED ? 5 : 1;
    const length = readLength();
    // Outlines are rewritten unless their version says otherwise; other tables only where it does.
    const isRewritten = tag === GLYF || tag === LOCA ? flags >> 6 !== 3 : flags >> 6 !== 0;
    const size = isRewritten ? readLength() : length;
    if (tag === CMAP) [start, end] = [place, place + size];
    place += size;
  }
  if (start === -1) throw new Error('this font has no table of characters');
  return { start, end, directory: at };
}

/** All of Unicode's subtables: those in segments (format 4), and those in groups (format 12). */
function readCmap(cmap: Buffer): Set<number> {
  const found = new Set<number>();
  for (let place = 0; place < cmap.readUInt16BE(2); place++) {
    const subtable = cmap.subarray(cmap.readUInt32BE(4 + place * 8 + 4));
    const format = subtable.readUInt16BE(0);
    if (format === 4) for (const each of segments(subtable)) found.add(each);
    if (format === 12) for (const each of groups(subtable)) found.add(each);
  }
  return found;
}

function* segments(table: Buffer): Generator<number> {
  const count = table.readUInt16BE(6) / 2;
  const wordAt = (list: number, segment: number) => table.readUInt16BE(14 + (list * count + segment) * 2);
  for (let segment = 0; segment < count; segment++) {
    const end = wordAt(0, segment);
    // Between the ends and the starts stand two bytes of nothing.
    const start = table.readUInt16BE(16 + (count + segment) * 2);
    const delta = table.readUInt16BE(16 + (2 * count + segment) * 2);
    const rangeAt = 16 + (3 * count + segment) * 2;
    const range = table.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const glyph = range === 0 ? code + delta : table.readUInt16BE(rangeAt + range + (code - start) * 2);
      if (glyph % 0x10000 !== 0) yield code;
    }
  }
}

function* groups(table: Buffer): Generator<number> {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const [start, end] = [table.readUInt32BE(16 + group * 12), table.readUInt32BE(20 + group * 12)];
    for (let code = start; code <= end; code++) yield code;
  }
}
