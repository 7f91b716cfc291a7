/**
 * Somebody of the team who looks every hour and keeps every page (R2, and adversary (d) of the disclosure rules). They
 * learn from no page that one person came, at which stage that person is, or that one withdrew.
 */
import { expect, test } from 'vitest';
import { stepOf } from '../../../src/fieldwork/steps.ts';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { loadSolver } from '../../../src/release/tables/protection/solver.ts';
import { dropGone } from '../../../src/responses/doubts/store.ts';
import { type Figures, isDue, REST, showAnew } from '../../../src/responses/fieldwork/counts.ts';
import { expireDrafts, giveUpDraft } from '../../../src/responses/leaving/store.ts';
import { withdrawResponse } from '../../../src/responses/store.ts';
import { weekAfter } from '../../../src/responses/week.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import type { Respondent } from '../../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { begin, endWeek, getLive, madeUpAnswers, send, sendMadeUp } from '../../support/weeks.ts';

const CODE = 'ai-adoption';
const PAGE = `/staff/surveys/${CODE}/fieldwork`;

async function openWatched(): Promise<{ site: StaffSite; ada: Respondent }> {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(CODE), '2027-01-01');
  return { site, ada: await site.signIn(await site.add('Ada', { roles: [{ survey: CODE, role: 'researcher' }] })) };
}

/** Everything that can be read about fieldwork, as one text. */
async function look({ url }: StaffSite, { cookies: cookie }: Respondent): Promise<string> {
  const read = async (address: string) => (await fetch(url + address, { headers: { cookie } })).text();
  return (await Promise.all([PAGE, `${PAGE}.csv`, `${PAGE}/doubts`].map(read))).join('\n');
}

/** The planted fault: a counter that is live and exact. */
async function lookAtCounter(site: StaffSite, ada: Respondent): Promise<string> {
  const tables = ['responses', 'drafts', 'left_drafts', 'tallies', 'listed_responses'] as const;
  const counts = tables.map(async (table) => (await site.db.selectFrom(table).selectAll().execute()).length);
  return `${await look(site, ada)} ${(await Promise.all(counts)).join(' ')}`;
}

/** What happens on days of a week, one thing after another. The last days of drafts are in the week before. */
async function listEvents({ db }: StaffSite, code: string): Promise<[string, () => Promise<unknown>][]> {
  const live = await getLive(db, CODE);
  const [answers] = madeUpAnswers(live, 1, 99);
  return [
    ['somebody sends', () => send(db, CODE, [answers?.answers ?? {}], '2027-W09')],
    ['somebody sends the same', () => send(db, CODE, [answers?.answers ?? {}], '2027-W09', 1)],
    ['somebody begins', () => begin(db, CODE, { A1: 'yes' }, '2027-W14')],
    ['somebody gives up', () => giveUpDraft(db, CODE, code, '2027-W09')],
    ['two more begin', () => Promise.all([0, 1].map(() => begin(db, CODE, { A1: 'yes' }, '2027-W14')))],
    ['somebody withdraws', () => withdrawResponse(db, CODE, '2027-W06-3', '2027-W09')],
    ['a night passes', () => expireDrafts(db, '2027-W09').then(() => endWeek(db, CODE, '2027-W08'))],
    ['what is gone leaves the list', () => dropGone(db, CODE, '2027-W09')],
  ];
}

