/** What a local trial begins with: the AI adoption survey, live, and the made-up answers of its pilot. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { listSurveys, publishVersion } from '../fieldwork/store.ts';
import { dayOf } from '../responses/week.ts';
import { importFile } from './import-file.ts';
import { publishResults } from './results.ts';
import { getPublished, print, readText, SURVEYS } from './support.ts';

const FLAGSHIP = join(SURVEYS, 'ai-adoption');

/** Fills an empty store; one that already holds a survey is left as it is. */
export async function fillTrial(db: Kysely<AnswersTables>, now: Date): Promise<void> {
  if ((await listSurveys(db)).length > 0) return;
  // What the check would warn of is for the survey's authors, not for who looks round.
  await publishVersion(db, readText(join(FLAGSHIP, '1.0.json')), dayOf(now));
  const live = await getPublished(db, 'ai-adoption');
  const pilot = join(FLAGSHIP, 'pilot92.csv');
  const { imported } = await importFile(db, live, pilot, { ignore: [], acceptGood: false, synthetic: true }, now);
  print(`Loaded ${imported} made-up answers (synthetic data).`);
  await publishResults(db, 'ai-adoption', now);
}
