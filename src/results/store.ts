/** Snapshots in the answers store. */
import { createHash, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { getVersion } from '../fieldwork/store.ts';
import { roundOf } from '../questionnaire/round.ts';
import { countResponses, readResponses } from '../responses/store.ts';
import { type Column, codesFromBytes, codesToBytes, valuesFromBytes, valuesToBytes } from './columns.ts';
import type { Counted } from './crosstab.ts';
import { columnOf, type Snapshot, writeSnapshot } from './snapshot.ts';
import type { SnapshotVariable } from './variables.ts';

type Db = Kysely<AnswersTables>;

/** Their texts are there at once. */
const AT_A_TIME = 200;
const A_STEP = 2000;

/**
 * Reads every response of a survey's round of fieldwork into columns; nothing is stored. The round is the one of the live
 * version: what was answered under a version of an earlier one is not among them. Responses that come in meanwhile are left for the
 * next time: no lock is held, so a respondent never waits for this.
 * @param today the day, YYYY-MM-DD
 * @param report told how many responses were read, after each few thousand and at the end
 */
export async function readSnapshot(
  db: Db,
  survey: string,
  today: string,
  report: (done: number) => void = () => {},
): Promise<Snapshot> {
  const { total } = await countResponses(db, survey);
  const hashes = await db
    .selectFrom('responses')
    .innerJoin('survey_versions', 'survey_versions.hash', 'responses.version_hash')
    .select(['survey_versions.hash', 'survey_versions.version'])
    .distinct()
    .where('responses.survey', '=', survey)
    .execute();
  hashes.sort((one, other) => compareVersions(other.version, one.version));
  const all = await Promise.all(hashes.map(async ({ hash }) => [hash, await getVersion(db, hash)] as const));
  const { live_hash } = await db
    .selectFrom('surveys')
    .select('live_hash')
    .where('survey', '=', survey)
    .executeTakeFirstOrThrow();
  const round = roundOf(await getVersion(db, live_hash));
  const versions = new Map(all.filter(([, version]) => roundOf(version) === round));
  const writer = writeSnapshot(versions, { survey, madeOn: today, responses: total });
  let done = 0;
  for await (const { versionHash, answers } of readResponses(db, survey, AT_A_TIME)) {
    // A version published since the count belongs to the next snapshot, with the responses given under it; and one of
    // another round to none of this.
    if (versions.has(versionHash)) writer.add(versionHash, answers);
    done += 1;
    if (done % A_STEP === 0) report(Math.min(done, total));
  }
  report(Math.min(done, total));
  return writer.finish();
}

/** "1.10" comes after "1.9". */
function compareVersions(one: string, other: string): number {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major - otherMajor || minor - otherMinor;
}

/**
 * Stores a snapshot. Column by column and not in one transaction: a million responses would lock respondents out for
 * seconds. What is cut short is a snapshot that no release names.
 * @returns its id
 */
export async function keepSnapshot(db: Db, snapshot: Snapshot): Promise<string> {
  const id = randomBytes(16).toString('hex');
  const { survey, madeOn: made_on, responses } = snapshot;
  await db.insertInto('snapshots').values({ id, survey, made_on, responses }).execute();
  for (const variable of snapshot.variables) {
    const { codes, values } = columnOf(snapshot, variable.name);
    await db
      .insertInto('snapshot_columns')
      .values({
        snapshot: id,
        variable: variable.name,
        about: JSON.stringify(variable),
        codes: codesToBytes(codes),
        numbers: values ? valuesToBytes(values) : null,
      })
      .execute();
  }
  return id;
}

/**
 * What a snapshot is known by without being kept: the SHA-256 of its columns, in hex. The same answers give the same.
 */
export function fingerprintOf(snapshot: Snapshot): string {
  const { survey, responses, variables } = snapshot;
  const hash = createHash('sha256').update(JSON.stringify([survey, responses]));
  for (const variable of variables) {
    const { codes, values } = columnOf(snapshot, variable.name);
    hash.update(JSON.stringify(variable)).update(codesToBytes(codes));
    if (values) hash.update(valuesToBytes(values));
  }
  return hash.digest('hex');
}

/** Reads the responses and stores them as a snapshot. @returns its id with it */
export async function takeSnapshot(
  db: Db,
  survey: string,
  today: string,
  report?: (done: number) => void,
): Promise<{ readonly id: string; readonly snapshot: Snapshot }> {
  const snapshot = await readSnapshot(db, survey, today, report);
  return { id: await keepSnapshot(db, snapshot), snapshot };
}

/** Some variables of a stored snapshot with their columns, in the order asked for. @throws when one is not there */
export async function getColumns(db: Db, snapshot: string, names: readonly string[]): Promise<Counted[]> {
  const rows = await db
    .selectFrom('snapshot_columns')
    .select(['variable', 'about', 'codes', 'numbers'])
    .where('snapshot', '=', snapshot)
    .where('variable', 'in', names)
    .execute();
  return names.map((name) => {
    const row = rows.find(({ variable }) => variable === name);
    if (!row) throw new Error(`the snapshot has no variable "${name}"`);
    // As `keepSnapshot` wrote it: to check its shape would take as long as counting a million answers.
    const variable: SnapshotVariable = JSON.parse(row.about);
    const column: Column = {
      codes: codesFromBytes(row.codes, variable.width),
      ...(row.numbers && { values: valuesFromBytes(row.numbers) }),
    };
    return { variable, column };
  });
}
