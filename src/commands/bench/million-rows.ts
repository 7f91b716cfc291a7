/**
 * A million made-up rows of ten columns into a file. Run as a program with "ours" or "bare" and a path; prints the
 * seconds and the most memory of the process in MiB. Ours is a release's CSV in its zip. Bare is the same text put
 * together without any library and deflated, with no zip around it and no hash taken.
 */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import { csvChunks } from '../../release/bundle/csv.ts';
import type { DataFile, DataVariable } from '../../release/microdata/data-file.ts';
import { writeZip } from '../bundle/zip.ts';

const ROWS = 1_000_000;
const COLUMNS = 10;
/** Names over and over, so that the memory measured is not that of a million of them. */
const NAMES = 1000;
const BATCH = 1000;

const file = madeUp();
const [which = '', path = ''] = process.argv.slice(2);
const began = performance.now();
if (which === 'ours') await writeZip(path, [{ name: 'data.csv', chunks: () => csvChunks(file) }], '2026-11-22');
else await pipeline(Readable.from(bareChunks(file)), createDeflateRaw(), createWriteStream(path));
const seconds = (performance.now() - began) / 1000;
process.stdout.write(`${seconds} ${process.resourceUsage().maxRSS / 1024}\n`);

function* bareChunks({ variables }: DataFile): Generator<string> {
  yield `${variables.map(({ name }) => name).join(',')}\r\n`;
  for (let start = 0; start < ROWS; start += BATCH) {
    let text = '';
    for (let row = start; row < start + BATCH; row++) {
      text += `${variables.map(({ values }) => values[row]).join(',')}\r\n`;
    }
    yield text;
  }
}

function madeUp(): DataFile {
  const names = Array.from({ length: NAMES }, (_, index) => `r${(index * 7919).toString(16).padStart(20, '0')}`);
  const common = { label: '', role: 'plain', ordered: false, categories: [], withheldForSome: false } as const;
  const variables = Array.from({ length: COLUMNS - 1 }, (_, column): DataVariable => {
    const values = new Int32Array(ROWS);
    for (let row = 0; row < ROWS; row++) values[row] = ((row * 31 * (column + 1)) % 14) - 3;
    return { ...common, name: `v${column}`, kind: 'categories', values };
  });
  const rowNames = Array.from({ length: ROWS }, (_, row) => names[row % NAMES] ?? '');
  return {
    about: {
      survey: 'bench',
      version: '1.0',
      title: '',
      wave: '',
      language: 'en',
      release: 1,
      madeOn: '2026-11-22',
      synthetic: true,
      audience: 'network',
      k: 5,
      withheldRows: 'none',
      leftOut: [],
    },
    rows: ROWS,
    variables: [{ ...common, name: 'row_id', role: 'row name', kind: 'name', values: rowNames }, ...variables],
  };
}
