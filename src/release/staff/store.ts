import type { Kysely, Transaction } from 'kysely';
import { type Actor, mayUse, type Staff, type StaffWho } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { findAccount, listAccounts } from '../../accounts/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { dayOf } from '../../questionnaire/days.ts';
import { DEED, type ReleaseName, thingOf } from '../ledger/deeds.ts';
import { NotDecided } from '../ledger/ledger.ts';
import { recordDecision } from '../ledger/store.ts';
import { decideAs, isAlone, type Verb, WHO } from './decisions.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Whether somebody may still do it: rights may have been taken between the guard at the door and this transaction. */
export async function mayStill(trx: Trx, by: Staff, who: StaffWho, survey: string): Promise<boolean> {
  const account = await findAccount(trx, by.id);
  return account?.standing === 'active' && mayUse(account, who, survey);
}

/** Writes down who takes a release's files, before they go out: none leaves without its line. */
export async function recordDownload(db: Db, release: ReleaseName, by: Actor, now: Date): Promise<void> {
  const about = { survey: release.survey };
  await inTransaction(db, (trx) =>
    recordDeed(trx, by, { action: 'release_taken', object: thingOf(release), about }, now),
  );
}

/**
 * Decides about a release: the ledger's line and the audit's stand together or not at all.
 * @throws NotDecided where it cannot be decided so, or not by them, as things stand at that moment
 */
export async function decide(
  db: Db,
  { survey, number }: ReleaseName,
  { verb, reason, alone }: { readonly verb: Verb; readonly reason: string; readonly alone: boolean },
  by: Staff,
  now: Date,
): Promise<void> {
  await recordDecision(
    db,
    survey,
    dayOf(now),
    (ledger) => decideAs(verb, ledger, number, by, { reason, alone }),
    async (trx, { event }) => {
      if (!(await mayStill(trx, by, WHO[verb], survey)))
        throw new NotDecided('You may not decide about releases of this survey any more.');
      if (alone && !isAlone(by, survey, await listAccounts(trx)))
        throw new NotDecided('Somebody else has a part in this survey by now, so you are not alone: ask them.');
      await recordDeed(trx, by, { action: DEED[event], object: thingOf({ survey, number }), about: { survey } }, now);
    },
  );
}
