/** The list of doubts, and what a person decides about them. */
import type { Kysely, Transaction } from 'kysely';
import { type Actor, mayUse } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { NotChanged } from '../../accounts/people/store.ts';
import { findAccount } from '../../accounts/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { type Decision, type Doubt, decisionCode, readDoubt } from './doubt.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Somebody else decided about it since the page was made, or it stands on the list no more. Nothing was changed. */
export class DoubtChanged extends Error {
  override readonly name = 'DoubtChanged';
}

/** Every doubt of a survey, in an order of chance that stays. */
export async function listDoubts(db: Db, survey: string): Promise<Doubt[]> {
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
  const there = db.selectFrom('listed_responses').select('reference').where('survey', '=', survey);
  await db
    .deleteFrom('doubts')
    .where('survey', '=', survey)
    .where((is) =>
      is.or([is('one', 'not in', there), is.and([is('other', 'is not', null), is('other', 'not in', there)])]),
    )
    .execute();
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
    await setAside(trx, survey, [doubt.one, doubt.other]);
    const both = doubt.other === null ? doubt.one : `${doubt.one} and ${doubt.other}`;
    const what = decision === 'kept' ? both : decision === 'one' ? doubt.one : doubt.other;
    const object = { kind: 'survey', id: survey, name: `${what} of ${survey} (${reason})` } as const;
    const action = decision === 'kept' ? 'answers_kept' : 'answers_set_aside';
    await recordDeed(trx, by, { action, object, about: { survey } }, now);
  });
}

/** Brings responses in line with all that was decided about them. */
async function setAside(trx: Trx, survey: string, references: readonly (string | null)[]): Promise<void> {
  for (const reference of references) {
    if (reference === null) continue;
    const aside = await trx
      .selectFrom('doubts')
      .select('id')
      .where('survey', '=', survey)
      .where((is) =>
        is.or([
          is.and([is('one', '=', reference), is('decision', '=', 'one')]),
          is.and([is('other', '=', reference), is('decision', '=', 'other')]),
        ]),
      )
      .executeTakeFirst();
    await trx
      .updateTable('listed_responses')
      .set({ set_aside: aside ? 1 : 0 })
      .where('reference', '=', reference)
      .execute();
  }
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
