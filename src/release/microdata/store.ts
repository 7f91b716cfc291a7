/** What a data file is made from besides its snapshot. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { getVersion, type LiveSurvey } from '../../fieldwork/store.ts';
import { BYTES_A_FILE, BYTES_A_ROW } from './row-names.ts';
import type { Versions } from './survey/columns.ts';

/** The live version and the others that were answered. */
export async function getVersions(db: Kysely<AnswersTables>, live: LiveSurvey): Promise<Versions> {
  const rows = await db
    .selectFrom('responses')
    .select('version_hash as hash')
    .distinct()
    .where('survey', '=', live.survey.file.survey)
    .where('version_hash', '!=', live.hash)
    .execute();
  const others = await Promise.all(rows.map(({ hash }) => getVersion(db, hash)));
  return [live.survey, ...others];
}

/** Fresh chance for a file; it is kept nowhere. */
export function randomForRows(responses: number): Uint8Array {
  return randomBytes(responses * BYTES_A_ROW + BYTES_A_FILE);
}
