/** Published questionnaires. A version is pinned by the hash of its text, and an answer keeps the version it was given under. */
import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { compareVersions } from '../questionnaire/checks/versions.ts';
import { getSurvey } from '../questionnaire/parse.ts';
import type { Survey } from '../questionnaire/survey.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

export interface LiveSurvey {
  /** SHA-256 of the file's text, in hex. */
  readonly hash: string;
  readonly survey: Survey;
  readonly status: 'open' | 'closed';
  /** The last day that the team has set, YYYY-MM-DD. */
  readonly lastDay: string | null;
  /** The last day on which somebody new may begin, YYYY-MM-DD; null where that is the last day of all. */
  readonly lastBegin: string | null;
  /** The day on which it was put into the archive, YYYY-MM-DD. */
  readonly archivedOn: string | null;
}

/** A version that was published before with other content under the same number. */
export class VersionTaken extends Error {
  override readonly name = 'VersionTaken';
}

/**
 * Pins a survey file and makes it the live version; whoever is half-way through stays on the version they began.
 * Publishing the same file twice changes nothing. The file must have passed the check.
 * @param today the day, YYYY-MM-DD
 * @throws VersionTaken when this version was published with other content
 */
export async function publishVersion(db: Db, source: string, today: string): Promise<LiveSurvey> {
  const survey = getSurvey(source);
  return inTransaction(db, (trx) => pinVersion(trx, { source, survey }, today));
}

/** The same inside a transaction, of a file that has been read. @throws VersionTaken */
export async function pinVersion(
  trx: Trx,
  { source, survey }: { readonly source: string; readonly survey: Survey },
  today: string,
): Promise<LiveSurvey> {
  const { survey: code, version } = survey.file;
  const hash = fingerprintOf(source);
  const taken = await trx
    .selectFrom('survey_versions')
    .select('hash')
    .where('survey', '=', code)
    .where('version', '=', version)
    .executeTakeFirst();
  if (taken && taken.hash !== hash) {
    throw new VersionTaken(
      `Version ${version} of ${code} was published before with other content. Give the changed file a new version.`,
    );
  }
  if (!taken) {
    await trx
      .insertInto('survey_versions')
      .values({ hash, survey: code, version, source, published_on: today })
      .execute();
  }
  await trx
    .insertInto('surveys')
    .values({ survey: code, live_hash: hash, status: 'open' })
    .onConflict((conflict) => conflict.column('survey').doUpdateSet({ live_hash: hash }))
    .execute();
  const row = await trx.selectFrom('surveys').selectAll().where('survey', '=', code).executeTakeFirstOrThrow();
  return { ...standingIn(row), survey };
}

/** What a version is known by: the SHA-256 of its file's text, in hex. */
export function fingerprintOf(source: string): string {
  return createHash('sha256').update(source).digest('hex');
}

/** The live version of a survey. */
export async function findLiveSurvey(db: Db, code: string): Promise<LiveSurvey | undefined> {
  const row = await db.selectFrom('surveys').selectAll().where('survey', '=', code).executeTakeFirst();
  return row && readLive(db, row);
}

/** Every survey that was published, by its code. */
export async function listSurveys(db: Db): Promise<LiveSurvey[]> {
  const rows = await db.selectFrom('surveys').selectAll().orderBy('survey').execute();
  return Promise.all(rows.map((row) => readLive(db, row)));
}

async function readLive(db: Db, row: AnswersTables['surveys']): Promise<LiveSurvey> {
  return { ...standingIn(row), survey: await getVersion(db, row.live_hash) };
}

/** Which version is live, and where the survey stands, as its row says it. */
export function standingIn(row: AnswersTables['surveys']): Omit<LiveSurvey, 'survey'> {
  const { live_hash, status, last_day, last_begin, archived_on } = row;
  return { hash: live_hash, status, lastDay: last_day, lastBegin: last_begin, archivedOn: archived_on };
}

/** Whether any results of a survey were published, so that there is something to send a reader to. */
export async function hasResults(db: Db, code: string): Promise<boolean> {
  const first = await db
    .selectFrom('releases')
    .select('number')
    .where('survey', '=', code)
    .where('kind', '=', 'tables')
    .limit(1)
    .executeTakeFirst();
  return first !== undefined;
}

/** Content never changes under a hash, so a built survey is kept for the life of the process. */
const built = new Map<string, Survey>();

/** A published version's file, to the byte. */
export async function getSource(db: Db, hash: string): Promise<string> {
  const { source } = await db
    .selectFrom('survey_versions')
    .select('source')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return source;
}

/** The version with this hash, as it was published. @throws when there is none */
export async function getVersion(db: Db, hash: string): Promise<Survey> {
  const survey = await findVersion(db, hash);
  if (!survey) throw new Error(`There is no version ${hash}.`);
  return survey;
}

/** The version with this hash; undefined where there is none. */
export async function findVersion(db: Db, hash: string): Promise<Survey | undefined> {
  const kept = built.get(hash);
  if (kept) return kept;
  const row = await db.selectFrom('survey_versions').select('source').where('hash', '=', hash).executeTakeFirst();
  if (!row) return undefined;
  const survey = getSurvey(row.source);
  built.set(hash, survey);
  return survey;
}

/** Every version of a survey that was ever published: people may have answered any of them. */
export async function listVersions(db: Db, code: string): Promise<Survey[]> {
  const rows = await db
    .selectFrom('survey_versions')
    .select('hash')
    .where('survey', '=', code)
    .orderBy('hash')
    .execute();
  return Promise.all(rows.map(({ hash }) => getVersion(db, hash)));
}

/** A version as it stands in the list of them. */
export interface PublishedVersion {
  readonly hash: string;
  readonly version: string;
  /** A day: 2027-03-31. */
  readonly publishedOn: string;
}

/** Every version of a survey that was ever published, the latest first. */
export async function listPublished(db: Db, code: string): Promise<PublishedVersion[]> {
  const rows = await db
    .selectFrom('survey_versions')
    .select(['hash', 'version', 'published_on'])
    .where('survey', '=', code)
    .execute();
  const versions = rows.map(({ hash, version, published_on }) => ({ hash, version, publishedOn: published_on }));
  return versions.sort((one, other) => compareVersions(other.version, one.version));
}

/** How many answered a survey, and how many have begun and not sent yet. */
export async function countPeople(db: Db, code: string): Promise<{ sent: number; begun: number }> {
  const count = async (table: 'responses' | 'drafts') => {
    const { n } = await db
      .selectFrom(table)
      .select((select) => select.fn.countAll().as('n'))
      .where('survey', '=', code)
      .executeTakeFirstOrThrow();
    return Number(n);
  };
  return { sent: await count('responses'), begun: await count('drafts') };
}

/** The version of a survey that was published last, whatever its status; the file check compares with it. */
export async function findSource(db: Db, code: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('surveys')
    .innerJoin('survey_versions', 'survey_versions.hash', 'surveys.live_hash')
    .select('survey_versions.source')
    .where('surveys.survey', '=', code)
    .executeTakeFirst();
  return row?.source;
}
