/** Drafts of versions: files that wait to be published, each saved and thrown away with its line in the audit. */
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { z } from 'zod';
import type { Actor } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { compareVersions } from '../../questionnaire/checks/versions.ts';
import { dayOf } from '../../questionnaire/days.ts';
import { getSurvey } from '../../questionnaire/parse.ts';
import { at } from '../../questionnaire/source.ts';
import type { Context } from '../../web/context.ts';
import { placeOf } from '../../web/errors.ts';
import { KeptWork, type Told, type UnderWay } from '../../web/under-way.ts';
import { findSource, fingerprintOf } from '../store.ts';
import { type FileTask, handOut, reviewedSchema } from '../versions/file-work.ts';
import { findTitle, type Review, type VersionName } from '../versions/review.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** A file that waits to be published. A survey has one of each version at most. */
export interface DraftVersion extends VersionName {
  /** The file as it was sent, which may be wrong. */
  readonly source: string;
  /** SHA-256 of its text, in hex. */
  readonly hash: string;
  /** A name. */
  readonly savedBy: string;
  readonly savedAt: Date;
}

/** Somebody else saved, published or threw away this draft since the page was made. Nothing was changed. */
export class DraftChanged extends Error {
  override readonly name = 'DraftChanged';
}

/** The draft of a version of a survey. */
export async function findDraftVersion(
  db: Db | Trx,
  { survey, version }: VersionName,
): Promise<DraftVersion | undefined> {
  const row = await db
    .selectFrom('draft_versions')
    .selectAll()
    .where('survey', '=', survey)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && draftOf(row);
}

/** The drafts of a survey, the latest version first. */
export async function listDraftVersions(db: Db, survey: string): Promise<DraftVersion[]> {
  const rows = await db.selectFrom('draft_versions').selectAll().where('survey', '=', survey).execute();
  return rows.map(draftOf).sort(byVersion).reverse();
}

const byVersion = (one: VersionName, other: VersionName): number => compareVersions(one.version, other.version);

function draftOf({ saved_by, saved_at, ...row }: Selectable<AnswersTables['draft_versions']>): DraftVersion {
  return { ...row, savedBy: saved_by, savedAt: new Date(saved_at) };
}

/**
 * Saves a file as the draft of its version, in the place of what stood there. The same file again changes nothing.
 * @param seen the fingerprint of the draft that is replaced; undefined where none of this version was known of
 * @throws DraftChanged
 */
export async function saveDraftVersion(
  db: Db,
  { survey, version, source }: VersionName & { readonly source: string },
  seen: string | undefined,
  by: Actor,
  now: Date,
): Promise<void> {
  const hash = fingerprintOf(source);
  await inTransaction(db, async (trx) => {
    const before = await findDraftVersion(trx, { survey, version });
    if (before?.hash === hash) return;
    if (before?.hash !== seen) throw new DraftChanged();
    const values = { hash, source, saved_by: by.name, saved_at: now.toISOString() };
    await trx
      .insertInto('draft_versions')
      .values({ survey, version, ...values })
      .onConflict((conflict) => conflict.columns(['survey', 'version']).doUpdateSet(values))
      .execute();
    await record(trx, 'survey_draft_saved', { survey, version }, by, now);
  });
}

/** Throws a draft away. One that is gone already stays so. @throws DraftChanged where another file stands there by now */
export async function discardDraftVersion(
  db: Db,
  name: VersionName,
  seen: string,
  by: Actor,
  now: Date,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const before = await findDraftVersion(trx, name);
    if (!before) return;
    if (before.hash !== seen) throw new DraftChanged();
    await dropDraftVersion(trx, name, seen);
    await record(trx, 'survey_draft_discarded', name, by, now);
  });
}

/** Takes a draft away that was published, unless another file stands in its place. */
export async function dropDraftVersion(trx: Trx, { survey, version }: VersionName, hash: string): Promise<void> {
  await trx
    .deleteFrom('draft_versions')
    .where('survey', '=', survey)
    .where('version', '=', version)
    .where('hash', '=', hash)
    .execute();
}

async function record(trx: Trx, action: Action, { survey, version }: VersionName, by: Actor, now: Date): Promise<void> {
  const object = { kind: 'survey', id: survey, name: `version ${version} of ${survey}` } as const;
  await recordDeed(trx, by, { action, object, about: { survey } }, now);
}

/** What is wrong with a draft, and where nothing is, what it would change in the version that is live. */
export interface DraftReview extends Review {
  readonly changes: z.infer<typeof reviewedSchema>['changes'];
}

const reviews = new KeptWork<DraftReview>();

type Worker = Pick<Context, 'db' | 'now' | 'log' | 'workOnFile'>;

/** The check of a draft, and what it is known by: another file, another live version or another day is another check. */
async function checkOf(context: Worker, { survey, source, hash }: DraftVersion) {
  const live = await findSource(context.db, survey);
  const key = `${hash} ${live === undefined ? '' : fingerprintOf(live)} ${dayOf(context.now())}`;
  return [key, (told: Told) => reviewSource(context, source, live, told)] as const;
}

/** What is wrong with a draft, against the version that is live now: a large one takes seconds. */
export async function reviewDraft(context: Worker, draft: DraftVersion): Promise<Review> {
  return reviews.finish(...(await checkOf(context, draft)));
}

/** The same, or how much of it is done where it takes longer than a page can wait. */
export async function findReview(context: Worker, draft: DraftVersion): Promise<DraftReview | UnderWay> {
  return reviews.look(...(await checkOf(context, draft)));
}

/** What is wrong with a file. One that asks too much of the check is told so, as an error. */
export async function reviewSource(
  context: Worker,
  source: string,
  live: string | undefined,
  told: Told = () => {},
): Promise<DraftReview> {
  const task: FileTask = { what: 'review', source, ...(live !== undefined && { live }), today: dayOf(context.now()) };
  try {
    const { readable, findings, changes } = reviewedSchema.parse(await handOut(context, task, told));
    return { survey: readable ? getSurvey(source) : undefined, findings, changes };
  } catch (error) {
    context.log.error(placeOf(error), 'checking a file failed');
    const mend = 'Leave out conditions and variables that rest on many others, or make two surveys of it.';
    const findings = [at('size', [], 1, 'The check of this file could not be finished.', mend)];
    return { survey: undefined, findings, changes: [] };
  }
}

/** A survey of which no version was published: nobody can answer it, and respondents are told of no such survey. */
export interface NewSurvey {
  readonly code: string;
  /** From its draft, where that can be read; else the code. */
  readonly title: string;
  /** Of the latest draft. */
  readonly version: string;
}

/** Every survey of which there are only drafts, by its code. */
export async function listNewSurveys(db: Db): Promise<NewSurvey[]> {
  const rows = await db
    .selectFrom('draft_versions')
    .selectAll()
    .where('survey', 'not in', (from) => from.selectFrom('surveys').select('survey'))
    .execute();
  // Of each survey the latest stays.
  const latest = new Map(
    rows
      .map(draftOf)
      .sort(byVersion)
      .map((draft) => [draft.survey, draft]),
  );
  return [...latest.values()]
    .map(({ survey, version, source }) => ({ code: survey, title: findTitle(source) ?? survey, version }))
    .sort((one, other) => (one.code < other.code ? -1 : 1));
}
