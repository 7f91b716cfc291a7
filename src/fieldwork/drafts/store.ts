/** Drafts of versions: files that wait to be published, each saved and thrown away with its line in the audit. */
import type { Kysely, Selectable, Transaction } from 'kysely';
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
import { findSource, fingerprintOf } from '../store.ts';
import { type FileTask, reviewedSchema, workOnFile } from '../versions/file-work.ts';
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
  reviews.delete(draftCode({ survey, version }));
}

async function record(trx: Trx, action: Action, { survey, version }: VersionName, by: Actor, now: Date): Promise<void> {
  const object = { kind: 'survey', id: survey, name: `version ${version} of ${survey}` } as const;
  await recordDeed(trx, by, { action, object, about: { survey } }, now);
}

/** A check of a draft that is under way or ended. */
interface Reviewing {
  /** What was checked, against what, on which day: where any of that differs it is checked anew. */
  readonly of: string;
  readonly end: Promise<Review>;
  /** How much of it is done, in percent. */
  readonly percent: () => number;
  review: Review | undefined;
}

/** The last check of each draft. */
const reviews = new Map<string, Reviewing>();

const draftCode = ({ survey, version }: VersionName): string => `${survey} ${version}`;

type Worker = Pick<Context, 'db' | 'now' | 'log' | 'workOnFile'>;

async function beginReview(context: Worker, draft: DraftVersion): Promise<Reviewing> {
  const today = dayOf(context.now());
  const live = await findSource(context.db, draft.survey);
  const of = `${draft.hash} ${live === undefined ? '' : fingerprintOf(live)} ${today}`;
  const kept = reviews.get(draftCode(draft));
  if (kept?.of === of) return kept;
  let done = 0;
  const end = reviewSource(context, draft.source, live, (percent) => {
    done = percent;
  });
  const reviewing: Reviewing = { of, end, percent: () => done, review: undefined };
  void end.then((review) => {
    reviewing.review = review;
  });
  reviews.set(draftCode(draft), reviewing);
  return reviewing;
}

/** What is wrong with a draft, against the version that is live now: a large one takes seconds. */
export async function reviewDraft(context: Worker, draft: DraftVersion): Promise<Review> {
  return (await beginReview(context, draft)).end;
}

/** How long a page waits before it shows how far a check is, in milliseconds. */
const PATIENCE = 1000;

/** The same, or how much of it is done in percent where it takes longer than a page can wait. */
export async function findReview(context: Worker, draft: DraftVersion): Promise<Review | { readonly percent: number }> {
  const reviewing = await beginReview(context, draft);
  const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE).unref());
  if (!reviewing.review) await Promise.race([reviewing.end, enough]);
  return reviewing.review ?? { percent: reviewing.percent() };
}

/** What is wrong with a file. One that asks too much of the check is told so, as an error. */
export async function reviewSource(
  { now, log, workOnFile: work = workHere }: Worker,
  source: string,
  live: string | undefined,
  told: (percent: number) => void = () => {},
): Promise<Review> {
  const task: FileTask = { what: 'review', source, ...(live !== undefined && { live }), today: dayOf(now()) };
  try {
    const { readable, findings } = reviewedSchema.parse(await work(task, told));
    return { survey: readable ? getSurvey(source) : undefined, findings };
  } catch (error) {
    log.error(placeOf(error), 'checking a file failed');
    const mend = 'Leave out conditions and variables that rest on many others, or make two surveys of it.';
    return { survey: undefined, findings: [at('size', [], 1, 'The check of this file could not be finished.', mend)] };
  }
}

const workHere = async (task: object, told: (percent: number) => void) => workOnFile(task, told);

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
