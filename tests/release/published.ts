/** A site with the results of made-up choirs published. */
import type { Kysely } from 'kysely';
import { createApp } from '../../src/app.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import type { Weights } from '../../src/questionnaire/simulate.ts';
import { findLatestTables, type TablesRelease } from '../../src/release/ledger/parts/store.ts';
import { insertResponses } from '../../src/responses/store.ts';
import { filledDatabase } from '../support/database.ts';
import { publishTables } from '../support/release.ts';
import { serve, testContext } from '../support/site.ts';
import { CHOIRS, leaveBlank, madeUp } from './choirs.ts';

/** Mostly small choirs that record: some cells small, none of the tables empty. */
export const HABITS: Weights = { S1: { often: 4, once: 1, soon: 2, never: 3 }, O1: { n5: 6, n99: 1 } };

/** Publishes the questionnaire and stores these answers to it. */
export async function addAnswers(
  db: Kysely<AnswersTables>,
  answers: readonly Answers[],
  source = CHOIRS,
): Promise<void> {
  const { hash } = await publishVersion(db, source, '2027-04-01');
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

/** Releases the tables of the choirs to the public. */
export async function publishChoirs(db: Kysely<AnswersTables>, today = '2027-05-01'): Promise<TablesRelease> {
  return publishTables(db, 'choirs', today);
}

/** As much of the choirs' file as tests change. */
interface ChoirsFile {
  languages?: string[];
  sections: { code: string; title: string; pages: unknown[] }[];
  stageRule: { gives: { description?: string; values: { code: string; description?: string }[] }[] };
}

function changed(change: (file: ChoirsFile) => void): string {
  const file: ChoirsFile = JSON.parse(CHOIRS);
  change(file);
  return JSON.stringify(file);
}

/** The site, with results of so many made-up choirs; with none, nothing is published. @param change as an author would @param blank questions that everybody leaves blank */
export async function openChoirs(
  n: number,
  seed = 3,
  change?: (file: ChoirsFile) => void,
  blank: readonly string[] = [],
) {
  const source = change ? changed(change) : CHOIRS;
  const db = await filledDatabase(JSON.stringify(['choirs', n, seed, blank, source]), async (empty) => {
    await addAnswers(empty, leaveBlank(madeUp(getSurvey(source), n, seed, HABITS), ...blank), source);
    if (n > 0) await publishChoirs(empty);
  });
  const entry = await findLatestTables(db, 'choirs');
  const url = await serve(createApp(await testContext({ db })));
  return { db, entry, results: `${url}/surveys/choirs/results` };
}
