/** Sending a draft. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { findSubmission } from '../../questionnaire/submission.ts';
import { findVisit } from '../answer/store.ts';
import { answersJson, hashCode, insert, isSubmitted, withdrawalCode } from '../store.ts';

export type Submitted = 'submitted' | 'not complete' | 'no draft';

/**
 * Submits a draft: the answers on its path become a response and the draft is gone, in one transaction. However often
 * it is asked, one response stands: the second time the draft is gone and its response is found by the withdrawal code.
 */
export async function submitDraft(
  db: Kysely<AnswersTables>,
  survey: string,
  returnCode: string,
  week: string,
): Promise<Submitted> {
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
