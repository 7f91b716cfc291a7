/** Counting fieldwork, once a week and in the background. What pages show is what was written down then. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import { getVersion } from '../../fieldwork/store.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { countLeft } from '../leaving/store.ts';
import { answersJson } from '../store.ts';
import {
  type Exact,
  FLOWS,
  type Flow,
  isDue,
  NOTHING,
  REST,
  readShown,
  type Shown,
  showAnew,
  showPages,
} from './counts.ts';
import { pagesAsked, stageOf, standOf } from './stage.ts';
import type { Counted } from './view.ts';

type Db = Kysely<AnswersTables>;

/** Every change of what was shown of a survey, the oldest first. */
export async function listCounts(db: Db, survey: string): Promise<Counted[]> {
  const rows = await db
    .selectFrom('fieldwork_counts')
    .select(['flow', 'week', 'shown'])
    .where('survey', '=', survey)
    .orderBy('week')
    .execute();
  const before = new Map<Flow, string>(FLOWS.map((flow) => [flow, JSON.stringify(NOTHING)]));
  return rows.flatMap(({ flow, week, shown }) => {
    if (before.get(flow) === shown) return [];
    before.set(flow, shown);
    return [{ flow, week, shown: readShown(shown) }];
  });
}

/**
 * Closes a week: counts anew what enough have come of since the last count, and writes down for everything else that it stays.
 * A week is closed once, because drafts have no week of their own: a later look would count whoever began since.
 * @param week the last week that is over @returns what was counted anew
 */
export async function countWeek(db: Db, live: Survey, week: string): Promise<Flow[]> {
  const { survey } = live.file;
  const last = await findLast(db, survey);
  if ((last.begun?.week ?? '') >= week) return [];
  const totals = await countTotals(db, survey, week);
  const due = FLOWS.filter((flow) => isDue(totals[flow], last[flow]?.n));
  const parts = await countParts(db, live, week, totals, due);
  const rows = FLOWS.map((flow) => {
    const { n = 0, shown = NOTHING } = last[flow] ?? {};
    const anew = due.includes(flow) ? { n: totals[flow], shown: showFlow(parts[flow], shown) } : { n, shown };
    return { survey, flow, week, n: anew.n, shown: JSON.stringify(anew.shown) };
  });
  await db.insertInto('fieldwork_counts').values(rows).execute();
  return due;
}

function showFlow({ stopped, saw, ...exact }: Parts[Flow], before: Shown): Shown {
  const figures = showAnew(exact, before);
  if (!stopped || !saw) return { total: figures.total, parts: figures.parts };
  const pages = showPages(stopped, before.pages);
  return { total: figures.total, parts: figures.parts, pages, saw: showSaw(saw, pages.parts, before.saw) };
}

/** How many came to each page that is named. */
function showSaw(saw: Counts, named: Counts, before: Counts = {}): Counts {
  const pages = Object.keys(named).filter((page) => page !== REST);
  return showAnew(
    { total: 0, parts: Object.fromEntries(pages.map((page) => [page, saw[page] ?? 0])) },
    { total: 0, parts: before },
  ).parts;
}

type Counts = Record<string, number>;
type Last = Partial<Record<Flow, { readonly week: string; readonly n: number; readonly shown: Shown }>>;

async function findLast(db: Db, survey: string): Promise<Last> {
  const rows = await db
    .selectFrom('fieldwork_counts')
    .select(['flow', 'week', 'n', 'shown'])
    .where('survey', '=', survey)
    .orderBy('week')
    .execute();
  return Object.fromEntries(rows.map(({ flow, shown, ...row }) => [flow, { ...row, shown: readShown(shown) }]));
}

/**
 * How many there are of each flow up to the end of a week, exactly: for the next count and for whoever works on the
 * server. Who began is everybody who was asked on, and has sent, left, or still has a draft, which is counted as it is
 * now; not those who turned out to be no part of the study.
 */
async function countTotals(db: Db, survey: string, week: string): Promise<Record<Flow, number>> {
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
  const left = sumOf(Object.values(stages));
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

const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, n) => sum + n, 0);

type Parts = Record<Flow, Exact & { readonly stopped?: Counts; readonly saw?: Counts }>;

async function countParts(
  db: Db,
  live: Survey,
  week: string,
  totals: Readonly<Record<Flow, number>>,
  due: readonly Flow[],
): Promise<Parts> {
  const { survey } = live.file;
  const left = await countLeft(db, survey, week);
  const sent = due.some((flow) => flow !== 'withdrawn') ? await countSent(db, survey, week) : { stages: {}, saw: {} };
  const open = due.includes('begun') ? await countOpen(db, survey) : {};
  // Of each stage that the rule has, those also where nobody is: what is missing would tell as much.
  const stages = live.file.stageRule?.gives[0]?.values.map(({ code }) => code) ?? [];
  const byStage = (counts: readonly Counts[]) =>
    Object.fromEntries(stages.map((stage) => [stage, sumOf(counts.map((each) => each[stage] ?? 0))]));
  const whole = (counts: Counts, total: number): Exact => {
    const parts = byStage([counts]);
    return { total, parts: stages.length === 0 ? {} : { ...parts, [REST]: total - sumOf(Object.values(parts)) } };
  };
  return {
    begun: { total: totals.begun, parts: byStage([sent.stages, open, left.stages]) },
    sent: whole(sent.stages, totals.sent),
    left: { ...whole(left.stages, totals.left), stopped: left.stopped, saw: added(left.saw, sent.saw) },
    withdrawn: { total: totals.withdrawn, parts: {} },
  };
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
    await breathe();
  }
}

function count(counts: Counts, what: string): void {
  counts[what] = (counts[what] ?? 0) + 1;
}

function added(one: Counts, other: Counts): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}

/** Few enough that whoever answers meanwhile waits some milliseconds at most. */
const BATCH = 50;

/** Lets everybody else have their turn. */
export const breathe = () => new Promise((resolve) => setImmediate(resolve));

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
    await breathe();
  }
}
