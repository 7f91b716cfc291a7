/** What a local trial begins with: the AI adoption survey, live, and the made-up answers of its pilot. */
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { listSurveys } from '../fieldwork/store.ts';
import { importFile } from './import-file.ts';
import { publish } from './publish.ts';
import { publishResults } from './results.ts';
import { getPublished, print, SURVEYS } from './support.ts';

const FLAGSHIP = join(SURVEYS, 'ai-adoption');

/** Fills an empty store; one that already holds a survey is left as it is. */
export async function fillTrial(db: Kysely<AnswersTables>, now: Date): Promise<void> {
  if ((await listSurveys(db)).length > 0) return;
  await publish(db, join(FLAGSHIP, '1.0.json'));
  const live = await getPublished(db, 'ai-adoption');
  const pilot = join(FLAGSHIP, 'pilot92.csv');
  const { imported } = await importFile(db, live, pilot, { ignore: [], acceptGood: false, synthetic: true }, now);
  print(`Loaded ${imported} made-up answers (synthetic data).`);
  await publishResults(db, 'ai-adoption', now);
}
