/** Drafts that come to nothing: they expire, or whoever began them gives them up. What stays are counts by week. */
import type { Kysely, Transaction } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { inTransaction } from '../../db/transaction.ts';
import { getVersion } from '../../fieldwork/store.ts';
import { REST } from '../fieldwork/counts.ts';
import { type Stand, standOf } from '../fieldwork/stage.ts';
import { pause } from '../pause.ts';
import { answersJson, hashCode } from '../store.ts';

type Db = Kysely<AnswersTables>;
type Trx = Transaction<AnswersTables>;

/** Few enough that a respondent who sends meanwhile hardly waits. */
const BATCH = 100;

const KEPT = ['token_hash', 'survey', 'version_hash', 'answers', 'expires_week'] as const;
type Row = Pick<AnswersTables['drafts'], (typeof KEPT)[number]>;

/** Deletes drafts past their week, each counted in the last week that it was kept. @returns how many */
export async function expireDrafts(db: Db, week: string): Promise<number> {
  for (let expired = 0; ; ) {
    const gone = await inTransaction(db, async (trx) => {
      const rows = await trx.selectFrom('drafts').select(KEPT).where('expires_week', '<', week).limit(BATCH).execute();
      for (const row of rows) await expire(trx, row);
      return rows.length;
    });
    expired += gone;
    if (gone < BATCH) return expired;
    await pause();
  }
}

/**
 * Throws a draft away because who began it wants it gone. They are counted, and nothing else: at which stage they were is
 * what they answered. @returns whether there was one
 */
export async function giveUpDraft(db: Db, survey: string, returnCode: string, week: string): Promise<boolean> {
  return inTransaction(db, async (trx) => {
    const { numDeletedRows } = await trx
      .deleteFrom('drafts')
      .where('token_hash', '=', hashCode(returnCode))
      .where('survey', '=', survey)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await countStand(trx, survey, week, { stage: REST, pages: [] });
    return true;
  });
}

async function expire(trx: Trx, { token_hash, survey, version_hash, answers, expires_week }: Row): Promise<void> {
  const stand = standOf(await getVersion(trx, version_hash), answersJson.parse(JSON.parse(answers)));
  await trx.deleteFrom('drafts').where('token_hash', '=', token_hash).execute();
  await countStand(trx, survey, expires_week, stand);
}

async function countStand(trx: Trx, survey: string, week: string, { stage, pages }: Stand): Promise<void> {
  await trx
    .insertInto('left_drafts')
    .values({ survey, week, stage, n: 1 })
    .onConflict((conflict) =>
      conflict.columns(['survey', 'week', 'stage']).doUpdateSet((set) => ({ n: set('left_drafts.n', '+', 1) })),
    )
    .execute();
  for (const [index, page] of pages.entries()) {
    const stopped = index === 0 ? 1 : 0;
    await trx
      .insertInto('left_pages')
      .values({ survey, week, page, saw: 1, stopped })
      .onConflict((conflict) =>
        conflict.columns(['survey', 'week', 'page']).doUpdateSet((set) => ({
          saw: set('left_pages.saw', '+', 1),
          stopped: set('left_pages.stopped', '+', stopped),
        })),
      )
      .execute();
  }
}

/** Those who left up to the end of a week: by stage, and by page how many came to it and how many no further. */
export async function countLeft(db: Db, survey: string, week: string) {
  const stages = await db
    .selectFrom('left_drafts')
    .select((select) => ['stage', select.fn.sum('n').as('n')])
    .where('survey', '=', survey)
    .where('week', '<=', week)
    .groupBy('stage')
    .execute();
  const pages = await db
    .selectFrom('left_pages')
    .select((select) => ['page', select.fn.sum('saw').as('saw'), select.fn.sum('stopped').as('stopped')])
    .where('survey', '=', survey)
    .where('week', '<=', week)
    .groupBy('page')
    .execute();
  return {
    stages: Object.fromEntries(stages.map(({ stage, n }) => [stage, Number(n)])),
    saw: Object.fromEntries(pages.map(({ page, saw }) => [page, Number(saw)])),
    stopped: Object.fromEntries(pages.map(({ page, stopped }) => [page, Number(stopped)])),
  };
}
