import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { leastK } from '../../release/microdata/rules.ts';
import { maskAnswers, writeReview } from '../../release/texts/review.ts';
import { randomForTexts, readTexts } from '../../release/texts/store.ts';
import { CommandFailed, command, counted, getPublished, PROGRAM, print, printJson, withAnswers } from '../support.ts';

interface Options {
  readonly question: string;
  readonly out: string;
  readonly json?: true;
}

/** `soundings release texts`: what people typed, for a person to decide about before any of it leaves. */
export function textsCommand(): Command {
  return command(
    'release texts',
    'Write what people typed at a question, for a person to read before any of it is released',
    'Only questions that the survey’s file lists under "texts" in "disclosure". Addresses and numbers are masked already; a person says yes or no to each answer, and "release make --texts" takes the file back.',
    'For staff: the file holds people’s own words. Keep it to yourself, and delete it afterwards.',
  )
    .argument('<survey>', 'the survey’s name')
    .requiredOption('--question <code>', 'the question’s code, or that of an “other” box, such as T1_other')
    .requiredOption('--out <file>', 'where to write it')
    .option('--json', 'as JSON, for scripts')
    .action((code: string, options: Options) => withAnswers((db) => writeTexts(db, code, options)));
}

async function writeTexts(db: Kysely<AnswersTables>, code: string, options: Options): Promise<void> {
  const { question: field, out } = options;
  const { survey } = await getPublished(db, code);
  refuseUnlisted(survey, field);
  const texts = maskAnswers(await readTexts(db, survey, field));
  const k = { network: leastK([survey], 'network'), public: leastK([survey], 'public') };
  if (texts.length < k.network) {
    throw new CommandFailed(
      `${counted(texts.length, 'answer')} to ${field} may be released, and at least ${k.network} are or none: there is nothing to read. Answers under a version that did not list ${field} are not counted.`,
    );
  }
  writeNew(out, writeReview(survey, field, texts, randomForTexts(texts.length)));
  if (options.json) printJson({ survey: code, question: field, answers: texts.length, atLeast: k, file: resolve(out) });
  else for (const line of linesFor(code, field, texts.length, k, out)) print(line);
}

function refuseUnlisted({ file }: Survey, field: string): void {
  const { texts } = file.disclosure;
  if (texts.includes(field)) return;
  throw new CommandFailed(
    texts.length === 0
      ? `What people type in ${file.survey} stays: its file lists no question under "texts" in "disclosure".`
      : `${file.survey} does not let out what people type at ${field}. Its file lists: ${texts.join(', ')}.`,
  );
}

/** Only its owner may read it; somebody's work is never written over. */
function writeNew(out: string, text: string): void {
  try {
    writeFileSync(out, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new CommandFailed(
      there ? `${out} is there already. Name another with --out.` : `${out} cannot be written. Is there such a folder?`,
    );
  }
}

function linesFor(
  code: string,
  field: string,
  answers: number,
  k: { readonly network: number; readonly public: number },
  out: string,
): string[] {
  return [
    `${counted(answers, 'answer')} to ${field} of ${code}, in an order from chance, in ${out}`,
    '',
    'Addresses, telephone numbers, postcodes and other numbers that find somebody are masked. A program sees no more than',
    'that. Read each answer, and look for:',
    '  names of people, also nicknames, initials and who they are to each other;',
    '  names of places, organisations, projects, events and products;',
    '  a story that others would know whose it is: a rare illness, a fire, a prize, a quarrel, a first or only one;',
    '  anything else by which a colleague, a neighbour or a funder could tell who wrote it.',
    '',
    'Write yes or no under "release", in every row; in doubt, no. Where something has to go, write the whole answer as it',
    'should be under "instead". Leave the column between as it is. Save as CSV (UTF-8).',
    `Fewer than ${k.network} cannot be released to the network, and fewer than ${k.public} not to the public.`,
    '',
    `  Take it into a release:  ${PROGRAM} release make ${code} --texts ${out} --reviewed-by NAME`,
    'Delete the file afterwards: it holds what people wrote.',
  ];
}
