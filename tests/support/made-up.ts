import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../src/db/tables.ts';
import { findLiveSurvey } from '../../src/fieldwork/store.ts';
import { randomFrom } from '../../src/questionnaire/random.ts';
import { simulateResponse } from '../../src/questionnaire/simulate.ts';
import { submissionOf } from '../../src/questionnaire/submission.ts';
import { insertResponses } from '../../src/responses/store.ts';

/** So many made-up responses to the live version of a survey. */
export async function addMadeUp(db: Kysely<AnswersTables>, code: string, n: number): Promise<void> {
  const live = await findLiveSurvey(db, code);
  if (!live) throw new Error(`There is no survey ${code}.`);
  const random = randomFrom(1);
  // Some are made up who are not eligible.
  const tries = Array.from({ length: 20 * n }, () => simulateResponse(live.survey, random, { weights: {}, blanks: 0 }));
  const submissions = tries.flatMap((journey) => submissionOf(journey) ?? []).slice(0, n);
  const common = { survey: code, versionHash: live.hash, informationVersion: '1', consentVersion: '1', language: 'en' };
  await insertResponses(
    db,
    submissions.map((submission) => ({
      ...common,
      submission,
      withdrawalHash: null,
      week: '2027-W09',
      origin: 'simulated' as const,
    })),
  );
}
