/**
 * Drafts and responses. A respondent has two secrets. The *return code* opens the draft: the browser's cookie and the
 * code on the "save and come back" page are the same 128 random bits. The *withdrawal code* is worked out from it, so
 * that the same receipt can be shown again after a double click or a lost reply. Nothing but their hashes is stored.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { getVersion } from '../fieldwork/store.ts';
import type { Answers } from '../questionnaire/answers.ts';
import { type Journey, journeyOf } from '../questionnaire/journey.ts';
import { findSubmission, type Submission } from '../questionnaire/submission.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { encodeCode } from './codes.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

const answersJson = z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()]));
const filledJson = z.array(z.string());

/** What was agreed to, and in which words. */
interface Agreement {
  readonly survey: string;
  readonly versionHash: string;
  readonly informationVersion: string;
  readonly consentVersion: string;
  readonly language: string;
}

export interface Draft extends Agreement {
  readonly answers: Answers;
}

export interface NewResponse extends Agreement {
  readonly submission: Submission;
  /** The hash of the withdrawal code; null for what was imported or simulated. */
  readonly withdrawalHash: string | null;
  readonly week: string;
  readonly origin: 'web' | 'import' | 'simulated';
}

/** Starts a draft. @returns its return code, which is stored nowhere */
export async function startDraft(db: Db, draft: Draft, expiresWeek: string): Promise<string> {
  const code = encodeCode(randomBytes(16));
  await db
    .insertInto('drafts')
    .values({
      token_hash: hashCode(code),
      survey: draft.survey,
      version_hash: draft.versionHash,
      information_version: draft.informationVersion,
      consent_version: draft.consentVersion,
      language: draft.language,
      answers: JSON.stringify(draft.answers),
      expires_week: expiresWeek,
    })
    .execute();
  return code;
}

/** The draft that a return code opens, unless it has expired. */
export async function findDraft(db: Db, survey: string, returnCode: string, week: string): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('drafts')
    .selectAll()
    .where('token_hash', '=', hashCode(returnCode))
    .where('survey', '=', survey)
    .where('expires_week', '>=', week)
    .executeTakeFirst();
  return (
    row && {
      survey: row.survey,
      versionHash: row.version_hash,
      informationVersion: row.information_version,
      consentVersion: row.consent_version,
      language: row.language,
      answers: answersJson.parse(JSON.parse(row.answers)),
    }
  );
}

/**
 * Adds a page's answers to a draft. Merged inside one transaction, so that two tabs on two pages both keep theirs.
 * @returns the answers as they now stand; undefined when the draft is gone
 */
export async function saveAnswers(db: Db, returnCode: string, page: Answers): Promise<Answers | undefined> {
  return inTransaction(db, async (trx) => {
    const draft = trx.selectFrom('drafts').select('answers').where('token_hash', '=', hashCode(returnCode));
    const row = await draft.executeTakeFirst();
    if (!row) return undefined;
    const answers = { ...answersJson.parse(JSON.parse(row.answers)), ...page };
    await trx
      .updateTable('drafts')
      .set({ answers: JSON.stringify(answers) })
      .where('token_hash', '=', hashCode(returnCode))
      .execute();
    return answers;
  });
}

/** Throws a draft away: who began it has left. @returns whether there was one */
export async function dropDraft(db: Db | Trx, survey: string, returnCode: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('drafts')
    .where('token_hash', '=', hashCode(returnCode))
    .where('survey', '=', survey)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Ends a draft where there is nothing to submit: it is deleted, and its ending counted. @returns whether there was one */
export async function endDraft(
  db: Db,
  survey: string,
  returnCode: string,
  ending: string,
  week: string,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const dropped = await dropDraft(trx, survey, returnCode);
    if (dropped) await tally(trx, survey, ending, week);
    return dropped;
  });
}

/** A respondent with a draft: what they answer, under the version they began with. */
export interface Visit {
  readonly survey: Survey;
  readonly draft: Draft;
  readonly journey: Journey;
  readonly returnCode: string;
}

/** The visit that a return code opens. */
export async function findVisit(db: Db, survey: string, returnCode: string, week: string): Promise<Visit | undefined> {
  const draft = await findDraft(db, survey, returnCode, week);
  if (!draft) return undefined;
  const version = await getVersion(db, draft.versionHash);
  return { survey: version, draft, journey: journeyOf(version, draft.answers), returnCode };
}

export type Submitted = 'submitted' | 'not complete' | 'no draft';

/**
 * Submits a draft: the answers on its path become a response and the draft is gone, in one transaction. However often
 * it is asked, one response stands: the second time the draft is gone and its response is found by the withdrawal code.
 */
export async function submitDraft(db: Db, survey: string, returnCode: string, week: string): Promise<Submitted> {
  const visit = await findVisit(db, survey, returnCode, week);
  return inTransaction(db, async (trx) => {
    if (await isSubmitted(trx, survey, returnCode)) return 'submitted';
    const row = await trx
      .selectFrom('drafts')
      .select('answers')
      .where('token_hash', '=', hashCode(returnCode))
      .executeTakeFirst();
    if (!row || !visit) return 'no draft';
    const submission = findSubmission(visit.survey, answersJson.parse(JSON.parse(row.answers)));
    if (!submission) return 'not complete';
    const withdrawalHash = hashCode(withdrawalCode(returnCode));
    await insert(trx, [{ ...visit.draft, submission, withdrawalHash, week, origin: 'web' }]);
    await trx.deleteFrom('drafts').where('token_hash', '=', hashCode(returnCode)).execute();
    return 'submitted';
  });
}

