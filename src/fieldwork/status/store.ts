/** Closing a survey and opening it again, by somebody who is signed in: each with its line in the audit. */
import type { Kysely, Transaction } from 'kysely';
import type { Staff } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { refuseUnlessAdmin } from '../../accounts/people/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { showDay } from '../days.ts';
import type { LiveSurvey } from '../store.ts';
import type { Closing } from './closing-form.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Somebody else changed where the survey stands since the page was made. Nothing was changed. */
export class StandingChanged extends Error {
  override readonly name = 'StandingChanged';
}

/** Where a survey stands, as one text: to be posted with a decision and compared with what is so by then. */
export const standingCode = ({ hash, status, lastDay }: Pick<LiveSurvey, 'hash' | 'status' | 'lastDay'>): string =>
  [hash, status, lastDay ?? '-'].join(' ');

interface Decision {
  /** The survey's code. */
  readonly code: string;
  /** What the page showed on which it was decided. */
  readonly seen: string;
  readonly by: Staff;
  readonly now: Date;
}

/** Closes a survey at once, or gives it a last day. @throws StandingChanged, NotChanged */
export async function closeSurvey(db: Db, decision: Decision, { lastDay }: Closing): Promise<void> {
  const { code } = decision;
  if (lastDay === null) return decide(db, decision, { status: 'closed' }, 'survey_closed', code);
  const name = `${code} at the end of ${showDay(lastDay)}`;
  await decide(db, decision, { last_day: lastDay }, 'survey_closing', name);
}

/** Opens a survey again, without a last day of the team's. @throws StandingChanged, NotChanged */
export async function reopenSurvey(db: Db, decision: Decision): Promise<void> {
  await decide(db, decision, { status: 'open', last_day: null }, 'survey_reopened', decision.code);
}

async function decide(
  db: Db,
  { code, seen, by, now }: Decision,
  change: Partial<Pick<AnswersTables['surveys'], 'status' | 'last_day'>>,
  action: Action,
  name: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await refuseUnlessAdmin(trx, by);
    await refuseIfChanged(trx, code, seen);
    await trx.updateTable('surveys').set(change).where('survey', '=', code).execute();
    await recordDeed(trx, by, { action, object: { kind: 'survey', id: code, name }, about: { survey: code } }, now);
  });
}

async function refuseIfChanged(trx: Trx, code: string, seen: string): Promise<void> {
  const { live_hash, status, last_day } = await trx
    .selectFrom('surveys')
    .selectAll()
    .where('survey', '=', code)
    .executeTakeFirstOrThrow();
  if (standingCode({ hash: live_hash, status, lastDay: last_day }) !== seen) throw new StandingChanged();
}
