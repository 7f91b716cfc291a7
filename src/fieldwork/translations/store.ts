/** The chain of versions that translations are judged by. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { getVersion, listPublished } from '../store.ts';

/** The published versions of a survey up to one of them, the earliest first. */
export async function listUpTo(db: Kysely<AnswersTables>, code: string, hash: string): Promise<Survey[]> {
  const published = await listPublished(db, code);
  const chain = published.slice(published.findIndex((each) => each.hash === hash)).toReversed();
  return Promise.all(chain.map((each) => getVersion(db, each.hash)));
}
