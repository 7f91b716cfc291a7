import { createHash } from 'node:crypto';
import { type Enclosed, entries } from '../../../src/release/bundle/entries.ts';
import type { Entry } from '../../../src/release/bundle/entry.ts';
import type { StudyFacts } from '../../../src/release/bundle/terms.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';

/** The study of the example, as awkward as its file. */
export const STUDY: StudyFacts = {
  summary: 'How choirs & other groups <get on>, and “why”.',
  runBy: 'Prifysgol Pawb & Partners. It will put its address here.',
  author: 'Prifysgol Pawb & Partners',
  publisher: 'Gwasg y “Gân” <press>',
  contact: 'choirs@example.org',
};

export const ENCLOSED: Enclosed = {
  study: STUDY,
  questionnaire: '{ "survey": "choirs" }\n',
  codebook: '<!DOCTYPE html>\n<title>Codebook</title>\n',
  disclosureHtml: '<!DOCTYPE html>\n<title>Report</title>\n',
  disclosureJson: '{ "k": 5 }\n',
};

/** The files of a release. */
export function entriesOf(file: DataFile): Entry[] {
  return entries(file, ENCLOSED, () => createHash('sha256'));
}

/** What is in an entry, once all before it were written. */
export function contentOf({ chunks }: Entry): Buffer {
  return Buffer.concat([...chunks()].map((chunk) => Buffer.from(chunk)));
}
