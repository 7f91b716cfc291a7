/** How many people there are, exactly: what figures are made from, and what the server's own command prints. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../../db/tables.ts';
import { getVersion } from '../../../fieldwork/store.ts';
import type { Answers } from '../../../questionnaire/answers.ts';
import type { Survey } from '../../../questionnaire/survey.ts';
import { countLeft } from '../../leaving/store.ts';
import { pause } from '../../pause.ts';
import { answersJson } from '../../store.ts';
import { type Flow, sumOf } from '../counts.ts';
import { pagesAsked, stageOf, standOf } from '../stage.ts';

type Db = Kysely<AnswersTables>;
export type Counts = Record<string, number>;

/**
 * How many there are of each flow up to the end of a week, exactly: for the next count and for whoever works on the
 * server. Who began is everybody who was asked on, and has sent, left, or still has a draft, which is counted as it is
 * now; not those who turned out to be no part of the study.
 */
export async function countTotals(db: Db, survey: string, week: string): Promise<Record<Flow, number>> {
  const { sent } = await db
    .selectFrom('responses')
    .select((select) => select.fn.countAll().as('sent'))
    .where('survey', '=', survey)
    .where('week', '<=', week)
    .executeTakeFirstOrThrow();
  const { open } = await db
    .selectFrom('drafts')
    .select((select) => select.fn.countAll().as('open'))
    .where('survey', '=', survey)
    .executeTakeFirstOrThrow();
  const { stages } = await countLeft(db, survey, week);
  const endings = await db
    .selectFrom('tallies')
    .select((select) => ['ending', select.fn.sum('n').as('n')])
    .where('survey', '=', survey)
    .where('week', '<=', week)
    .groupBy('ending')
    .execute();
  const left = sumOf(stages);
  const withdrawn = Number(endings.find(({ ending }) => ending === 'withdrawn')?.n ?? 0);
  return { begun: Number(sent) + Number(open) + left + withdrawn, sent: Number(sent), left, withdrawn };
}

/** How many sent, left and withdrew in each week, exactly. */
export async function countByWeek(db: Db, survey: string) {
  const sent = await db
    .selectFrom('responses')
    .select((select) => ['week', select.fn.countAll().as('n')])
    .where('survey', '=', survey)
    .groupBy('week')
    .execute();
  const left = await db
    .selectFrom('left_drafts')
    .select((select) => ['week', select.fn.sum('n').as('n')])
    .where('survey', '=', survey)
    .groupBy('week')
    .execute();
  const withdrawn = await db
    .selectFrom('tallies')
    .select(['week', 'n'])
    .where('survey', '=', survey)
    .where('ending', '=', 'withdrawn')
    .execute();
  const weeks = new Set([sent, left, withdrawn].flatMap((rows) => rows.map(({ week }) => week)));
  const nIn = (rows: readonly { week: string; n: number | string | bigint }[], week: string) =>
    Number(rows.find((row) => row.week === week)?.n ?? 0);
  return [...weeks].sort().map((week) => ({
    week,
    sent: nIn(sent, week),
    left: nIn(left, week),
    withdrawn: nIn(withdrawn, week),
  }));
}

/** The responses up to the end of a week by stage, and how many were asked each page. */
export async function countSent(db: Db, survey: string, week: string): Promise<{ stages: Counts; saw: Counts }> {
  const [stages, saw]: [Counts, Counts] = [{}, {}];
  for await (const batch of sentBatches(db, survey, week)) {
    for (const { survey: asked, answers, filled } of batch) {
      count(stages, stageOf(asked, answers));
      for (const page of pagesAsked(asked, answers, filled)) count(saw, page);
    }
  }
  return { stages, saw };
}

/** The drafts by stage, as far as it is known. */
export async function countOpen(db: Db, survey: string): Promise<Counts> {
  const stages: Counts = {};
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('drafts')
      .select(['token_hash', 'version_hash', 'answers'])
      .where('survey', '=', survey)
      .where('token_hash', '>', after)
      .orderBy('token_hash')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      const version = await getVersion(db, row.version_hash);
      count(stages, standOf(version, answersJson.parse(JSON.parse(row.answers))).stage);
    }
    if (rows.length < BATCH) return stages;
    after = rows.at(-1)?.token_hash ?? after;
    await pause();
  }
}

function count(counts: Counts, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

/** Few enough that whoever answers meanwhile waits some milliseconds at most. */
const BATCH = 50;

interface SentResponse {
  readonly key: string;
  /** The version that was answered. */
  readonly survey: Survey;
  readonly week: string;
  readonly answers: Answers;
  readonly filled: readonly string[];
}

/** Every response up to the end of a week, in the order of their random keys, with a pause after each few. */
export async function* sentBatches(db: Db, survey: string, week: string): AsyncGenerator<SentResponse[]> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('responses')
      .select(['key', 'version_hash', 'week', 'answers', 'filled'])
      .where('survey', '=', survey)
      .where('key', '>', after)
      .orderBy('key')
      .limit(BATCH)
      .execute();
    const batch: SentResponse[] = [];
    for (const row of rows) {
      if (row.week > week) continue;
      batch.push({
        key: row.key,
        survey: await getVersion(db, row.version_hash),
        week: row.week,
        answers: answersJson.parse(JSON.parse(row.answers)),
        filled: JSON.parse(row.filled),
      });
    }
    yield batch;
    if (rows.length < BATCH) return;
    after = rows.at(-1)?.key ?? after;
    await pause();
  }
}
