/** Fieldwork of several weeks with made-up people, and what is counted when a week is over. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../src/db/tables.ts';
import { findLiveSurvey, type LiveSurvey } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { simulateResponse } from '../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import { startDraft } from '../../src/responses/answer/store.ts';
import { renewDoubts } from '../../src/responses/doubts/search/store.ts';
import { countWeek } from '../../src/responses/fieldwork/store.ts';
import { expireDrafts } from '../../src/responses/leaving/store.ts';
import { hashCode, insertResponses } from '../../src/responses/store.ts';
import { lastDayOfWeek, weekAfter } from '../../src/responses/week.ts';

type Db = Kysely<AnswersTables>;

const agreement = { informationVersion: '1', consentVersion: '1', language: 'en' };

export async function getLive(db: Db, code: string): Promise<LiveSurvey> {
  const live = await findLiveSurvey(db, code);
  if (!live) throw new Error(`There is no survey ${code}.`);
  return live;
}

/** Made-up answers that go to the end of a survey, the same for the same seed. */
export function madeUpAnswers(live: LiveSurvey, n: number, seed: number) {
  const random = randomFrom(seed);
  // Some are made up who are not eligible.
  const tries = Array.from({ length: 20 * n }, () => simulateResponse(live.survey, random, { weights: {}, blanks: 0 }));
  return tries.flatMap((journey) => submissionOf(journey) ?? []).slice(0, n);
}

/** Responses sent in a week, whose withdrawal codes are `2027-W09-0`, `2027-W09-1` and so on. */
export async function send(db: Db, code: string, answers: readonly Answers[], week: string, first = 0): Promise<void> {
  const { hash } = await getLive(db, code);
  await insertResponses(
    db,
    answers.map((each, index) => ({
      ...agreement,
      survey: code,
      versionHash: hash,
      submission: { answers: each, filled: [] },
      withdrawalHash: hashCode(`${week}-${first + index}`),
      week,
      origin: 'web' as const,
    })),
  );
}

/** So many made-up responses sent in a week. */
export async function sendMadeUp(db: Db, code: string, n: number, week: string, seed = 1): Promise<void> {
  const submissions = madeUpAnswers(await getLive(db, code), n, seed);
  await send(
    db,
    code,
    submissions.map(({ answers }) => answers),
    week,
  );
}

/** A draft with these answers, kept until the end of a week. @returns its return code */
export async function begin(db: Db, code: string, answers: Answers, until: string): Promise<string> {
  const { hash } = await getLive(db, code);
  return startDraft(db, { ...agreement, survey: code, versionHash: hash, answers }, until);
}

/** What the night after a week does. */
export async function endWeek(db: Db, code: string, week: string): Promise<void> {
  const { survey } = await getLive(db, code);
  await expireDrafts(db, weekAfter(new Date(lastDayOfWeek(week)), 1));
  const counted = await countWeek(db, survey, week);
  if (counted.includes('sent')) await renewDoubts(db, survey, week);
}
