/** People's own words as files of a release's zip. */
import type { Released } from '../released.ts';
import { type TextFile, textCsv, textFileName } from './text-file.ts';

/** A file of a zip that is not made from the data file. */
export interface TextEntry {
  /** Without its folder: `texts-Z1.csv`. */
  readonly name: string;
  /** What it holds, for the list of files in `README.txt`. */
  readonly line: string;
  readonly field: string;
  readonly chunks: () => Iterable<string>;
}

/** One file for each field, in the order given. */
export function textEntries(files: readonly Released<TextFile>[]): TextEntry[] {
  return files.map(({ content }) => ({
    name: textFileName(content.field),
    line: `what people typed at ${content.field}: ${content.texts.length.toLocaleString('en')} items, read by a person first`,
    field: content.field,
    chunks: () => [textCsv(content)],
  }));
}

/** What a reader has to know of all of them: for `README.txt` and the disclosure report. */
export const ABOUT_TEXTS =
  'What people typed was masked by a program and then read by a person, who decided about each item; some may be shortened, and some left out. The items stand in an order from chance, and nothing joins them to the rows of data.csv or to each other.';