/** The events after which a look shows something else than before. */
async function seenBy(watch: typeof look): Promise<string[]> {
  const { site, ada } = await openWatched();
  await sendMadeUp(site.db, CODE, 59, '2027-W06');
  const twice = madeUpAnswers(await getLive(site.db, CODE), 1, 1).map(({ answers }) => answers);
  await send(site.db, CODE, twice, '2027-W05');
  for (let n = 0; n < 10; n++) await begin(site.db, CODE, { A1: 'yes' }, '2027-W06');
  await endWeek(site.db, CODE, '2027-W07');
  // One short of the next count: whoever comes first would be seen to come.
  await sendMadeUp(site.db, CODE, 4, '2027-W08', 2);
  for (let n = 0; n < 5; n++) await begin(site.db, CODE, { A1: 'yes' }, '2027-W14');
  await endWeek(site.db, CODE, '2027-W08');
  const code = await begin(site.db, CODE, { A1: 'yes' }, '2027-W14');
  const seen: string[] = [];
  let before = await watch(site, ada);
  expect(before).toContain('at least 60');
  for (const [event, happen] of await listEvents(site, code)) {
    await happen();
    const after = await watch(site, ada);
    if (after !== before) seen.push(event);
    before = after;
  }
  return seen;
}

test('within a week nothing moves, whatever happens', async () => {
  expect(await seenBy(look)).toEqual([]);
});

test('and a live, exact counter would be found out', async () => {
  expect(await seenBy(lookAtCounter)).toEqual(
    expect.arrayContaining(['somebody sends', 'somebody begins', 'somebody gives up', 'somebody withdraws']),
  );
});

/** Weeks of chance: how many sent in each, most of them at one stage. */
function arrivals(seed: number, weeks: number, most: number) {
  const random = randomFrom(seed);
  return Array.from({ length: weeks }, () => Math.floor(random() * (most + 1)));
}

test.each([1, 2, 3])('from one page to a different one at least ten have come: history %i', async (seed) => {
  const { site, ada } = await openWatched();
  const read = async () => await (await fetch(`${site.url}${PAGE}.csv`, { headers: { cookie: ada.cookies } })).text();
  let before = await read();
  let since = 0;
  const faults: string[] = [];
  let changes = 0;
  let week = '2026-W40';
  for (const n of arrivals(seed, 14, 12)) {
    await sendMadeUp(site.db, CODE, n, week, seed * 100 + since);
    await endWeek(site.db, CODE, week);
    since += n;
    const after = await read();
    if (after !== before) {
      if (since < 10) faults.push(`${week}: after ${since}`);
      since = 0;
      changes += 1;
    }
    before = after;
    week = weekAfter(new Date('2026-10-04'), 1 + 7 * (Number(week.slice(6)) - 39));
  }
  expect(faults).toEqual([]);
  expect(changes).toBeGreaterThan(3);
});

/** What was so at the end of a week, and what was shown of it. */
interface Look {
  readonly exact: Readonly<Record<string, number>>;
  readonly total: number;
  readonly shown: Figures;
}

/** The looks of a history of weeks, as the rule has them, or as `show` would. */
function history(
  people: readonly Readonly<Record<string, number>>[],
  show: typeof showAnew = showAnew,
  due: typeof isDue = isDue,
): Look[] {
  const looks: Look[] = [];
  let exact: Record<string, number> = {};
  let counted = 0;
  let shown: Figures | undefined;
  for (const came of people) {
    exact = Object.fromEntries(Object.entries(came).map(([stage, n]) => [stage, (exact[stage] ?? 0) + n]));
    const total = Object.values(exact).reduce((sum, n) => sum + n, 0);
    if (!due(total, counted)) continue;
    counted = total;
    const next = show({ total, parts: exact }, shown);
    if (next !== shown) looks.push({ exact, total, shown: next });
    shown = next;
  }
  return looks;
}

/**
 * What each count of a stage could be, by linear programming over everything that was shown: each part is in its step,
 * they make up a whole that is in its own, nobody has gone, and ten have come from one look to the next.
 * @returns the narrowest, as the least and the most that it could be
 */
