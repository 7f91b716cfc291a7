/** What a data file would risk and lose with several settings: nothing is made, and nothing stands in the ledger. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { roundOf } from '../../questionnaire/round.ts';
import { readEarlierTables } from '../../release/ledger/parts/store.ts';
import { readLedger } from '../../release/ledger/store.ts';
import type { Steps, Wanted } from '../../release/making/wanted.ts';
import { leastK } from '../../release/microdata/rules.ts';
import { getVersions } from '../../release/microdata/store.ts';
import { type Setting, type Trial, trySettings, usualSettings } from '../../release/microdata/try-settings.ts';
import { weightsOf } from '../../results/weights.ts';
import { readMaterial } from './making.ts';

export interface Tried {
  readonly responses: number;
  readonly synthetic: boolean;
  /** One for each of the settings, in their order. */
  readonly trials: readonly Trial[];
  readonly settings: readonly Setting[];
}

/** @throws CommandFailed */
export async function tryUsual(db: Kysely<AnswersTables>, wanted: Wanted, steps: Steps): Promise<Tried> {
  const { survey: code, today, audience, keyNames, keep, overrides } = wanted;
  const { live, snapshot, synthetic } = await readMaterial(db, code, today, steps);
  const versions = await getVersions(db, live);
  const earlier = await readEarlierTables(db, await readLedger(db, code), roundOf(live.survey));
  const tables = earlier.map((each) => each.tables);
  const k = wanted.k ?? leastK(versions, audience);
  const wish = { audience, k, keyNames, keep, overrides, tables, weights: weightsOf(live.survey, snapshot) };
  const settings = usualSettings(versions, wish);
  const trials = trySettings(versions, snapshot, wish, settings, (done, total) => steps('Settings tried', done, total));
  return { responses: snapshot.responses, synthetic, trials, settings };
}
