/** Snapshots in the answers store. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import { getVersion } from '../fieldwork/store.ts';
import { countResponses, responseBatches } from '../responses/store.ts';
import { type Column, codesFromBytes, codesToBytes, valuesFromBytes, valuesToBytes } from './columns.ts';
import type { Counted } from './crosstab.ts';
import { type Snapshot, writeSnapshot } from './snapshot.ts';
import { snapshotVariableSchema } from './variables.ts';

type Db = Kysely<AnswersTables>;

const BATCH = 2000;

/** The numbers of a variable stand beside its codes, under a name that no variable can have. */
const valuesOf = (variable: string) => `${variable}#`;

/**
 * Reads every response of a survey into columns; nothing is stored. Responses that come in meanwhile are left for the
 * next time: no lock is held, so a respondent never waits for this.
 * @param today the day, YYYY-MM-DD
 * @param report told how many responses were read, after each batch
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
  const versions = new Map(
    await Promise.all(hashes.map(async ({ hash }) => [hash, await getVersion(db, hash)] as const)),
  );
  const writer = writeSnapshot(versions, { survey, madeOn: today, responses: total });
  let done = 0;
  for await (const batch of responseBatches(db, survey, BATCH)) {
    // A version published since the count belongs to the next snapshot, with the responses given under it.
    for (const { versionHash, answers } of batch) if (versions.has(versionHash)) writer.add(versionHash, answers);
    done += batch.length;
    report(Math.min(done, total));
  }
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
  await db
    .insertInto('snapshots')
    .values({
      id,
      survey: snapshot.survey,
      made_on: snapshot.madeOn,
      responses: snapshot.responses,
      variables: JSON.stringify(snapshot.variables),
    })
    .execute();
  const keep = (variable: string, codes: Uint8Array) =>
    db.insertInto('snapshot_columns').values({ snapshot: id, variable, codes }).execute();
  for (const [name, { codes, values }] of snapshot.columns) {
    await keep(name, codesToBytes(codes));
    if (values) await keep(valuesOf(name), valuesToBytes(values));
  }
  return id;
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
  const row = await db.selectFrom('snapshots').select('variables').where('id', '=', snapshot).executeTakeFirstOrThrow();
  // Only those asked for are checked: hundreds of them would take longer than counting a million answers.
  const variables = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(row.variables));
  const blobs = await db
    .selectFrom('snapshot_columns')
    .select(['variable', 'codes'])
    .where('snapshot', '=', snapshot)
    .where('variable', 'in', [...names, ...names.map(valuesOf)])
    .execute();
  const bytes = new Map(blobs.map(({ variable, codes }) => [variable, codes]));
  return names.map((name) => {
    const described = variables.find((each) => each.name === name);
    const codes = bytes.get(name);
    if (!described || !codes) throw new Error(`the snapshot has no variable "${name}"`);
    const variable = snapshotVariableSchema.parse(described);
    const values = bytes.get(valuesOf(name));
    const column: Column = {
      codes: codesFromBytes(codes, variable.width),
      ...(values && { values: valuesFromBytes(values) }),
    };
    return { variable, column };
  });
}
