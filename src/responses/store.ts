/**
 * Responses, what became of drafts, and the secrets of both; drafts themselves are in `answer/`. A respondent has two
 * secrets. The *return code* opens the draft: the browser's cookie and the code on the "save and come back" page are
 * the same 128 random bits. The *withdrawal code* is worked out from it, so that the same receipt can be shown again
 * after a double click or a lost reply. Nothing but their hashes is stored.
 */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { AnswersTables } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { getVersion } from '../fieldwork/store.ts';
import type { Answers } from '../questionnaire/answers.ts';
import type { Submission } from '../questionnaire/submission.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { encodeCode } from './codes.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/**
 * Answers as they are stored, in drafts and responses. Looked at without Zod's own records, which would take longer
 * than all that a snapshot does with an answer.
 */
export const answersJson = z.custom<Answers>(
  (value) => typeof value === 'object' && value !== null && Object.values(value).every(isAnswerOrBlank),
);

function isAnswerOrBlank(value: unknown): boolean {
  if (value === null || typeof value === 'string') return true;
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** What was agreed to, and in which words. */
export interface Agreement {
  readonly survey: string;
  readonly versionHash: string;
  readonly informationVersion: string;
  readonly consentVersion: string;
  readonly language: string;
}

export interface NewResponse extends Agreement {
  readonly submission: Submission;
  /** The hash of the withdrawal code; null for what was imported or simulated. */
  readonly withdrawalHash: string | null;
  readonly week: string;
  readonly origin: 'web' | 'import' | 'simulated';
}

/** Whether the draft with this return code has become a response that still stands. */
export async function isSubmitted(db: Db | Trx, survey: string, returnCode: string): Promise<boolean> {
  return (await findSentVersion(db, survey, withdrawalCode(returnCode))) !== undefined;
}

/** The version under which the response with this withdrawal code was given; undefined where there is no such response. */
export async function findSentVersion(db: Db | Trx, survey: string, code: string): Promise<Survey | undefined> {
  const row = await db
    .selectFrom('responses')
    .select('version_hash')
    .where('survey', '=', survey)
    .where('withdrawal_hash', '=', hashCode(code))
    .executeTakeFirst();
  return row && getVersion(db, row.version_hash);
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
    // Their answers are in every snapshot that was kept, in a row that nobody can find any more. What was released from
    // these holds its own figures.
    await trx.deleteFrom('snapshots').where('survey', '=', survey).execute();
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

/** Adds responses that did not come from a draft, all or none. */
export async function insertResponses(db: Db, responses: readonly NewResponse[]): Promise<void> {
  await inTransaction(db, (trx) => insert(trx, responses));
}

/** Adds responses inside a transaction. */
export async function insert(trx: Trx, responses: readonly NewResponse[]): Promise<void> {
  await insertRows(trx, responses.map(rowOf));
}

/** How many responses are put in the order of their keys at a time; five times as many took over 700 MB. */
const RUN = 10_000;
const BATCH = 2000;

/**
 * Adds any number of responses that did not come from a draft, some thousand in a transaction, so that respondents can
 * go on meanwhile. Random keys scatter them over the whole file: in the order that they come, each would write a page
 * of 16 KB of its own. In the order of their keys many share a page.
 * @returns how many
 */
export async function insertMany(db: Db, responses: AsyncIterable<NewResponse>): Promise<number> {
  let stored = 0;
  let run: ResponseRow[] = [];
  const store = async () => {
    run.sort((one, other) => (one.key < other.key ? -1 : 1));
    for (let start = 0; start < run.length; start += BATCH) {
      await inTransaction(db, (trx) => insertRows(trx, run.slice(start, start + BATCH)));
    }
    stored += run.length;
    run = [];
  };
  for await (const response of responses) {
    run.push(rowOf(response));
    if (run.length === RUN) await store();
  }
  await store();
  return stored;
}

type ResponseRow = AnswersTables['responses'];

/** A response as it is stored, under a key of its own. */
function rowOf(response: NewResponse): ResponseRow {
  return {
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
  };
}

async function insertRows(trx: Trx, rows: readonly ResponseRow[]): Promise<void> {
  // SQLite takes at most 32,766 values in a statement.
  for (let start = 0; start < rows.length; start += 1000) {
    await trx
      .insertInto('responses')
      .values(rows.slice(start, start + 1000))
      .execute();
  }
}

/** How many responses a survey has, how many of them are made up, and how many came from a file. */
export async function countResponses(
  db: Db,
  survey: string,
): Promise<{ total: number; simulated: number; imported: number }> {
  const rows = await db
    .selectFrom('responses')
    .select((select) => ['origin', select.fn.countAll().as('n')])
    .where('survey', '=', survey)
    .groupBy('origin')
    .execute();
  const count = (kept: typeof rows) => kept.reduce((sum, row) => sum + Number(row.n), 0);
  const of = (origin: NewResponse['origin']) => count(rows.filter((row) => row.origin === origin));
  return { total: count(rows), simulated: of('simulated'), imported: of('import') };
}

/** Whether some responses of a survey were made up by a program. */
export async function holdsSimulated(db: Db, survey: string): Promise<boolean> {
  const row = await db
    .selectFrom('responses')
    .select('origin')
    .where('survey', '=', survey)
    .where('origin', '=', 'simulated')
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
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

export interface StoredAnswers {
  readonly versionHash: string;
  readonly answers: Answers;
}

/**
 * Every response of a survey that counts, in the order of their random keys: nobody's place tells when they came. What a
 * person has set aside does not count. One is made of its text when its turn comes: many made at once outlive what is
 * cleared away often, and pile up.
 * @param atATime how many are fetched from the store together
 */
export async function* readResponses(db: Db, survey: string, atATime: number): AsyncGenerator<StoredAnswers> {
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom('responses')
      .select(['key', 'version_hash', 'answers'])
      .where('survey', '=', survey)
      .where('key', '>', after)
      .where('key', 'not in', (select) =>
        select
          .selectFrom('listed_responses')
          .select('response')
          .where('survey', '=', survey)
          .where('set_aside', '=', 1),
      )
      .orderBy('key')
      .limit(atATime)
      .execute();
    if (rows.length === 0) return;
    for (const row of rows)
      yield { versionHash: row.version_hash, answers: answersJson.parse(JSON.parse(row.answers)) };
    after = rows.at(-1)?.key ?? after;
  }
}

/** The withdrawal code that belongs to a return code. */
export function withdrawalCode(returnCode: string): string {
  return encodeCode(createHmac('sha256', returnCode).update('soundings withdrawal').digest().subarray(0, 16));
}

/** What the store keeps of a code. The codes are 128 random bits, so no salt and no slow hash is needed. */
export function hashCode(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
