import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../src/db/tables.ts';

/** An open survey called "s1" to hang rows on; its questionnaire is of no matter. */
export async function addSurvey(db: Kysely<AnswersTables>): Promise<void> {
  await db
    .insertInto('survey_versions')
    .values({ hash: 'h1', survey: 's1', version: '1', source: '{}', published_on: '2027-03-31' })
    .execute();
  await db.insertInto('surveys').values({ survey: 's1', live_hash: 'h1', status: 'open' }).execute();
}

/** A response to "s1" with this text for its answers. @returns its key */
export async function addResponse(db: Kysely<AnswersTables>, answers: string): Promise<string> {
  const key = randomBytes(16).toString('hex');
  await db
    .insertInto('responses')
    .values({
      key,
      survey: 's1',
      version_hash: 'h1',
      information_version: '1',
      consent_version: '1',
      language: 'en',
      answers,
      filled: '[]',
      withdrawal_hash: randomBytes(32).toString('hex'),
      week: '2027-W05',
      origin: 'web',
    })
    .execute();
  return key;
}
