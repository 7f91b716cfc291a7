/** What people typed, as far as they were told that it may be released. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { getVersion } from '../../fieldwork/store.ts';
import { roundOf } from '../../questionnaire/round.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { readResponses } from '../../responses/store.ts';
import { BYTES_AN_ITEM } from './order.ts';

const AT_A_TIME = 2000;

/**
 * All answers to a field that were given in a survey's round of fieldwork, under a version that lists it under `texts`:
 * whoever answered another was promised that their words stay.
 */
export async function readTexts(db: Kysely<AnswersTables>, survey: Survey, field: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { versionHash, answers } of readResponses(db, survey.file.survey, AT_A_TIME)) {
    const answer = answers[field];
    if (typeof answer !== 'string') continue;
    const version = await getVersion(db, versionHash);
    if (roundOf(version) === roundOf(survey) && version.file.disclosure.texts.includes(field)) texts.push(answer);
  }
  return texts;
}

/** Fresh chance for the order of so many items; it is kept nowhere. */
export function randomForTexts(items: number): Uint8Array {
  return randomBytes(items * BYTES_AN_ITEM);
}
