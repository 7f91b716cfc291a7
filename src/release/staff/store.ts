import type { Kysely } from 'kysely';
import { type Actor, mayUse, type Staff } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { findAccount } from '../../accounts/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { dayOf } from '../../fieldwork/days.ts';
import { NotDecided } from '../ledger/ledger.ts';
import { recordDecision } from '../ledger/store.ts';
import { DEED, decideAs, type Verb, WHO } from './decisions.ts';

type Db = Kysely<AnswersTables>;

/** A release by its survey and number. */
interface ReleaseName {
  readonly survey: string;
  readonly number: number;
}

/** A release as the audit knows it. */
export const thingOf = ({ survey, number }: ReleaseName) =>
  ({ kind: 'release', id: `${survey}/${number}`, name: `release ${number} of ${survey}` }) as const;

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
  { verb, reason }: { readonly verb: Verb; readonly reason: string },
  by: Staff,
  now: Date,
): Promise<void> {
  await recordDecision(
    db,
    survey,
    dayOf(now),
    (ledger) => decideAs(verb, ledger, number, by.name, reason),
    async (trx) => {
      // Rights may have been taken between the guard at the door and this transaction.
      const account = await findAccount(trx, by.id);
      if (account?.standing !== 'active' || !mayUse(account, WHO[verb], survey)) {
        throw new NotDecided('You may not decide about releases of this survey any more.');
      }
      await recordDeed(trx, by, { action: DEED[verb], object: thingOf({ survey, number }), about: { survey } }, now);
    },
  );
}
