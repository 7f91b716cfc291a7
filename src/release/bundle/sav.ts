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
const ROOM = 32 * 1024;

/** The file, in chunks of 64 KiB: same file, same bytes. @throws when a row name is longer than SPSS can hold */
export function savChunks(file: DataFile): Iterable<Uint8Array> {
  return gatherBytes(piecesOf(file));
}

function* piecesOf(file: DataFile): Iterable<Uint8Array> {
  yield* dictionaryOf(file);
  yield* packedRows(file);
}

/** Rows, a good many at a time. */
function* packedRows({ rows, variables }: DataFile): Iterable<Uint8Array> {
  const columns = variables.map((variable) => ({ values: variable.values, width: textWidth(variable) }));
  const cells = columns.reduce((sum, { width }) => sum + Math.max(1, Math.ceil(width / CELL)), 0);
  const packer = createPacker(cells);
  for (let row = 0; row < rows; row += 1) {
    for (const { values, width } of columns) {
      const value = values[row];
      if (typeof value === 'number') packer.putNumber(value);
      else if (value !== undefined) packer.putText(value, width);
    }
    if (packer.isFull()) yield packer.take();
  }
  yield packer.takeAll();
}

interface Packer {
  readonly putNumber: (value: number) => void;
  readonly putText: (text: string, width: number) => void;
  /** There may not be room for another row. */
  readonly isFull: () => boolean;
  /** The blocks that are finished. */
  readonly take: () => Uint8Array;
  /** What is left, once all rows are put. */
  readonly takeAll: () => Uint8Array;
}

/**
 * Packs cells into blocks: eight codes, then the cells that no code could say. A block may reach from one row into the
 * next.
 */
function createPacker(cellsOfRow: number): Packer {
  const roomForRow = (cellsOfRow + CELL) * (CELL + 1);
  const bytes = Buffer.alloc(Math.max(ROOM, 2 * roomForRow));
  let [codesAt, codes, end] = [0, 0, CELL];
  const putCode = (code: number) => {
    if (codes === CELL) {
      [codesAt, codes] = [end, 0];
      end += CELL;
    }
    bytes[codesAt + codes] = code;
    codes += 1;
  };
  return {
    putNumber: (value) => {
      const code = value + BIAS;
      if (code >= CODES.first && code <= CODES.last && Number.isInteger(value)) {
        putCode(code);
      } else {
        putCode(CODES.cellFollows);
        end = bytes.writeDoubleLE(value, end);
      }
    },
    putText: (text, width) => {
      const cells = Buffer.alloc(Math.ceil(width / CELL) * CELL, ' ');
      cells.write(text);
      for (let from = 0; from < cells.length; from += CELL) {
        const cell = cells.subarray(from, from + CELL);
        if (cell.every((byte) => byte === BLANK)) {
          putCode(CODES.blanks);
        } else {
          putCode(CODES.cellFollows);
          bytes.set(cell, end);
          end += CELL;
        }
      }
    },
    isFull: () => end > bytes.length - roomForRow,
    take: () => {
      const done = new Uint8Array(bytes.subarray(0, codesAt));
      bytes.copyWithin(0, codesAt, end);
      [codesAt, end] = [0, end - codesAt];
      return done;
    },
    takeAll: () => (codes === 0 ? new Uint8Array() : bytes.fill(0, codesAt + codes, codesAt + CELL).subarray(0, end)),
  };
}