async function narrowest(looks: readonly Look[]): Promise<readonly [low: number, high: number]> {
  const name = (place: number, stage: string) => `s${place}_${stage === REST ? 'rest' : stage}`;
  const sum = (place: number, sign = '+') =>
    Object.keys(looks[place]?.exact ?? {})
      .map((stage) => `${sign} ${name(place, stage)}`)
      .join(' ');
  const rows = looks.flatMap(({ shown, exact }, place) => {
    const whole = stepOf(shown.total);
    const grows =
      place === 0 ? [] : Object.keys(exact).map((stage) => `${name(place, stage)} - ${name(place - 1, stage)} >= 0`);
    return [
      `${sum(place)} >= ${whole.from}`,
      `${sum(place)} <= ${whole.from + whole.width - 1}`,
      ...(place === 0 ? [] : [`${sum(place)} ${sum(place - 1, '-')} >= 10`, ...grows]),
    ];
  });
  const bounds = looks.flatMap(({ shown, exact }, place) =>
    Object.keys(exact).map((stage) => {
      const { from, width } = stepOf(shown.parts[stage] ?? 0);
      return `${from} <= ${name(place, stage)} <= ${from + width - 1}`;
    }),
  );
  const solver = await loadSolver();
  const end = (goal: string, variable: string): number => {
    const text = [goal, variable, 'Subject To', ...rows, 'Bounds', ...bounds, 'End', ''].join('\n');
    const { Status, ObjectiveValue } = solver.solve(text);
    if (Status !== 'Optimal') throw new Error(`the attacker found no world: ${Status}`);
    return ObjectiveValue;
  };
  let found: readonly [number, number] = [0, Number.POSITIVE_INFINITY];
  for (const [place, { exact }] of looks.entries()) {
    for (const [stage, n] of Object.entries(exact)) {
      const range = [end('Minimize', name(place, stage)), end('Maximize', name(place, stage))] as const;
      expect(range[0]).toBeLessThanOrEqual(n);
      expect(range[1]).toBeGreaterThanOrEqual(n);
      if (range[1] - range[0] < found[1] - found[0]) found = range;
    }
  }
  return found;
}

/** Weeks in which people of some stages come by chance. */
function randomPeople(seed: number, stages: number, weeks: number) {
  const random = randomFrom(seed);
  const names = [REST, ...Array.from({ length: stages }, (_, index) => `x${index}`)];
  const rates = names.map(() => random() * 6);
  return Array.from({ length: weeks }, () =>
    Object.fromEntries(names.map((stage, index) => [stage, Math.floor(random() * (rates[index] ?? 0) * 2)])),
  );
}

test.each([11, 12, 13, 14, 15, 16])(
  'everything ever shown leaves open at least five of each count: history %i',
  async (seed) => {
    const looks = history(randomPeople(seed, 2 + (seed % 3), 10));
    expect(looks.length).toBeGreaterThan(2);
    const [low, high] = await narrowest(looks);
    expect(high - low).toBeGreaterThanOrEqual(5);
  },
);

const NINES = Object.fromEntries([REST, 'a', 'b', 'c', 'd', 'e'].map((stage) => [stage, 9]));

test('also where every stage is one short of its next step', async () => {
  const looks = history([{ ...NINES, e: 3 }, { ...NINES, e: 6 }, NINES]);
  const [low, high] = await narrowest(looks);
  expect(high - low).toBeGreaterThanOrEqual(5);
});

test('and a whole that is told in its step in any case would be found out', async () => {
  const inAnyCase: typeof showAnew = ({ total, parts }) => ({
    total: stepOf(total).from,
    parts: Object.fromEntries(Object.entries(parts).map(([stage, n]) => [stage, stepOf(n).from])),
  });
  const [low, high] = await narrowest(history([NINES], inAnyCase));
  expect(high - low).toBeLessThan(5);
});

test('counted each week, a week with one person in it would tell their stage: that is found out too', () => {
  const people = [
    { a: 19, b: 15, [REST]: 0 },
    { a: 1, b: 0, [REST]: 0 },
  ];
  const tells = (looks: readonly Look[]) =>
    looks.some((each, place) => place > 0 && each.total - (looks[place - 1]?.total ?? 0) < 10);
  expect(tells(history(people))).toBe(false);
  expect(tells(history(people, showAnew, () => true))).toBe(true);
});
