/**
 * A data file as SPSS and PSPP keep them: a "system file" (.sav) in UTF-8, its rows packed byte by byte.
 * Source of the format: PSPP Developers' Guide, "System File Format" (gnu.org/software/pspp/pspp-dev).
 */
import type { DataFile } from '../microdata/data-file.ts';
import { gatherBytes } from './bytes.ts';
import { BIAS, CELL, dictionaryOf } from './sav-dictionary.ts';
import { textWidth } from './spss-variable.ts';

const CODES = { first: 1, last: 251, cellFollows: 253, blanks: 254 } as const;
const BLANK = 0x20;

/** The file, in chunks of 64 KiB: same file, same bytes. @throws when a row name is longer than SPSS can hold */
export function savChunks(file: DataFile): Iterable<Uint8Array> {
  return gatherBytes(piecesOf(file));
}

function* piecesOf(file: DataFile): Iterable<Uint8Array> {
  yield* dictionaryOf(file);
  yield* packedRows(file);
}

/** Blocks of eight codes and the cells that no code could say; a block may reach from one row into the next. */
function* packedRows(file: DataFile): Iterable<Uint8Array> {
  const block = Buffer.alloc(CELL + CELL * CELL);
  let [codes, end] = [0, CELL];
  for (const cell of cellsOf(file)) {
    if (typeof cell === 'number') {
      block[codes] = cell;
    } else {
      block[codes] = CODES.cellFollows;
      block.set(cell, end);
      end += CELL;
    }
    codes += 1;
    if (codes === CELL) {
      yield block.subarray(0, end);
      block.fill(0);
      [codes, end] = [0, CELL];
    }
  }
  if (codes > 0) yield block.subarray(0, end);
}

/** Every cell, row by row: its code, or its bytes where it has none. They are good until the next is asked for. */
function* cellsOf({ rows, variables }: DataFile): Iterable<number | Uint8Array> {
  const columns = variables.map((variable) => ({ values: variable.values, width: textWidth(variable) }));
  const number = Buffer.alloc(CELL);
  for (let row = 0; row < rows; row += 1) {
    for (const { values, width } of columns) {
      const value = values[row];
      if (typeof value === 'string') {
        yield* cellsOfText(value, width);
      } else if (value !== undefined) {
        const code = value + BIAS;
        if (Number.isInteger(value) && code >= CODES.first && code <= CODES.last) {
          yield code;
        } else {
          number.writeDoubleLE(value);
          yield number;
        }
      }
    }
  }
}

function* cellsOfText(text: string, width: number): Iterable<number | Uint8Array> {
  const bytes = Buffer.alloc(Math.ceil(width / CELL) * CELL, ' ');
  bytes.write(text);
  for (let from = 0; from < bytes.length; from += CELL) {
    const cell = bytes.subarray(from, from + CELL);
    yield cell.every((byte) => byte === BLANK) ? CODES.blanks : cell;
  }
}
