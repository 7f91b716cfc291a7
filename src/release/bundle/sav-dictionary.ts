/** What stands before the rows of a .sav file: header, variables, labels, and the records that extend them. */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { cutToBytes, doubles, int32s, padded } from './bytes.ts';
import { titleOf } from './file-title.ts';
import { MISSING_RANGE } from './missing-codes.ts';
import { levelOf, numberFormat, textWidth } from './spss-variable.ts';

/** What is added to a number to be kept in one byte of a packed row. */
export const BIAS = 100;
/** Texts stand in cells of eight bytes, as numbers do. */
export const CELL = 8;

export const VARIABLE_LABEL_BYTES = 255;
/** What every version of SPSS shows of a category's label. */
export const VALUE_LABEL_BYTES = 120;
/** What SPSS shows of a title; the file has room for a little more. */
export const TITLE_BYTES = 60;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const [TEXT_FORMAT, NUMBER_FORMAT] = [1, 5];
const LEVELS = { nominal: 1, ordinal: 2, scale: 3 };
const [LEFT, RIGHT] = [0, 1];
/** Letters of a column on the screen. */
const MOST_SHOWN = 32;

/** A variable, and where its cells stand in a row. */
interface Place {
  readonly variable: DataVariable;
  /** For programs that know names of eight letters only. */
  readonly shortName: string;
  /** Bytes of a text; 0 for a number. */
  readonly width: number;
  /** How it is shown, as the format has it: kind, width and decimals in a byte each. */
  readonly format: number;
  readonly shownWidth: number;
  readonly cells: number;
  /** Of its first cell, from 1. */
  readonly index: number;
}

export function* dictionaryOf(file: DataFile): Iterable<Uint8Array> {
  const places = placesOf(file.variables);
  yield header(file, places);
  for (const place of places) yield variableRecord(place);
  for (const place of places) if (place.width === 0) yield valueLabels(place);
  yield* extensions(file, places);
  yield int32s(999, 0);
}

function placesOf(variables: readonly DataVariable[]): Place[] {
  const shortNames = shortNamesOf(variables.map(({ name }) => name));
  let index = 1;
  return variables.map((variable, place) => {
    const width = textWidth(variable);
    const cells = Math.max(1, Math.ceil(width / CELL));
    index += cells;
    const format = width > 0 ? { width, decimals: 0 } : numberFormat(variable);
    return {
      variable,
      shortName: shortNames[place] ?? '',
      width,
      format: ((width > 0 ? TEXT_FORMAT : NUMBER_FORMAT) << 16) | (format.width << 8) | format.decimals,
      shownWidth: Math.min(format.width, MOST_SHOWN),
      cells,
      index: index - cells,
    };
  });
}

/** A short name may be no other variable's name, or a program would rename one into the other while it reads. */
function shortNamesOf(names: readonly string[]): string[] {
  const taken = new Set(names.map((name) => name.toUpperCase()));
  let number = 0;
  return names.map((name) => {
    if (name.length <= CELL) return name.toUpperCase();
    do number += 1;
    while (taken.has(`V${number}`));
    return `V${number}`;
  });
}

function header({ about, rows }: DataFile, places: readonly Place[]): Buffer {
  const [year = '', month = '', day = ''] = about.madeOn.split('-');
  const cells = places.reduce((sum, place) => sum + place.cells, 0);
  const [packed, noWeight] = [1, 0];
  return Buffer.concat([
    padded('$FL2', 4, ' '),
    padded('@(#) SPSS DATA FILE Soundings', 60, ' '),
    int32s(2, cells, packed, noWeight, rows),
    doubles(BIAS),
    padded(`${day} ${MONTHS[Number(month) - 1]} ${year.slice(-2)}`, 9, ' '),
    padded('00:00:00', 8, ' '),
    padded(cutToBytes(titleOf(about), TITLE_BYTES), 64, ' '),
    padded('', 3, '\0'),
  ]);
}

function variableRecord({ variable, shortName, width, format, cells }: Place): Buffer {
  const label = Buffer.from(cutToBytes(variable.label, VARIABLE_LABEL_BYTES));
  const aRange = -2;
  return Buffer.concat([
    int32s(2, width, 1, width === 0 ? aRange : 0, format, format),
    padded(shortName, 8, ' '),
    int32s(label.length),
    filledUp(label, 4),
    width === 0 ? doubles(MISSING_RANGE.lowest, MISSING_RANGE.highest) : Buffer.alloc(0),
    ...Array.from({ length: cells - 1 }, () =>
      Buffer.concat([int32s(2, -1, 0, 0, format, format), padded('', 8, ' ')]),
    ),
  ]);
}

function valueLabels({ variable, index }: Place): Buffer {
  const labels = [...MISSING_WORDS, ...variable.categories].toSorted((one, other) => one.value - other.value);
  return Buffer.concat([
    int32s(3, labels.length),
    ...labels.flatMap(({ value, label }) => {
      const text = Buffer.from(cutToBytes(label, VALUE_LABEL_BYTES));
      return [doubles(value), filledUp(Buffer.concat([Buffer.of(text.length), text]), CELL)];
    }),
    int32s(4, 1, index),
  ]);
}

function* extensions({ rows }: DataFile, places: readonly Place[]): Iterable<Uint8Array> {
  const [machine, ieee, packed, littleEndian, utf8] = [-1, 1, 1, 2, 65001];
  yield extension(3, 4, int32s(1, 0, 0, machine, ieee, packed, littleEndian, utf8));
  // What stands for no number, and for the highest and the lowest: the last is the number next to the first.
  const noNumber = -Number.MAX_VALUE;
  yield extension(4, 8, doubles(noNumber, Number.MAX_VALUE, nextAbove(noNumber)));
  const display = places.flatMap(({ variable, width, shownWidth }) => [
    LEVELS[levelOf(variable)],
    shownWidth,
    width > 0 ? LEFT : RIGHT,
  ]);
  yield extension(11, 4, int32s(...display));
  const names = places.map(({ shortName, variable }) => `${shortName}=${variable.name}`);
  yield extension(13, 1, Buffer.from(names.join('\t')));
  const counts = Buffer.alloc(16);
  counts.writeBigInt64LE(1n, 0);
  counts.writeBigInt64LE(BigInt(rows), 8);
  yield extension(16, 8, counts);
  yield extension(20, 1, Buffer.from('UTF-8'));
}

function extension(subtype: number, size: number, content: Buffer): Buffer {
  return Buffer.concat([int32s(7, subtype, size, content.length / size), content]);
}

function nextAbove(negative: number): number {
  const bytes = new BigUint64Array(Float64Array.of(negative).buffer);
  bytes[0] = (bytes[0] ?? 0n) - 1n;
  return new Float64Array(bytes.buffer)[0] ?? negative;
}

/** Text filled up with blanks to the next multiple of a number of bytes. */
function filledUp(text: Buffer, multiple: number): Buffer {
  return Buffer.concat([text, Buffer.alloc((multiple - (text.length % multiple)) % multiple, ' ')]);
}
