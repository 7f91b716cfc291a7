/** R3: what two releases of the same wave tell beside each other. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import type { ProtectedRelease } from '../../../src/release/released.ts';
import type { ProtectedTables } from '../../../src/release/tables/protected-tables.ts';
import { resultsCsv } from '../../../src/release/tables/results-file.ts';
import { narrow, narrowBoth, type PublishedLine } from '../attacker.ts';
import { choirs, countAnswers, madeUp, protectAnswers } from '../choirs.ts';
import { HABITS } from '../published.ts';
import { foundOut, isSmall } from './figures.ts';
import { linesOfCsv } from './rendered.ts';
import { truthOf } from './truth.ts';

/** Lines that an earlier release had already say nothing new of those who came since. */
function freshLines({ tables }: ProtectedRelease): PublishedLine[] {
  const kept = new Set(
    tables.content.tables.flatMap(({ name, keptFrom, views }) => [
      ...(keptFrom ? [`${name}|`] : []),
      ...views.filter((view) => keptFrom || view.keptFrom).map(({ segment }) => `${name}|${segment}`),
    ]),
  );
  return linesOfCsv(resultsCsv(tables)).filter(({ question, segment }) => !kept.has(`${question}|${segment}`));
}

/** What is found out from the first release, the second, and how many came between them. */
async function foundBeside(
  first: readonly PublishedLine[],
  second: readonly PublishedLine[],
  then: readonly Answers[],
  now: readonly Answers[],
): Promise<string[]> {
  const [before, after] = [truthOf(countAnswers(choirs, then), first), truthOf(countAnswers(choirs, now), second)];
  const truth = new Map([
    ...before,
    ...[...after].map(([name, count]) => [`+${name}`, count] as const),
    ...[...after].map(([name, count]) => [`#${name}`, count - (before.get(name) ?? count)] as const),
  ]);
  return foundOut(await narrowBoth(first, second, choirs), truth);
}

/** Differences of one to four between the printed figures of two releases, and of one to nine between their bases. */
function littleChanges(first: readonly PublishedLine[], second: readonly PublishedLine[]): string[] {
  const name = ({ variable, option, segment, segment_value }: PublishedLine) =>
    [variable, option, segment, segment_value].join('|');
  const old = new Map(first.map((line) => [name(line), line]));
  return second.flatMap((line) => {
    const then = old.get(name(line));
    // What is left over is called the same whatever is in it.
    if (line.segment_value === 'rest' || typeof line.n !== 'number' || typeof then?.n !== 'number') return [];
    const base = Math.abs(Number(line.base) - Number(then.base));
    return isSmall(Math.abs(line.n - then.n)) || (base > 0 && base < 10) ? [name(line)] : [];
  });
}

const asEarlier = (release: ProtectedRelease) => [
  { number: 1, madeOn: '2027-05-01', tables: release.tables.content, working: release.working },
];

async function releaseTwice(all: readonly Answers[], then: number) {
  const first = await protectAnswers(choirs, all.slice(0, then));
  const second = await protectAnswers(choirs, all, { earlier: asEarlier(first) });
  return { first, second, lines: linesOfCsv(resultsCsv(first.tables)), fresh: freshLines(second) };
}

const tableOf = ({ tables }: ProtectedTables, name: string) => tables.find((table) => table.name === name);

test('R3: where a base of ten came, tables keep their old numbers to the letter and say so', async () => {
  const all = madeUp(choirs, 102, 3, HABITS);
  const { first, second, lines, fresh } = await releaseTwice(all, 92);
  const [old, now] = [tableOf(first.tables.content, 'V1'), tableOf(second.tables.content, 'V1')];
  expect(now).toEqual({ ...old, keptFrom: { release: 1, madeOn: '2027-05-01' } });
  expect(littleChanges(lines, fresh)).toEqual([]);
  expect(await foundBeside(lines, fresh, all.slice(0, 92), all)).toEqual([]);
}, 120_000);

test.each([
  ['two of them gave one answer: the table keeps its old numbers', 2, { release: 1, madeOn: '2027-05-01' }],
  ['at least five gave each answer: the table is new', 5, undefined],
])(
  'R3: where a base of enough came, and %s',
  async (_, few, keptFrom) => {
    const all = madeUp(choirs, 150, 3, HABITS);
    const answer = (place: number) => ['no', 'partly', 'yes'][place % 3] ?? '';
    const then = all.slice(0, 90).map((each, place) => ({ ...each, V1: answer(place) }));
    const came = all.slice(90).map((each, place) => ({ ...each, V1: place < few ? 'no' : answer(1 + (place % 2)) }));
    const { first, second } = await releaseTwice([...then, ...came], 90);
    const [old, now] = [tableOf(first.tables.content, 'V1'), tableOf(second.tables.content, 'V1')];
    expect(now?.keptFrom).toEqual(keptFrom);
    if (keptFrom) expect(now?.overall).toEqual(old?.overall);
  },
  120_000,
);

test('where hundreds came, figures are new', async () => {
  const all = madeUp(choirs, 500, 3, HABITS);
  const { second, lines, fresh } = await releaseTwice(all, 92);
  expect(tableOf(second.tables.content, 'V1')?.keptFrom).toBeUndefined();
  expect(fresh.length).toBeGreaterThan(50);
  expect(littleChanges(lines, fresh)).toEqual([]);
}, 120_000);

test('R3, planted: two releases made without knowing of each other are found out', async () => {
  const all = madeUp(choirs, 102, 3, HABITS);
  const [one, other] = [all.slice(0, 92), all];
  const alone = await Promise.all([one, other].map((answers) => protectAnswers(choirs, answers)));
  const [first = [], second = []] = alone.map(({ tables }) => linesOfCsv(resultsCsv(tables)));
  const truth = truthOf(countAnswers(choirs, other), second);
  expect(foundOut(await narrow(second, choirs), truth)).toEqual([]);
  expect(littleChanges(first, second).length).toBeGreaterThan(0);
  expect((await foundBeside(first, second, one, other)).length).toBeGreaterThan(0);
}, 120_000);

test('R3: whatever was answered, two releases in a row tell nobody', async () => {
  const wave = fc.record({
    seed: fc.nat(1000),
    before: fc.integer({ min: 12, max: 120 }),
    came: fc.integer({ min: 10, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(wave, async ({ seed, before, came }) => {
      const all = madeUp(choirs, before + came, seed, HABITS);
      const { lines, fresh } = await releaseTwice(all, before);
      expect(littleChanges(lines, fresh)).toEqual([]);
      expect(await foundBeside(lines, fresh, all.slice(0, before), all)).toEqual([]);
    }),
    { seed: 20270401, numRuns: 4 },
  );
}, 300_000);
