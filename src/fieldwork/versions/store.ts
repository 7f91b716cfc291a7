/** Publishing: the version and its line in the audit in one transaction. */
import type { Kysely } from 'kysely';
import type { Actor } from '../../accounts/account.ts';
import { recordDeed } from '../../accounts/audit/store.ts';
import { NotChanged, refuseUnlessAdmin } from '../../accounts/people/store.ts';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { dayOf } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { dropDraftVersion } from '../drafts/store.ts';
import { fingerprintOf, type LiveSurvey, pinVersion } from '../store.ts';

type Db = Kysely<AnswersTables>;

/** Another version went live since the page was made on which somebody decided. Nothing was changed. */
export class LiveChanged extends Error {
  override readonly name = 'LiveChanged';
}

/**
 * Makes a checked file the live version of its survey; a draft that it was waits no more. The file that is live
 * already changes nothing.
 * @param seen the hash of the version that was live when it was decided; undefined of a new survey
 * @throws LiveChanged, VersionTaken, NotChanged where their rights have ended meanwhile, or the survey is in the archive
 */
export async function publishFile(
  db: Db,
  file: { readonly source: string; readonly survey: Survey },
  seen: string | undefined,
  by: Actor,
  now: Date,
): Promise<LiveSurvey> {
  const { survey: code, version } = file.survey.file;
  const hash = fingerprintOf(file.source);
  return inTransaction(db, async (trx) => {
    await refuseUnlessAdmin(trx, by);
    const before = await trx.selectFrom('surveys').selectAll().where('survey', '=', code).executeTakeFirst();
    if (before?.live_hash !== seen) throw new LiveChanged('Not published: another version went live meanwhile.');
    if (before && before.archived_on !== null) {
      throw new NotChanged(`${code} is in the archive. Take it out of there first.`);
    }
    const live = await pinVersion(trx, file, dayOf(now));
    if (before?.live_hash === hash) return live;
    await dropDraftVersion(trx, { survey: code, version }, hash);
    const object = { kind: 'survey', id: code, name: `version ${version} of ${code}` } as const;
    await recordDeed(trx, by, { action: 'survey_published', object, about: { survey: code } }, now);
    return live;
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
