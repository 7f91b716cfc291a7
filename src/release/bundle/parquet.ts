/** The data as Parquet, on request: a column of codes each, with their labels in the file's key-value metadata. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { isWhole } from '../microdata/whole-numbers.ts';
import { tableSchema } from './data-package.ts';
import { titleOf } from './file-title.ts';
import { SYNTHETIC } from './terms.ts';

const ROWS_A_GROUP = 100_000;

const TYPES = {
  name: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  categories: { type: 'INT32' },
  count: { type: 'INT32' },
  weight: { type: 'DOUBLE' },
} as const;

/**
 * The file in chunks, one for each 100,000 rows: same file, same bytes. The metadata's `datapackage` is the Table Schema
 * of `datapackage.json`. No value is null: missing codes are numbers under 0, as in the CSV.
 */
export function* parquetChunks(file: DataFile): Generator<Uint8Array> {
  const { about, rows, variables } = file;
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'data', num_children: variables.length },
      ...variables.map(({ name, kind }) => ({ name, ...TYPES[kind], repetition_type: 'REQUIRED' as const })),
    ],
    createdBy: 'Soundings',
    kvMetadata: [
      { key: 'title', value: titleOf(about) },
      ...(about.synthetic ? [{ key: 'synthetic', value: SYNTHETIC }] : []),
      { key: 'datapackage', value: JSON.stringify(tableSchema(file)) },
    ],
  });
  for (let start = 0; start < rows; start += ROWS_A_GROUP) {
    const end = Math.min(start + ROWS_A_GROUP, rows);
    // A writer into memory has nothing to wait for.
    void writer.write({
      columnData: variables.map((variable) => ({ name: variable.name, data: dataBetween(variable, start, end) })),
      rowGroupSize: ROWS_A_GROUP,
    });
    yield take(bytes);
  }
  void writer.finish();
  yield take(bytes);
}

function dataBetween({ values }: DataVariable, start: number, end: number): Int32Array | Float64Array | string[] {
  if (isWhole(values)) return Int32Array.from(values.subarray(start, end));
  return values instanceof Float64Array ? values.subarray(start, end) : values.slice(start, end);
}

/** What was written since the last time; the writer goes on counting from the file's beginning. */
function take(bytes: ByteWriter): Uint8Array {
  const taken = new Uint8Array(bytes.getBuffer());
  bytes.index = 0;
  return taken;
}
