/** What a local trial begins with: the AI adoption survey, live, and the made-up answers of its pilot. */
import { readFileSync } from 'node:fs';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { listSurveys, publishVersion } from '../fieldwork/store.ts';
import { dayOf } from '../responses/week.ts';
import { SURVEYS } from './support.ts';
export async function fillTrial(db: Kysely<AnswersTables>, now: Date): Promise<void> {
  if ((await listSurveys(db)).length > 0) return;
  await publishVersion(db, readFileSync(`${SURVEYS}/ai-adoption/1.0.json`, 'utf8'), dayOf(now));
}
