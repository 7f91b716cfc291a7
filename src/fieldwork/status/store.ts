/** What an admin decides about a survey as a whole: closing it, opening it again, the archive. Each with its line in the audit. */
import type { Kysely } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import type { Action } from '../../accounts/audit/audit.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { NotChanged, refuseUnlessAdmin } from '../../accounts/people/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { dayOf, showDay } from '../../questionnaire/days.ts';
import { type LiveSurvey, standingIn } from '../store.ts';
import type { Closing } from './closing-form.ts';

type Db = Kysely<AnswersTables>;

/** Somebody else changed where the survey stands since the page was made. Nothing was changed. */
export class StandingChanged extends Error {
  override readonly name = 'StandingChanged';
}

/** Where a survey stands, as one text: to be posted with a decision and compared with what is so by then. */
export const standingCode = ({ hash, status, lastDay, lastBegin, archivedOn }: Omit<LiveSurvey, 'survey'>): string =>
  [hash, status, lastDay ?? '-', lastBegin ?? '-', archivedOn ?? '-'].join(' ');

export interface Decision {
  /** The survey's code. */
  readonly code: string;
  /** What the page showed on which it was decided; left out at the command line, which shows none. */
  readonly seen?: string;
  readonly by: Actor;
  readonly now: Date;
}

/**
 * Closes a survey at once, or gives it a last day, and perhaps one for beginning before that.
 * @throws StandingChanged, NotChanged
 */
export async function closeSurvey(db: Db, decision: Decision, { lastDay, lastBegin }: Closing): Promise<void> {
  const { code } = decision;
  if (lastDay === null) return decide(db, decision, { status: 'closed' }, 'survey_closed', code);
  const change = { last_day: lastDay, last_begin: lastBegin };
  const end = `${code} at the end of ${showDay(lastDay)}`;
  const name = lastBegin === null ? end : `${end}, and for whoever has not begun after ${showDay(lastBegin)}`;
  await decide(db, decision, change, 'survey_closing', name);
}

/** Opens a survey again, without a last day of the team's. @throws StandingChanged, NotChanged */
export async function reopenSurvey(db: Db, decision: Decision): Promise<void> {
  const change = { status: 'open', last_day: null, last_begin: null } as const;
  await decide(db, decision, change, 'survey_reopened', decision.code);
}

/** Puts a survey that is closed into the archive. @throws StandingChanged, NotChanged */
export async function archiveSurvey(db: Db, decision: Decision): Promise<void> {
  await decide(db, decision, { archived_on: dayOf(decision.now) }, 'survey_archived', decision.code);
}

/** Takes it out again: it is closed as it was. @throws StandingChanged, NotChanged */
export async function unarchiveSurvey(db: Db, decision: Decision): Promise<void> {
  await decide(db, decision, { archived_on: null }, 'survey_unarchived', decision.code);
}

async function decide(
  db: Db,
  { code, seen, by, now }: Decision,
  change: Partial<Omit<AnswersTables['surveys'], 'survey' | 'live_hash'>>,
  action: Action,
  name: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    await refuseUnlessAdmin(trx, by);
    const row = await trx.selectFrom('surveys').selectAll().where('survey', '=', code).executeTakeFirstOrThrow();
    if (seen !== undefined && standingCode(standingIn(row)) !== seen) throw new StandingChanged();
    if (row.archived_on !== null && change.archived_on === undefined) {
      throw new NotChanged(`${code} is in the archive. Take it out of there first.`);
    }
    // It stands so already: a button pressed twice, or a command given again.
    if (JSON.stringify({ ...row, ...change }) === JSON.stringify(row)) return;
    await trx.updateTable('surveys').set(change).where('survey', '=', code).execute();
    await recordDeed(trx, by, { action, object: { kind: 'survey', id: code, name }, about: { survey: code } }, now);
  });
}
