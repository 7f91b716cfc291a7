/** What may be done with a release and how it is cited: the same sentences in every file that says so. */

import type { Credit } from '../../questionnaire/credit.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { AboutFile, DataVariable } from '../microdata/data-file.ts';
import { releaseName } from '../microdata/files.ts';

export const SYNTHETIC = 'SYNTHETIC DATA. Every answer in this release is made up. Nothing can be concluded from it.';

/** What is known of the study besides its data. */
export interface StudyFacts extends Credit {
  /** What it is about, in a sentence or two. */
  readonly summary: string;
  readonly runBy: string;
  /** Where people can ask about it. */
  readonly contact: string;
}

/** The folder of a release in its zip, and the zip's own name without its end: made-up answers say so. */
export function bundleName({ survey, release, synthetic }: AboutFile): string {
  return releaseName(survey, release, synthetic);
}

/** Its name with the round of fieldwork, which is the only time in a file (rule M3). */
export function nameOf({ title, wave }: AboutFile): string {
  return `${title}, ${wave}`;
}

export function forWhom({ audience }: AboutFile): string {
  return audience === 'public' ? 'For everybody' : 'For the research network, under agreement; not for the public';
}

/** What whoever uses the file must not do, a sentence each. */
export function conditionsOf({ audience }: AboutFile): string[] {
  return [
    'Do not try to find out who answered, alone or with other data.',
    'If you believe that you have recognised somebody, tell nobody else, and tell whoever runs the study.',
    ...(audience === 'network' ? ['Do not pass the files on, and do not publish them.'] : []),
    'Cite the release when you publish what you found with it.',
  ];
}

/** How the release is cited. */
export function citationOf(about: AboutFile, { author, publisher }: StudyFacts): string {
  const { release, madeOn, survey, version, synthetic } = about;
  const what = synthetic ? 'Synthetic data: every answer is made up' : 'Anonymised responses';
  const by = publisher === undefined ? '' : ` ${publisher}.`;
  return `${author}. ${nameOf(about)}. ${what}. Survey ${survey}, version ${version}, release ${release}, made on ${showDay(madeOn)}.${by}`;
}

/** A column that no survey asks for: its label is ours, and in English. */
export function isOurs({ role }: DataVariable): boolean {
  return role === 'row name' || role === 'weight';
}

/** How many rows are not in the file, and what follows from it. */
export function withheldSentence({ withheldRows }: AboutFile): string {
  return withheldRows === 'none'
    ? 'No rows were withheld.'
    : `Rows withheld: ${withheldRows}, because too few respondents look like them. So the rows are not a sample of all respondents: the unusual are missing.`;
}
