/** Releases as an operator makes them, for tests that need something published. */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { getPublished } from '../../src/commands/support.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { roundOf } from '../../src/questionnaire/round.ts';
import type { ZippedData } from '../../src/release/ledger/data-content.ts';
import { approve } from '../../src/release/ledger/ledger.ts';
import { findLatestTables, readEarlierTables, type TablesRelease } from '../../src/release/ledger/parts/store.ts';
import { nextNumber, readLedger, recordDecision, recordRelease } from '../../src/release/ledger/store.ts';
import { makeFile } from '../../src/release/microdata/make-file.ts';
import { protectTables } from '../../src/release/released.ts';
import { fingerprintOf, readSnapshot } from '../../src/results/store.ts';
import { countFamily } from '../../src/results/tables.ts';
import { bytes, club, clubs, snapshotOf, times } from '../release/microdata/clubs.ts';

type Db = Kysely<AnswersTables>;

const CLUBS = clubs({ k: 3, columns: ['S1', 'V1'] });
const MADE_UP = times(30, club());
const { report } = makeFile([CLUBS], snapshotOf(CLUBS, MADE_UP), {
  number: 1,
  audience: 'network',
  k: 3,
  synthetic: true,
  random: bytes(10 * MADE_UP.length),
  tables: [],
});

/** A data file for the record, with a zip in the folder: it is of made-up clubs, whatever survey it stands under. */
export function writeFileOf(survey: string, number: number, folder: string): ZippedData {
  const file = `${survey}-${number}-synthetic.zip`;
  const zip = `the zip of release ${number}`;
  writeFileSync(join(folder, file), zip);
  const about = { survey, version: '1', title: survey, wave: 'One', language: 'en', release: number };
  const made = { madeOn: '2027-03-01', synthetic: true, audience: 'network' as const, k: 5, withheldRows: 'none' };
  const outline = { about: { ...about, ...made, leftOut: [] }, rows: 0, variables: [] };
  return { file, sha256: createHash('sha256').update(zip).digest('hex'), bytes: 2048, outline, report: { ...report } };
}

/**
 * Makes a release of the tables as they are now, which then waits. @returns its number
 * @param folder of releases, where it is to have a data file too
 */
export async function makeTables(db: Db, code: string, today: string, folder?: string): Promise<number> {
  const { survey } = await getPublished(db, code);
  const snapshot = await readSnapshot(db, code, today);
  const earlier = await readEarlierTables(db, await readLedger(db, code), roundOf(survey));
  const tables = await protectTables(countFamily(survey, snapshot), snapshot, true, { earlier });
  const number = await nextNumber(db, code);
  const { cell, base } = tables.tables.content.policy;
  const settings = { audience: 'public', cell, base, synthetic: true };
  const release = {
    survey: code,
    number,
    person: 'Ada Maker',
    madeOn: today,
    snapshot: fingerprintOf(snapshot),
    settings,
    reason: '',
    tables,
    ...(folder !== undefined && { data: writeFileOf(code, number, folder) }),
  };
  await recordRelease(db, release, () => {});
  return number;
}

/** Makes one and has another person approve it. */
export async function publishTables(db: Db, code: string, today: string): Promise<TablesRelease> {
  const number = await makeTables(db, code, today);
  await recordDecision(db, code, today, (ledger) => approve(ledger, number, 'Bo Checker', undefined));
  const release = await findLatestTables(db, code);
  if (release?.number !== number) throw new Error(`release ${number} is not the latest`);
  return release;
}