/** Whether the draft with this return code has become a response that still stands. */
export async function isSubmitted(db: Db | Trx, survey: string, returnCode: string): Promise<boolean> {
  return hasResponse(db, survey, withdrawalCode(returnCode));
}

/** Whether a withdrawal code belongs to a response of the survey. */
export async function hasResponse(db: Db | Trx, survey: string, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('responses')
    .select('week')
    .where('survey', '=', survey)
    .where('withdrawal_hash', '=', hashCode(code))
    .executeTakeFirst();
  return row !== undefined;
}

/** Takes a response back: it is deleted, and only the count of withdrawals remembers it. @returns whether there was one */
export async function withdrawResponse(db: Db, survey: string, code: string, week: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('responses')
      .where('survey', '=', survey)
      .where('withdrawal_hash', '=', hashCode(code))
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await tally(trx, survey, 'withdrawn', week);
    return true;
  });
}

/** Counts an ending (declined, not eligible, withdrawn) by week. Nothing else is kept of it. */
export async function tally(db: Db | Trx, survey: string, ending: string, week: string): Promise<void> {
  await db
    .insertInto('tallies')
    .values({ survey, ending, week, n: 1 })
    .onConflict((conflict) =>
      conflict.columns(['survey', 'ending', 'week']).doUpdateSet((set) => ({ n: set('tallies.n', '+', 1) })),
    )
    .execute();
}

/** Deletes drafts past their week. @returns how many */
export async function expireDrafts(db: Db, week: string): Promise<number> {
  const { numDeletedRows } = await db.deleteFrom('drafts').where('expires_week', '<', week).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Adds responses that did not come from a draft, all or none. */
export async function insertResponses(db: Db, responses: readonly NewResponse[]): Promise<void> {
  await inTransaction(db, (trx) => insert(trx, responses));
}

async function insert(trx: Trx, responses: readonly NewResponse[]): Promise<void> {
  const rows = responses.map((response) => ({
    key: randomBytes(16).toString('hex'),
    survey: response.survey,
    version_hash: response.versionHash,
    information_version: response.informationVersion,
    consent_version: response.consentVersion,
    language: response.language,
    answers: JSON.stringify(response.submission.answers),
    filled: JSON.stringify(response.submission.filled),
    withdrawal_hash: response.withdrawalHash,
    week: response.week,
    origin: response.origin,
  }));
  // SQLite takes at most 32,766 values in a statement.
  for (let start = 0; start < rows.length; start += 1000) {
    await trx
      .insertInto('responses')
      .values(rows.slice(start, start + 1000))
      .execute();
  }
}

/** How many responses a survey has, and how many of them were made up by a program. */
export async function countResponses(db: Db, survey: string): Promise<{ total: number; simulated: number }> {
  const rows = await db
    .selectFrom('responses')
    .select((select) => ['origin', select.fn.countAll().as('n')])
    .where('survey', '=', survey)
    .groupBy('origin')
    .execute();
  const count = (kept: typeof rows) => kept.reduce((sum, row) => sum + Number(row.n), 0);
  return { total: count(rows), simulated: count(rows.filter((row) => row.origin === 'simulated')) };
}

/** How many drafts have not been sent yet. */
export async function countDrafts(db: Db, survey: string): Promise<number> {
  const { n } = await db
    .selectFrom('drafts')
    .select((select) => select.fn.countAll().as('n'))
    .where('survey', '=', survey)
    .executeTakeFirstOrThrow();
  return Number(n);
}

/** How many ended in each way (declined, not eligible, withdrawn), over all weeks. */
export async function listTallies(db: Db, survey: string): Promise<{ ending: string; n: number }[]> {
  const rows = await db
    .selectFrom('tallies')
    .select((select) => ['ending', select.fn.sum('n').as('n')])
    .where('survey', '=', survey)
    .groupBy('ending')
    .orderBy('ending')
    .execute();
  return rows.map(({ ending, n }) => ({ ending, n: Number(n) }));
}

export interface StoredSubmission extends Submission {
  readonly versionHash: string;
}

/** Every response of a survey, `size` at a time, in the order of their random keys: nobody's place tells when they came. */
export async function* responseBatches(db: Db, survey: string, size: number): AsyncGenerator<StoredSubmission[]> {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('responses')
      .select(['key', 'version_hash', 'answers', 'filled'])
      .where('survey', '=', survey)
      .where('key', '>', after)
      .orderBy('key')
      .limit(size)
      .execute();
    if (rows.length === 0) return;
    yield rows.map((row) => ({
      versionHash: row.version_hash,
      answers: answersJson.parse(JSON.parse(row.answers)),
      filled: filledJson.parse(JSON.parse(row.filled)),
    }));
    after = rows.at(-1)?.key ?? after;
  }
}

/** The withdrawal code that belongs to a return code. */
export function withdrawalCode(returnCode: string): string {
  return encodeCode(createHmac('sha256', returnCode).update('soundings withdrawal').digest().subarray(0, 16));
}

/** What the store keeps of a code. The codes are 128 random bits, so no salt and no slow hash is needed. */
function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
