/** What people typed, for the zip of a data file: from review files, held against the store and the releases before. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../../db/tables.ts';
import { roundOf } from '../../questionnaire/round.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Ledger } from '../../release/ledger/ledger.ts';
import { filesOut } from '../../release/ledger/parts/store.ts';
import type { ReviewFile } from '../../release/making/wanted.ts';
import { type Released, releaseTexts } from '../../release/released.ts';
import { ReviewRefused, readReview } from '../../release/texts/read-review.ts';
import { maskAnswers, type Review } from '../../release/texts/review.ts';
import { randomForTexts, readTexts } from '../../release/texts/store.ts';
import { type TextFile, textFileName, tooFewNew } from '../../release/texts/text-file.ts';
import { readZipText } from '../bundle/unzip.ts';
import { CommandFailed } from '../support.ts';

/** Reads review files. @throws CommandFailed with all that is wrong in the first wrong one */
export function readReviews(files: readonly ReviewFile[], survey: Survey): Review[] {
  const reviews = files.map(({ name, text }) => saying(name, () => readReview(text, survey)));
  const twice = reviews.find(({ field }, place) => reviews.findIndex((each) => each.field === field) < place);
  if (twice) throw new CommandFailed(`Two review files are of ${twice.field}. Put their rows into one.`);
  return reviews;
}

/** Makes a file of each review. @throws CommandFailed where what was approved may not leave */
export async function makeTexts(
  db: Kysely<AnswersTables>,
  files: readonly ReviewFile[],
  survey: Survey,
  k: number,
  { ledger, releasesPath }: { readonly ledger: Ledger; readonly releasesPath: string },
): Promise<Released<TextFile>[]> {
  const made: Released<TextFile>[] = [];
  for (const [place, review] of readReviews(files, survey).entries()) {
    const answers = maskAnswers(await readTexts(db, survey, review.field));
    const random = randomForTexts(review.approved.length);
    const texts = saying(files[place]?.name ?? '', () => releaseTexts(review, answers, k, random));
    await checkEarlier(db, texts.content, k, ledger, { releasesPath, round: roundOf(survey) });
    made.push(texts);
  }
  return made;
}

function saying<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ReviewRefused) throw new CommandFailed(`${file} cannot be released.\n${error.message}`);
    throw error;
  }
}

const reportSchema = z.looseObject({
  texts: z.array(z.looseObject({ question: z.string(), items: z.number(), reviewedBy: z.string() })).default([]),
});

/** What a release's own report, in full, says of what people typed. */
export function textsIn(report: object) {
  return reportSchema.parse(report).texts;
}

/** @throws CommandFailed where side by side two releases would show the words of few newcomers (rule R3) */
async function checkEarlier(
  db: Kysely<AnswersTables>,
  file: TextFile,
  k: number,
  ledger: Ledger,
  { releasesPath, round }: { readonly releasesPath: string; readonly round: string },
): Promise<void> {
  for await (const { number, data } of filesOut(db, ledger, round)) {
    if (!('report' in data)) continue;
    if (!textsIn(data.report).some(({ question }) => question === file.field)) continue;
    const before = await readZipText(join(releasesPath, data.file), textFileName(file.field));
    const few = tooFewNew(file, before, k);
    if (few === undefined) continue;
    throw new CommandFailed(
      `Release ${number} holds all of the approved answers to ${file.field} but ${few}: beside it, the few would be told. Let out at least ${k} more or none, in the words of release ${number} where they are the same, or leave ${file.field} out.`,
    );
  }
}
