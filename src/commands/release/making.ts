/** Making a release: everything is worked out and written aside first; the ledger's line and the file come last. */
import { join } from 'node:path';
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { LiveSurvey } from '../../fieldwork/store.ts';
import { roundIn, roundOf } from '../../questionnaire/round.ts';
import type { ZippedData } from '../../release/ledger/data-content.ts';
import { type Ledger, standingsOf } from '../../release/ledger/ledger.ts';
import { filesOut, findLatestTables, getTables, readEarlierTables } from '../../release/ledger/parts/store.ts';
import { type NewRelease, nextNumber, readLedger, recordRelease } from '../../release/ledger/store.ts';
import type { Made, Steps, Wanted } from '../../release/making/wanted.ts';
import { keyNamesOf } from '../../release/microdata/reopen-file.ts';
import { checkWanted, leastK } from '../../release/microdata/rules.ts';
import { segmentsBeside } from '../../release/microdata/survey/subtraction/told-segments.ts';
import { isOpen, sayReason } from '../../release/overrides.ts';
import { type ProtectedRelease, protectTables, type Released } from '../../release/released.ts';
import type { ProtectedTables } from '../../release/tables/protected-tables.ts';
import type { EarlierTables } from '../../release/tables/protection/working.ts';
import { tooFewSince } from '../../release/tables/since.ts';
import { countResponses } from '../../responses/store.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { fingerprintOf, readSnapshot } from '../../results/store.ts';
import { countFamily } from '../../results/tables.ts';
import { CommandFailed, getPublished, VERSION } from '../support.ts';
import { giveItsPlace } from './aside.ts';
import { makeDataPart, type Places } from './data-part.ts';

type Db = Kysely<AnswersTables>;

/** Whoever waits: told how far it is, and once that all is worked out; it is recorded when they have answered. */
interface Waiting {
  readonly steps: Steps;
  readonly beforeRecording?: () => Promise<void>;
  /** What stands or falls with the release of this number, in the same transaction. */
  readonly also?: (trx: Transaction<AnswersTables>, number: number) => Promise<void>;
}

/** A release that is ready for the ledger. */
interface Prepared {
  readonly release: Omit<NewRelease, 'data'> & { readonly data?: ZippedData };
  readonly snapshot: Snapshot;
}

/** How the work on tables is called. */
export const TABLES = 'Tables protected and audited';

/** Answers with everything that is worked out from them before anything is decided. */
export interface Material {
  readonly live: LiveSurvey;
  readonly snapshot: Snapshot;
  /** All answers are made up. */
  readonly synthetic: boolean;
}

export async function readMaterial(db: Db, code: string, today: string, steps: Steps): Promise<Material> {
  const live = await getPublished(db, code);
  const { total, simulated } = await countResponses(db, code);
  if (total === 0) throw new CommandFailed(`Nobody has answered ${code} yet: there is nothing to release.`);
  const snapshot = await readSnapshot(db, code, today, (done) => steps('Answers read', done, total));
  return { live, snapshot, synthetic: live.survey.file.synthetic ?? simulated > 0 };
}

/** The tables of a survey as a release would have them now; nothing is stored. @throws CommandFailed, TooFewResponses */
export async function prepareTables(
  db: Db,
  code: string,
  today: string,
  steps: Steps,
): Promise<Material & { readonly tables: ProtectedRelease }> {
  const material = await readMaterial(db, code, today, steps);
  const earlier = await readEarlierTables(db, await readLedger(db, code), roundOf(material.live.survey));
  return { ...material, tables: await protectMaterial(material, earlier, steps) };
}

function protectMaterial(
  { live, snapshot, synthetic }: Material,
  earlier: readonly EarlierTables[],
  steps: Steps,
): Promise<ProtectedRelease> {
  return protectTables(countFamily(live.survey, snapshot), snapshot, synthetic, {
    earlier,
    report: (done, all) => steps(`${TABLES}, percent`, Math.round((100 * done) / all), 100),
  });
}

