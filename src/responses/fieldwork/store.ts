/** Counting fieldwork, once a week and in the background. What pages show is what was written down then. */
import type { Kysely } from 'kysely';
import type { AnswersTables } from '../../db/tables.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { countLeft } from '../leaving/store.ts';
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
  showParts,
  sumOf,
} from './counts.ts';
import { type Counts, countOpen, countSent, countTotals } from './people/store.ts';
import type { Counted } from './view.ts';

type Db = Kysely<AnswersTables>;

/** The last week that was closed; undefined before the first. */
export async function findClosedWeek(db: Db, survey: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('fieldwork_counts')
    .select((select) => select.fn.max('week').as('week'))
    .where('survey', '=', survey)
    .executeTakeFirst();
  return row?.week ?? undefined;
}

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
function showSaw(saw: Counts, named: Counts, before: Counts | undefined): Counts {
  const pages = Object.keys(named).filter((page) => page !== REST);
  return showParts(Object.fromEntries(pages.map((page) => [page, saw[page] ?? 0])), before);
}

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

function added(one: Counts, other: Counts): Counts {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));
}
