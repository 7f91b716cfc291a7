/** The files of a release in their order (rule F1), each made when it is asked for. */
import type { DataFile } from '../microdata/data-file.ts';
import type { TextEntry } from '../texts/entries.ts';
import { csvChunks } from './csv.ts';
import { dataPackage, type WrittenFile } from './data-package.ts';
import { ddiCodebook } from './ddi.ts';
import { dtaChunks } from './dta.ts';
import type { Entry } from './entry.ts';
import { rScript } from './r-script.ts';
import { readme } from './readme.ts';
import { savChunks } from './sav.ts';
import { spssSyntax } from './spss-syntax.ts';
import { stataSyntax } from './stata-syntax.ts';
import { bundleName, type StudyFacts } from './terms.ts';

type Content = readonly [name: string, () => Iterable<string | Uint8Array>];

/** Counts bytes and makes their SHA-256; `createHash` of `node:crypto` is one. */
export interface Hasher {
  update(bytes: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

/** What is not worked out from the data file. */
export interface Enclosed {
  readonly study: StudyFacts;
  /** The survey's file, as it was published. */
  readonly questionnaire: string;
  /** `codebook.html`, rendered from `codebookPage`. */
  readonly codebook: string;
  readonly disclosureHtml: string;
  readonly disclosureJson: string;
  /** What people typed, where any of it may leave. */
  readonly texts?: readonly TextEntry[];
}

/**
 * All files of a release. They have to be written in this order and each to its end: what stands in later ones (the
 * hash of the data, the sums) is taken from the earlier as they are written.
 * @param startHash begins a SHA-256
 */
export function entries(file: DataFile, enclosed: Enclosed, startHash: () => Hasher): Entry[] {
  const { study, texts = [] } = enclosed;
  const written = new Map<string, WrittenFile>();
  const get = (name: string): WrittenFile => {
    const found = written.get(name);
    if (found === undefined) throw new Error(`${name} has to be written first`);
    return found;
  };
  const contents: readonly Content[] = [
    ['data.csv', () => csvChunks(file)],
    ['datapackage.json', () => [dataPackage(file, study, get('data.csv'))]],
    ['ddi-codebook.xml', () => [ddiCodebook(file, study)]],
    ['load.sps', () => [spssSyntax(file)]],
    ['load.do', () => [stataSyntax(file)]],
    ['load.R', () => [rScript(file)]],
    ['data.sav', () => savChunks(file)],
    ['data.dta', () => dtaChunks(file)],
    ['codebook.html', () => [enclosed.codebook]],
    ['questionnaire.json', () => [enclosed.questionnaire]],
    ...texts.map(({ name, chunks }): Content => [name, chunks]),
    ['README.txt', () => [readme(file, study, texts)]],
    ['disclosure-report.html', () => [enclosed.disclosureHtml]],
    ['disclosure-report.json', () => [enclosed.disclosureJson]],
  ];
  const folder = bundleName(file.about);
  return [
    ...contents.map(
      ([name, chunks]): Entry => ({
        name: `${folder}/${name}`,
        chunks: () => watched(chunks(), startHash(), (sum) => written.set(name, sum)),
      }),
    ),
    {
      name: `${folder}/SHA256SUMS`,
      chunks: () => contents.map(([name]) => `${get(name).sha256}  ${name}\n`),
    },
  ];
}

/** The same bytes, with their sum at the end. */
function* watched(
  chunks: Iterable<string | Uint8Array>,
  hash: Hasher,
  done: (written: WrittenFile) => void,
): Generator<Uint8Array> {
  let bytes = 0;
  for (const chunk of chunks) {
    const own = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    hash.update(own);
    bytes += own.length;
    yield own;
  }
  done({ sha256: hash.digest('hex'), bytes });
}