/** Works a release out; its file is written aside, and nothing is stored. @throws CommandFailed, TooFewResponses, NotReleasable */
async function prepareRelease(db: Db, wanted: Wanted, places: Places, steps: Steps): Promise<Prepared> {
  const { survey: code, person, today, audience, overrides = [] } = wanted;
  const material = await readMaterial(db, code, today, steps);
  const { snapshot, synthetic, live } = material;
  if (wanted.data) {
    // Before the tables, which take minutes.
    const { k = leastK([live.survey], audience), keyNames = [], keep = [] } = wanted;
    checkWanted([live.survey], snapshot.responses, { audience, k, keyNames: [...keyNames, ...keep], overrides });
  }
  const ledger = await readLedger(db, code);
  const number = await nextNumber(db, code);
  const earlier = await readEarlierTables(db, ledger, roundOf(live.survey));
  const tables = wanted.tables ? await protectMaterial(material, earlier, steps) : undefined;
  if (tables) await checkEarlier(db, code, tables.tables);
  if (tables && !isOpen('seen', overrides)) await checkSeenByStaff(db, ledger, tables.tables);
  if (tables && !isOpen('beside', overrides)) await checkFilesOut(db, ledger, tables.tables.content);
  const all = [...earlier.map((each) => each.tables), ...(tables ? [tables.tables.content] : [])];
  const making = { live, snapshot, synthetic, number, ledger, tables: all };
  const data = wanted.data ? await makeDataPart(db, wanted, making, places, steps) : undefined;
  const { cell, base } = live.survey.file.disclosure;
  return {
    snapshot,
    release: {
      survey: code,
      number,
      person,
      madeOn: today,
      snapshot: fingerprintOf(snapshot),
      reason: overrides.map(sayReason).join('; '),
      settings: {
        audience,
        synthetic,
        cell,
        base,
        program: VERSION,
        ...(data && dataSettings(data, wanted.reviewedBy)),
      },
      ...(tables && { tables }),
      ...(data && { data }),
    },
  };
}

function dataSettings({ outline }: ZippedData, textsReviewedBy: string | undefined) {
  return {
    ...(textsReviewedBy !== undefined && { textsReviewedBy }),
    k: outline.about.k,
    keys: keyNamesOf(outline),
    seed: 'none: the names of rows are from chance',
  };
}

/** @throws CommandFailed where the tables would tell the rows of a file that is out what it does not show (rule T12) */
async function checkFilesOut(db: Db, ledger: Ledger, tables: ProtectedTables): Promise<void> {
  for await (const { number, data } of filesOut(db, ledger, roundIn(tables))) {
    const names = 'files' in data ? [] : data.outline.variables.map(({ name }) => name);
    const told = segmentsBeside(tables, names);
    if (told.length === 0) continue;
    throw new CommandFailed(
      `The data file of release ${number} is out, and it does not show ${told.join(', ')}. Tables by ${told.length === 1 ? 'that' : 'those'}, laid on the file, tell them of nearly every row. If those who hold the file are trusted not to do this, say so with --override beside=WHY: it stands on the record.`,
    );
  }
}

const isSameRound = (one: Released<ProtectedTables>, other: Released<ProtectedTables>): boolean =>
  roundIn(one.content) === roundIn(other.content);

/** @throws CommandFailed where the two releases side by side would tell few people's answers */
async function checkEarlier(db: Db, code: string, tables: Released<ProtectedTables>): Promise<void> {
  const last = await findLatestTables(db, code);
  const few = last && isSameRound(last.tables, tables) ? tooFewSince(last.tables, tables) : undefined;
  if (few === undefined) return;
  throw new CommandFailed(
    // How few they are is not said: whoever tries again and again would see each of them come.
    `Fewer than ${tables.content.policy.base} answers came or went since release ${last?.number}: side by side, the two releases would tell them. ` +
      `Make one when at least so many have. Release ${last?.number} stays as it is.`,
  );
}

/**
 * Staff see what waits and what was refused. Whoever makes one release after the other must not read in them what the
 * few who came between answered.
 * @throws CommandFailed
 */
async function checkSeenByStaff(db: Db, ledger: Ledger, tables: Released<ProtectedTables>): Promise<void> {
  for (const { number, approved, parts } of standingsOf(ledger)) {
    const part = parts.find(({ kind }) => kind === 'tables');
    if (approved || !part) continue;
    const seen = (await getTables(db, part.id)).tables;
    if (!isSameRound(seen, tables) || tooFewSince(seen, tables) === undefined) continue;
    throw new CommandFailed(
      `Fewer than ${tables.content.policy.base} answers came or went since release ${number}, which nobody outside has seen, and staff have: ` +
        'side by side, the two would tell them what these few answered. Make one when at least so many have, or say why it may be made all the same with --override seen=WHY: it stands on the record.',
    );
  }
}

/** Makes a release and puts it on the record, where it waits to be approved. @throws CommandFailed, TooFewResponses, NotReleasable */
export async function makeRelease(
  db: Db,
  wanted: Wanted,
  places: Places,
  { steps, beforeRecording, also }: Waiting,
): Promise<Made> {
  const { release, snapshot } = await prepareRelease(db, wanted, places, steps);
  await beforeRecording?.();
  const { data } = release;
  const { number } = release;
  await recordRelease(
    db,
    release,
    () => {
      if (data) giveItsPlace(places.aside, join(places.releasesPath, data.file));
    },
    async (trx) => also?.(trx, number),
  );
  return {
    survey: wanted.survey,
    release: release.number,
    audience: wanted.audience,
    responses: snapshot.responses,
    synthetic: release.settings.synthetic === true,
    file: data && {
      rows: data.outline.rows,
      columns: data.outline.variables.length,
      k: data.outline.about.k,
      keys: keyNamesOf(data.outline),
    },
  };
}
