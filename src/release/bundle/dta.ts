/**
 * A data file as Stata keeps them: .dta format 118 (Stata 14 and later), in UTF-8.
 * Source of the format: Stata's "help dta" (stata.com/help.cgi?dta_118).
 */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { cutToCharacters, gatherBytes, int32s, padded } from './bytes.ts';
import { type Storage, storageOf } from './dta-storage.ts';
import { titleOf } from './file-title.ts';
import { STATA_MISSING } from './missing-codes.ts';

/** In characters, of a variable's label and of the file's. */
export const LABEL_CHARACTERS = 80;
const [NAME_BYTES, FORMAT_BYTES, LABEL_BYTES] = [129, 57, 321];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** `.a` as a 32-bit number; the other letters follow it. */
const FIRST_MISSING = 2147483622;

interface Column {
  readonly variable: DataVariable;
  readonly storage: Storage;
}

/** The file, in chunks of 64 KiB: same file, same bytes. @throws when a row name is longer than Stata can hold */
export function dtaChunks(file: DataFile): Iterable<Uint8Array> {
  return gatherBytes(piecesOf(file));
}

function* piecesOf(file: DataFile): Iterable<Uint8Array> {
  const columns = file.variables.map((variable) => ({ variable, storage: storageOf(variable) }));
  const rowBytes = columns.reduce((sum, { storage }) => sum + storage.bytes, 0);
  const before = partsBefore(columns);
  const labels = Buffer.concat([
    Buffer.from('<value_labels>'),
    ...columns.map(({ variable }) => valueLabels(variable)),
    Buffer.from('</value_labels>'),
  ]);
  const strings = Buffer.from('<strls></strls>');
  const head = header(file);
  const mapBytes = '<map></map>'.length + 14 * 8;
  const dataBytes = '<data></data>'.length + file.rows * rowBytes;
  yield head;
  yield mapOf([
    head.length,
    mapBytes,
    ...before.map(({ length }) => length),
    dataBytes,
    strings.length,
    labels.length,
    '</stata_dta>'.length,
  ]);
  yield* before;
  yield Buffer.from('<data>');
  yield* rowsOf(file.rows, columns, rowBytes);
  yield Buffer.from('</data>');
  yield strings;
  yield labels;
  yield Buffer.from('</stata_dta>');
}

function header({ about, rows, variables }: DataFile): Buffer {
  const [year, month, day] = about.madeOn.split('-');
  const label = Buffer.from(cutToCharacters(titleOf(about), LABEL_CHARACTERS));
  const made = Buffer.from(`${day} ${MONTHS[Number(month) - 1]} ${year} 00:00`);
  return Buffer.concat([
    Buffer.from('<stata_dta><header><release>118</release><byteorder>LSF</byteorder><K>'),
    int16s(variables.length),
    Buffer.from('</K><N>'),
    int64s(rows),
    Buffer.from('</N><label>'),
    int16s(label.length),
    label,
    Buffer.from('</label><timestamp>'),
    Buffer.of(made.length),
    made,
    Buffer.from('</timestamp></header>'),
  ]);
}

/** Where each part of the file begins, and where the file ends. @param sizes of the parts, in bytes and in order */
function mapOf(sizes: readonly number[]): Buffer {
  let at = 0;
  const starts = sizes.map((size) => {
    at += size;
    return at;
  });
  return Buffer.concat([Buffer.from('<map>'), int64s(0, ...starts), Buffer.from('</map>')]);
}

function partsBefore(columns: readonly Column[]): Buffer[] {
  const part = (name: string, ...content: readonly Buffer[]) =>
    Buffer.concat([Buffer.from(`<${name}>`), ...content, Buffer.from(`</${name}>`)]);
  const texts = (bytes: number, say: (column: Column) => string) =>
    columns.map((column) => padded(say(column), bytes, '\0'));
  const unsorted = columns.map(() => 0);
  return [
    part('variable_types', int16s(...columns.map(({ storage }) => storage.type))),
    part('varnames', ...texts(NAME_BYTES, ({ variable }) => variable.name)),
    part('sortlist', int16s(...unsorted, 0)),
    part('formats', ...texts(FORMAT_BYTES, ({ storage }) => storage.format)),
    part('value_label_names', ...texts(NAME_BYTES, ({ variable: { kind, name } }) => (kind === 'name' ? '' : name))),
    part('variable_labels', ...texts(LABEL_BYTES, ({ variable }) => cutToCharacters(variable.label, LABEL_CHARACTERS))),
    part('characteristics'),
  ];
}

/** Row by row; the bytes of one are good until the next is asked for. */
function* rowsOf(rows: number, columns: readonly Column[], rowBytes: number): Iterable<Uint8Array> {
  const bytes = Buffer.alloc(rowBytes);
  for (let row = 0; row < rows; row += 1) {
    let at = 0;
    for (const { variable, storage } of columns) {
      const value = variable.values[row];
      if (value !== undefined) storage.write(bytes, value, at);
      at += storage.bytes;
    }
    yield bytes;
  }
}

/** The labels of a variable under its own name: those of its categories, and those of why there is none. */
function valueLabels({ name, kind, categories }: DataVariable): Buffer {
  if (kind === 'name') return Buffer.alloc(0);
  const labels = [
    ...categories.toSorted((one, other) => one.value - other.value),
    ...STATA_MISSING.map(({ value, label }) => ({ value: FIRST_MISSING - value - 1, label })),
  ];
  const texts = labels.map(({ label }) => Buffer.from(`${label}\0`));
  let end = 0;
  const starts = texts.map(({ length }) => {
    end += length;
    return end - length;
  });
  const values = labels.map(({ value }) => value);
  const table = Buffer.concat([int32s(labels.length, end, ...starts, ...values), ...texts]);
  return Buffer.concat([
    Buffer.from('<lbl>'),
    int32s(table.length),
    padded(name, NAME_BYTES, '\0'),
    padded('', 3, '\0'),
    table,
    Buffer.from('</lbl>'),
  ]);
}

function int16s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2);
  for (const [index, value] of values.entries()) bytes.writeUInt16LE(value, index * 2);
  return bytes;
}

function int64s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), index * 8);
  return bytes;
}
