/** Formats that are not in every release, and are made of it when somebody asks. */
import type { DataFile } from '../microdata/data-file.ts';
import type { Entry } from './entry.ts';
import { parquetChunks } from './parquet.ts';
import { bundleName } from './terms.ts';
import { MOST_ROWS, workbookParts } from './xlsx.ts';

interface Format {
  readonly code: 'xlsx' | 'parquet';
  readonly label: string;
  /** What the file is called. */
  readonly name: string;
  readonly mediaType: string;
  /** The file itself, or the parts of the zip that it is. */
  readonly made: { readonly chunks: () => Iterable<Uint8Array> } | { readonly parts: () => readonly Entry[] };
}

/** The formats that this file can be had in: a sheet does not hold every number of rows. */
export function listFormats(file: DataFile): Format[] {
  const name = bundleName(file.about);
  return [
    ...(file.rows < MOST_ROWS
      ? [
          {
            code: 'xlsx',
            label: 'Excel workbook',
            name: `${name}.xlsx`,
            mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
            made: { parts: () => workbookParts(file) },
          } as const,
        ]
      : []),
    {
      code: 'parquet',
      label: 'Apache Parquet',
      name: `${name}.parquet`,
      mediaType: 'application/vnd.apache.parquet',
      made: { chunks: () => parquetChunks(file) },
    },
  ];
}
