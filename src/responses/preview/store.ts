/** Previews: test answers of staff, apart from everybody's real ones and gone after a day. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { listDraftVersions, reviewDraft } from '../../fieldwork/drafts/store.ts';
import { findVersion, getSource } from '../../fieldwork/store.ts';
import { countErrors } from '../../fieldwork/versions/review.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { encodeCode } from '../codes.ts';
import { answersJson } from '../store.ts';

type Db = Kysely<AnswersTables>;

const DAY = 86_400_000;

/** Whose preview of which version: no other is ever found or changed. */
export interface OwnPreview {
  readonly id: string;
  readonly account: string;
  readonly versionHash: string;
}

/** A version that can be walked. */
export interface Walkable {
  readonly survey: Survey;
  /** The version of a draft; undefined of what was published. */
  readonly draft: string | undefined;
  /** The check finds errors in it: there may be no way through. */
  readonly faulty: boolean;
}

/**
 * A version of a survey by its hash, or a draft of one that can be read as a survey.
 * @returns undefined where this survey has no such version
 */
export async function findWalkable(
  context: Pick<Context, 'db' | 'now' | 'log' | 'workOnFile'>,
  code: string,
  hash: string,
): Promise<Walkable | undefined> {
  const { db } = context;
  const published = await findVersion(db, hash);
  if (published)
    return published.file.survey === code ? { survey: published, draft: undefined, faulty: false } : undefined;
  const draft = (await listDraftVersions(db, code)).find((each) => each.hash === hash);
  if (!draft) return undefined;
  const review = await reviewDraft(context, draft);
  return review.survey && { survey: review.survey, draft: draft.version, faulty: countErrors(review) > 0 };
}

/** The file of a version that can be walked. @throws when there is none with this hash */
export async function getWalkableSource(db: Db, code: string, hash: string): Promise<string> {
  const draft = (await listDraftVersions(db, code)).find((each) => each.hash === hash);
  return draft ? draft.source : getSource(db, hash);
}

/** Begins a preview that lasts a day. @returns its id */
export async function beginPreview(
  db: Db,
  { account, versionHash, answers }: Omit<OwnPreview, 'id'> & { readonly answers: Answers },
  now: Date,
): Promise<string> {
  const id = encodeCode(randomBytes(16));
  const first = JSON.stringify(answers);
  const expires_at = new Date(now.getTime() + DAY).toISOString();
  await db
    .insertInto('previews')
    .values({ id, account, version_hash: versionHash, first_answers: first, answers: first, expires_at })
    .execute();
  return id;
}

/** The test answers of a preview, unless it is over. */
export async function findTestAnswers(db: Db, own: OwnPreview, now: Date): Promise<Answers | undefined> {
  const row = await db
    .selectFrom('previews')
    .select('answers')
    .where('id', '=', own.id)
    .where('account', '=', own.account)
    .where('version_hash', '=', own.versionHash)
    .where('expires_at', '>', now.toISOString())
    .executeTakeFirst();
  return row && answersJson.parse(JSON.parse(row.answers));
}

/**
 * Adds a page's test answers, as `saveAnswers` does to a draft's.
 * @returns the answers as they now stand; undefined when the preview is gone
 */
export async function addTestAnswers(db: Db, own: OwnPreview, page: Answers, now: Date): Promise<Answers | undefined> {
  return inTransaction(db, async (trx) => {
    const before = await findTestAnswers(trx, own, now);
    if (!before) return undefined;
    const answers = { ...before, ...page };
    await putTestAnswers(trx, own, answers);
    return answers;
  });
}

/** Puts test answers in the place of those that stand. */
export async function putTestAnswers(db: Db, { id, account }: OwnPreview, answers: Answers): Promise<void> {
  await db
    .updateTable('previews')
    .set({ answers: JSON.stringify(answers) })
    .where('id', '=', id)
    .where('account', '=', account)
    .execute();
}

/** Puts the answers back that the preview began with. @returns these */
export async function restartPreview(db: Db, { id, account }: OwnPreview): Promise<Answers> {
  const row = await db
    .updateTable('previews')
    .set((columns) => ({ answers: columns.ref('first_answers') }))
    .where('id', '=', id)
    .where('account', '=', account)
    .returning('answers')
    .executeTakeFirst();
  return row ? answersJson.parse(JSON.parse(row.answers)) : {};
}

/** Ends a preview: its answers are deleted. */
export async function endPreview(db: Db, { id, account }: OwnPreview): Promise<void> {
  await db.deleteFrom('previews').where('id', '=', id).where('account', '=', account).execute();
}

/** Deletes previews that are over. */
export async function expirePreviews(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('previews').where('expires_at', '<=', now.toISOString()).execute();
}
