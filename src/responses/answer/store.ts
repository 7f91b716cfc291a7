/** Drafts: answers that have not been sent. Each is found by the hash of its return code, see `../store.ts`. */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { getVersion } from '../../fieldwork/store.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import { type Journey, journeyOf } from '../../questionnaire/journey.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { encodeCode } from '../codes.ts';
import { type Agreement, answersJson, hashCode, tally } from '../store.ts';

type Db = Kysely<AnswersTables>;

export interface Draft extends Agreement {
  readonly answers: Answers;
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
async function findDraft(db: Db, survey: string, returnCode: string, week: string): Promise<Draft | undefined> {
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

/** Ends a draft where there is nothing to submit: it is deleted, and its ending counted. @returns whether there was one */
export async function endDraft(
  db: Db,
  survey: string,
  returnCode: string,
  ending: string,
  week: string,
): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('drafts')
      .where('token_hash', '=', hashCode(returnCode))
      .where('survey', '=', survey)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await tally(trx, survey, ending, week);
    return true;
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
