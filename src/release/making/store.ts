/** The list of work on releases. What is on it is done elsewhere, in a process of its own. */
import { randomBytes } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Actor, Staff } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { dayOf } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { Problem } from '../../web/problems.ts';
import { NotDecided } from '../ledger/ledger.ts';
import { recordAttempt } from '../ledger/store.ts';
import { mayStill } from '../staff/store.ts';
import { shuffle } from '../texts/order.ts';
import { maskAnswers } from '../texts/review.ts';
import { randomForTexts, readTexts } from '../texts/store.ts';
import { type Compared, comparisonSchema } from './comparison.ts';
import { type Job, type JobWishes, jobWishesSchema, type Kind, progressSchema, textsSchema, wantedOf } from './job.ts';
import type { FieldItems } from './texts-form.ts';
import { attemptOf, type ReviewFile } from './wanted.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

const UNDER_WAY = ['queued', 'running'] as const;

/** How long what has ended can still be looked at. */
const KEPT_DAYS = 30;

/** Work as it is asked for. */
interface NewJob {
  readonly survey: string;
  readonly kind: Kind;
  readonly wishes: JobWishes;
  readonly texts: readonly ReviewFile[];
}

/**
 * Puts work on the list. Of a survey one piece is under way at a time: whoever comes second is shown the first.
 * @returns its id, or the id of the one that is under way already
 * @throws Problem not_found where they may not any more
 */
export async function addJob(db: Db, { survey, kind, wishes, texts }: NewJob, by: Staff, now: Date): Promise<string> {
  return inTransaction(db, async (trx) => {
    if (!(await mayStill(trx, by, 'researcher', survey))) throw new Problem('not_found');
    const other = await findUnderWay(trx, survey);
    if (other) return other.id;
    const id = randomBytes(16).toString('hex');
    const asked = { wishes: JSON.stringify(wishes), texts: texts.length > 0 ? JSON.stringify(texts) : null };
    await trx
      .insertInto('release_jobs')
      .values({
        id,
        survey,
        kind,
        ...asked,
        account: by.id,
        person: by.name,
        state: 'queued',
        asked_at: now.toISOString(),
      })
      .execute();
    // Whoever compares is told of people's answers; whoever makes something leaves a line when it is made.
    if (kind === 'compare') await recordDeed(trx, by, { action: 'release_tried', ...onSurvey(survey) }, now);
    return id;
  });
}

/**
 * What people typed at these fields, masked and in an order from chance, for a person to decide about. That they were
 * shown stands in the audit.
 */
export async function readToReview(
  db: Db,
  survey: Survey,
  fields: readonly string[],
  by: Staff,
  now: Date,
): Promise<FieldItems[]> {
  const read: FieldItems[] = [];
  for (const field of fields) {
    const answers = maskAnswers(await readTexts(db, survey, field));
    const items = shuffle(answers, randomForTexts(answers.length));
    read.push({ field, items: items.map((answer) => ({ answer, decision: '', instead: '' })) });
  }
  await inTransaction(db, (trx) =>
    recordDeed(trx, by, { action: 'release_texts_read', ...onSurvey(survey.file.survey) }, now),
  );
  return read;
}

/** Whoever stops the making of a release, for the audit. */
export async function recordStop(trx: Trx, survey: string, by: Actor, now: Date): Promise<void> {
  await recordDeed(trx, by, { action: 'release_stopped', ...onSurvey(survey) }, now);
}

const onSurvey = (code: string) => ({
  object: { kind: 'survey' as const, id: code, name: code },
  about: { survey: code },
});

export async function findJob(db: Db, survey: string, id: string): Promise<Job | undefined> {
  const row = await db
    .selectFrom('release_jobs')
    .selectAll()
    .where('survey', '=', survey)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && jobOf(row);
}

/** The work on a survey's releases that is under way. */
export async function findUnderWay(db: Db | Trx, survey: string): Promise<Job | undefined> {
  const row = await db
    .selectFrom('release_jobs')
    .selectAll()
    .where('survey', '=', survey)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirst();
  return row && jobOf(row);
}

/** What has been compared, the newest first. */
export async function listComparisons(db: Db, survey: string): Promise<Job[]> {
  const rows = await db
    .selectFrom('release_jobs')
    .selectAll()
    .where('survey', '=', survey)
    .where('kind', '=', 'compare')
    .where('state', '=', 'done')
    .orderBy('ended_at', 'desc')
    .limit(5)
    .execute();
  return rows.map(jobOf);
}

