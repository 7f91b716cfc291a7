/** Releases as an operator makes them, for tests that need something published. */
import type { Kysely } from 'kysely';
import { getPublished } from '../../src/commands/support.ts';
import type { AnswersTables } from '../../src/db/tables.ts';
import { approve } from '../../src/release/ledger/ledger.ts';
import { findLatestTables, readEarlierTables, type TablesRelease } from '../../src/release/ledger/parts/store.ts';
import { nextNumber, readLedger, recordDecision, recordRelease } from '../../src/release/ledger/store.ts';
import { protectTables } from '../../src/release/released.ts';
import { fingerprintOf, readSnapshot } from '../../src/results/store.ts';
import { countFamily } from '../../src/results/tables.ts';

type Db = Kysely<AnswersTables>;

/** Makes a release of the tables as they are now, which then waits. @returns its number */
export async function makeTables(db: Db, code: string, today: string): Promise<number> {
  const { survey } = await getPublished(db, code);
  const snapshot = await readSnapshot(db, code, today);
  const earlier = await readEarlierTables(db, await readLedger(db, code));
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
