import type { Kysely } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';

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
