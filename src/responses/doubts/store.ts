/** The list of doubts, and what a person decides about them. */
import type { Kysely, Transaction } from 'kysely';
import { type Actor, mayUse } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { NotChanged } from '../../accounts/people/store.ts';
import { findAccount } from '../../accounts/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { type Decision, type Doubt, decisionCode, readDoubt, setAsideBy, showReference } from './doubt.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Somebody else decided about it since the page was made, or it stands on the list no more. Nothing was changed. */
export class DoubtChanged extends Error {
  override readonly name = 'DoubtChanged';
}

/**
 * Every doubt of a survey, in an order of chance that stays. Staff cannot sort them: by when they were sent, or when the
 * list took them in, would tell more of the order of arrival than the weeks that each names, and nothing else of them
 * has an order but references, which are chance too.
 */
export async function listDoubts(db: Db | Trx, survey: string): Promise<Doubt[]> {
  const rows = await db.selectFrom('doubts').selectAll().where('survey', '=', survey).orderBy('id').execute();
  return rows.map(readDoubt);
}

export async function findDoubt(db: Db | Trx, survey: string, id: string): Promise<Doubt | undefined> {
  const row = await db
    .selectFrom('doubts')
    .selectAll()
    .where('survey', '=', survey)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && readDoubt(row);
}

/**
 * Takes doubts off the list whose response was taken back, unless somebody took theirs back this week: an entry that goes
 * on a Tuesday would tell that somebody withdrew on Tuesday.
 * @param week the one that is not over
 */
export async function dropGone(db: Db, survey: string, week: string): Promise<void> {
  const withdrawn = await db
    .selectFrom('tallies')
    .select('n')
    .where('survey', '=', survey)
    .where('ending', '=', 'withdrawn')
    .where('week', '=', week)
    .executeTakeFirst();
  if (withdrawn) return;
  await inTransaction(db, async (trx) => {
    const there = trx.selectFrom('listed_responses').select('reference').where('survey', '=', survey);
    await trx
      .deleteFrom('doubts')
      .where('survey', '=', survey)
      .where((is) =>
        is.or([is('one', 'not in', there), is.and([is('other', 'is not', null), is('other', 'not in', there)])]),
      )
      .execute();
    // Whoever was set aside as the double of one that is gone is none any more.
    await bringInLine(trx, survey);
  });
}

interface Judgement {
  readonly survey: string;
  /** The doubt's. */
  readonly id: string;
  /** What the page showed on which it was decided. */
  readonly seen: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly by: Actor;
  readonly now: Date;
}

/**
 * Decides about a doubt, or decides anew. Which response is set aside is worked out from all that was decided, so that a
 * response stays aside while one decision wants it. Answers that were taken back meanwhile are not told of.
 * @throws DoubtChanged, NotChanged
 */
export async function decideDoubt(db: Db, judgement: Judgement): Promise<void> {
  const { survey, id, seen, decision, reason, by, now } = judgement;
  await inTransaction(db, async (trx) => {
    await refuseUnlessResearcher(trx, by, survey);
    const doubt = await findDoubt(trx, survey, id);
    if (!doubt || decisionCode(doubt) !== seen) throw new DoubtChanged();
    await trx.updateTable('doubts').set({ decision, reason, person: by.name }).where('id', '=', id).execute();
    await bringInLine(trx, survey);
    const both = [doubt.one, ...(doubt.other === null ? [] : [doubt.other])];
    const what = decision === 'kept' ? both : decision === 'one' ? both.slice(0, 1) : both.slice(1);
    const name = `${what.map(showReference).join(' and ')} of ${survey} (${reason})`;
    const object = { kind: 'survey', id: survey, name } as const;
    const action = decision === 'kept' ? 'answers_kept' : 'answers_set_aside';
    await recordDeed(trx, by, { action, object, about: { survey } }, now);
  });
}

/** Brings responses in line with all that was decided about them. */
async function bringInLine(trx: Trx, survey: string): Promise<void> {
  const aside = setAsideBy(await listDoubts(trx, survey));
  const rows = await trx.selectFrom('listed_responses').selectAll().where('survey', '=', survey).execute();
  const changed = rows.filter(({ reference, set_aside }) => aside.has(reference) !== (set_aside === 1));
  for (const { response, set_aside } of changed) {
    await trx
      .updateTable('listed_responses')
      .set({ set_aside: set_aside === 1 ? 0 : 1 })
      .where('response', '=', response)
      .execute();
  }
  if (changed.length === 0) return;
  // As for answers that are taken back: what was kept of all answers would still have these, or lack them.
  await trx.deleteFrom('snapshots').where('survey', '=', survey).execute();
}

/** Between the look at the session and this change, an admin may have ended these rights. @throws NotChanged */
async function refuseUnlessResearcher(trx: Trx, { id }: Actor, survey: string): Promise<void> {
  const account = id === null ? undefined : await findAccount(trx, id);
  if (account?.standing !== 'active' || !mayUse(account, 'researcher', survey)) {
    throw new NotChanged('Only a researcher of the survey can do that.');
  }
}
