/** Publishing by somebody who is signed in: the version and its line in the audit in one transaction. */
import type { Kysely } from 'kysely';
import type { Staff } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { refuseUnlessAdmin } from '../../accounts/people/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { dayOf } from '../days.ts';
import { pinVersion } from '../store.ts';

type Db = Kysely<AnswersTables>;

/** Another version went live since the page was made on which somebody decided. Nothing was changed. */
export class LiveChanged extends Error {
  override readonly name = 'LiveChanged';
}

/**
 * Makes a checked file the live version of its survey.
 * @param seen the hash of the version that was live when the changes were shown; undefined of a new survey
 * @throws LiveChanged, VersionTaken, NotChanged where their rights have ended meanwhile
 */
export async function publishFile(
  db: Db,
  file: { readonly source: string; readonly survey: Survey },
  seen: string | undefined,
  by: Staff,
  now: Date,
): Promise<void> {
  const { survey: code, version } = file.survey.file;
  await inTransaction(db, async (trx) => {
    await refuseUnlessAdmin(trx, by);
    const live = await trx.selectFrom('surveys').select('live_hash').where('survey', '=', code).executeTakeFirst();
    if (live?.live_hash !== seen) throw new LiveChanged();
    await pinVersion(trx, file, dayOf(now));
    const object = { kind: 'survey', id: code, name: `version ${version} of ${code}` } as const;
    await recordDeed(trx, by, { action: 'survey_published', object, about: { survey: code } }, now);
  });
}

/** How many people have answered under each version of a survey, and have begun and not sent. */
export async function countByVersion(db: Db, code: string): Promise<ReadonlyMap<string, People>> {
  const people = new Map<string, People>();
  for (const [key, table] of [
    ['sent', 'responses'],
    ['begun', 'drafts'],
  ] as const) {
    const rows = await db
      .selectFrom(table)
      .select((select) => ['version_hash', select.fn.countAll().as('n')])
      .where('survey', '=', code)
      .groupBy('version_hash')
      .execute();
    for (const { version_hash, n } of rows)
      people.set(version_hash, { ...(people.get(version_hash) ?? { sent: 0, begun: 0 }), [key]: Number(n) });
  }
  return people;
}

interface People {
  readonly sent: number;
  readonly begun: number;
}
