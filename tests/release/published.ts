/** A site with the results of made-up choirs published. */
import type { Kysely } from 'kysely';
import { createApp } from '../../src/app.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import type { Weights } from '../../src/questionnaire/simulate.ts';
import { protectTables } from '../../src/release/released.ts';
import { type Entry, publishTables } from '../../src/release/store.ts';
import { insertResponses } from '../../src/responses/store.ts';
import { takeSnapshot } from '../../src/results/store.ts';
import { countFamily } from '../../src/results/tables.ts';
import { serve, testContext } from '../support/site.ts';
import { CHOIRS, choirs, madeUp } from './choirs.ts';

/** Mostly small choirs that record: some cells small, none of the tables empty. */
export const HABITS: Weights = { S1: { often: 4, once: 1, soon: 2, never: 3 }, O1: { n5: 6, n99: 1 } };

/** Publishes the questionnaire and stores these answers to it. */
export async function addAnswers(db: Kysely<AnswersTables>, answers: readonly Answers[]): Promise<void> {
  const { hash } = await publishVersion(db, CHOIRS, '2027-04-01');
  await insertResponses(
    db,
    answers.map((each) => ({
      survey: 'choirs',
      versionHash: hash,
      informationVersion: '1',
      consentVersion: '1',
      language: 'en',
      withdrawalHash: null,
      week: '2027-W14',
      origin: 'simulated',
      submission: { answers: each, filled: [] },
    })),
  );
}

/** Takes a snapshot of the choirs and publishes it. */
export async function publishChoirs(db: Kysely<AnswersTables>, today = '2027-05-01'): Promise<Entry> {
  const { id, snapshot } = await takeSnapshot(db, 'choirs', today);
  return publishTables(db, protectTables(countFamily(choirs, snapshot), true), id);
}

/** The site, with results of so many made-up choirs; with none, nothing is published. */
export async function openChoirs(n: number, seed = 3) {
  const context = await testContext();
  await addAnswers(context.db, madeUp(choirs, n, seed, HABITS));
  const entry = n > 0 ? await publishChoirs(context.db) : undefined;
  const url = await serve(createApp(context));
  return { db: context.db, entry, results: `${url}/surveys/choirs/results` };
}
