/** A release is of one round of fieldwork: of no other are its answers counted, and beside no other is it audited (R3). */
import { expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { roundOf } from '../../src/questionnaire/round.ts';
import { findLatestTables, readEarlierTables } from '../../src/release/ledger/parts/store.ts';
import { readLedger } from '../../src/release/ledger/store.ts';
import { readSnapshot } from '../../src/results/store.ts';
import { testDatabase } from '../support/database.ts';
import { publishTables } from '../support/release.ts';
import { CHOIRS, madeUp } from './choirs.ts';
import { addAnswers, HABITS } from './published.ts';

/** The same questionnaire, another version. */
const versionOf = (version: string, wave: string): string => JSON.stringify({ ...JSON.parse(CHOIRS), version, wave });

const REWORDED = versionOf('1.1', 'SPRING 2027.');
const AUTUMN = versionOf('1.2', 'Autumn 2027');

test('answers of an earlier round are in none of a later one’s figures, and its tables keep none of theirs', async () => {
  const db = await testDatabase();
  await addAnswers(db, madeUp(getSurvey(CHOIRS), 60, 3, HABITS), CHOIRS);
  await addAnswers(db, madeUp(getSurvey(REWORDED), 30, 5, HABITS), REWORDED);
  expect((await readSnapshot(db, 'choirs', '2027-05-01')).responses).toBe(90);
  await publishTables(db, 'choirs', '2027-05-01');

  await addAnswers(db, madeUp(getSurvey(AUTUMN), 95, 8, HABITS), AUTUMN);
  expect((await readSnapshot(db, 'choirs', '2027-10-01')).responses).toBe(95);
  await publishTables(db, 'choirs', '2027-10-01');
  const tables = (await findLatestTables(db, 'choirs'))?.tables.content.tables ?? [];
  expect(tables.length).toBeGreaterThan(5);
  expect(tables.filter(({ keptFrom, views }) => keptFrom ?? views.some((view) => view.keptFrom))).toEqual([]);
});

test('a release is audited beside those of its own round, whatever case and spaces its name has', async () => {
  const db = await testDatabase();
  await addAnswers(db, madeUp(getSurvey(CHOIRS), 60, 3, HABITS), CHOIRS);
  await publishTables(db, 'choirs', '2027-05-01');
  const ledger = await readLedger(db, 'choirs');
  const beside = async (source: string) => (await readEarlierTables(db, ledger, roundOf(getSurvey(source)))).length;
  expect([await beside(CHOIRS), await beside(REWORDED), await beside(AUTUMN)]).toEqual([1, 1, 0]);
});