/** Takes what has waited longest off the list, to be done. */
export async function takeNext(db: Db, now: Date): Promise<Job | undefined> {
  return inTransaction(db, async (trx) => {
    const row = await trx
      .selectFrom('release_jobs')
      .selectAll()
      .where('state', '=', 'queued')
      .orderBy('asked_at')
      .limit(1)
      .executeTakeFirst();
    if (!row) return undefined;
    const started = { state: 'running' as const, started_at: now.toISOString() };
    await trx.updateTable('release_jobs').set(started).where('id', '=', row.id).execute();
    return jobOf({ ...row, ...started });
  });
}

/** Says how far it is; what has ended meanwhile stays as it ended. */
export async function noteProgress(db: Db, id: string, what: string, percent: number): Promise<void> {
  await db
    .updateTable('release_jobs')
    .set({ progress: JSON.stringify({ what, percent }) })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute();
}

/** Its release is made: in the transaction that records it. @throws NotDecided where it was stopped meanwhile */
export async function closeMade(trx: Trx, id: string, number: number, now: Date): Promise<void> {
  if (!(await end(trx, id, { state: 'done', number }, now))) throw new NotDecided('Stopped: nothing was released.');
}

export async function closeCompared(db: Db, id: string, compared: readonly Compared[], now: Date): Promise<void> {
  await inTransaction(db, (trx) => end(trx, id, { state: 'done', comparison: JSON.stringify(compared) }, now));
}

/** It came to nothing. What has ended meanwhile stays as it ended. */
export async function closeFailed(db: Db, job: Job, reason: string, now: Date): Promise<void> {
  await inTransaction(db, async (trx) => {
    if (!(await end(trx, job.id, { state: 'failed', reason }, now)) || job.kind !== 'make') return;
    await recordAttempt(trx, job.survey, attemptOf(wantedOf(job, dayOf(now)), 'failed', reason));
  });
}

/** Somebody stops it. @returns whether it was under way still @throws Problem not_found where they may not any more */
export async function cancelJob(db: Db, job: Job, by: Staff, now: Date): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    if (!(await mayStill(trx, by, 'researcher', job.survey))) throw new Problem('not_found');
    if (!(await end(trx, job.id, { state: 'cancelled' }, now))) return false;
    if (job.kind !== 'make') return true;
    await recordAttempt(trx, job.survey, attemptOf(wantedOf(job, dayOf(now)), 'cancelled', `Stopped by ${by.name}.`));
    await recordStop(trx, job.survey, by, now);
    return true;
  });
}

/** What a server that has ended left: nobody is doing it any more. */
export async function listUnderWay(db: Db): Promise<Job[]> {
  const rows = await db.selectFrom('release_jobs').selectAll().where('state', 'in', UNDER_WAY).execute();
  return rows.map(jobOf);
}

/** Deletes what ended long ago. */
export async function expireJobs(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.deleteFrom('release_jobs').where('ended_at', '<', before.toISOString()).execute();
}

type Ending = Pick<Partial<Row>, 'number' | 'reason' | 'comparison'> & { readonly state: Job['state'] };

/** @returns false where it had ended already, and is left as it is */
async function end(trx: Trx, id: string, ending: Ending, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('release_jobs')
    .set({ ...ending, texts: null, progress: null, ended_at: now.toISOString() })
    .where('id', '=', id)
    .where('state', 'in', UNDER_WAY)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

type Row = Selectable<AnswersTables['release_jobs']>;

function jobOf(row: Row): Job {
  const read = <T>(json: string | null, schema: { parse(value: unknown): T }): T | undefined =>
    json === null ? undefined : schema.parse(JSON.parse(json));
  return {
    id: row.id,
    survey: row.survey,
    kind: row.kind,
    wishes: jobWishesSchema.parse(JSON.parse(row.wishes)),
    texts: read(row.texts, textsSchema),
    person: { name: row.person, account: row.account },
    state: row.state,
    progress: read(row.progress, progressSchema),
    askedAt: new Date(row.asked_at),
    endedAt: row.ended_at === null ? undefined : new Date(row.ended_at),
    number: row.number ?? undefined,
    reason: row.reason ?? undefined,
    comparison: read(row.comparison, comparisonSchema),
  };
}
