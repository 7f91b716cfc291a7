/** What the store knows of two releases beside their figures. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { getVersion, listPublished } from '../../fieldwork/store.ts';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import { isSameRound } from './people.ts';

/**
 * Whether a release may have counted answers of a round: a release counts every answer that the survey holds. It did not
 * where none of them is left and all were to be deleted before it was made; whatever else is known of them, it may have.
 * @param round its name, in the survey's first language
 * @param madeOn the day of the release, YYYY-MM-DD
 */
export async function mayHoldRound(
  db: Kysely<AnswersTables>,
  code: string,
  round: string,
  madeOn: string,
): Promise<boolean> {
  const held = await db.selectFrom('responses').select('version_hash').distinct().where('survey', '=', code).execute();
  const versions = await Promise.all(
    (await listPublished(db, code)).map(async ({ hash }) => ({ hash, survey: await getVersion(db, hash) })),
  );
  const own = versions.filter(({ survey }) => isSameRound(words(survey, survey.file.wave), round));
  return (
    own.length === 0 ||
    own.some(
      ({ hash, survey }) =>
        survey.file.dates.deleteAfter >= madeOn || held.some(({ version_hash }) => version_hash === hash),
    )
  );
}
