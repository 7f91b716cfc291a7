/** M17 within one wave: somebody lays two data files of the same people on each other, row by row. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '../../../src/db/open.ts';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { makeFile } from '../../../src/release/microdata/make-file.ts';
import { insertResponses } from '../../../src/responses/store.ts';
import { testFolder } from '../../support/folder.ts';
import { runCommand } from '../../support/run-command.ts';
import { NO_ANSWER, shownIn } from '../microdata/attacks.ts';
import { bytes, club, clubs, clubsSource, other, snapshotOf, times } from '../microdata/clubs.ts';

const named = ({ variables }: DataFile) => variables.slice(1).map(({ name }) => name);

/** What is known of each row of a file once rows of another that look alike, and agree, are laid on it. */
function layOn(one: DataFile, another: DataFile): Map<string, number>[] {
  const shared = named(one).filter((name) => named(another).includes(name));
  const look = (file: DataFile, row: number) => shared.map((name) => shownIn(file, name)[row]).join();
  return Array.from({ length: one.rows }, (_, row) => {
    const known = new Map(named(one).map((name) => [name, shownIn(one, name)[row] ?? 0]));
    const partners = Array.from({ length: another.rows }, (_each, other) => other).filter(
      (each) => look(another, each) === look(one, row),
    );
    for (const name of named(another).filter((each) => !known.has(each))) {
      const values = new Set(partners.map((each) => shownIn(another, name)[each] ?? 0));
      const [only] = values;
      if (values.size === 1 && only !== undefined) known.set(name, only);
    }
    return known;
  });
}

/** The smallest group of rows that are alike on these, and the groups that have a sensitive answer in common. */
function groupsOn(rows: readonly Map<string, number>[], keys: readonly string[], asked: string, sensitive: string) {
  const groups = new Map<string, Map<string, number>[]>();
  for (const row of rows) {
    const look = [...keys.map((key) => row.get(key)), row.get(asked) === -1].join();
    groups.set(look, [...(groups.get(look) ?? []), row]);
  }
  const answersIn = (group: readonly Map<string, number>[]) =>
    new Set(group.flatMap((row) => row.get(sensitive) ?? []).filter((answer) => !NO_ANSWER.has(answer)));
  return {
    smallest: Math.min(...[...groups.values()].map((group) => group.length)),
    told: [...groups.values()].filter((group) => answersIn(group).size === 1).length,
  };
}

function make(answers: readonly Answers[], keys: string[], columns: string[]): DataFile {
  const survey = clubs({ k: 3, keys, columns });
  const random = bytes(10 * answers.length);
  const wanted = { number: 1, audience: 'network' as const, k: 3, synthetic: true, random, tables: [] };
  return makeFile([survey], snapshotOf(survey, answers), wanted).file;
}

/** One user was asked V1, and their answers to C1 are like nobody else's. */
const ASKED = [
  ...times(3, club()),
  club({ P2: 's10', V1: 'yes', C1_cost: 'big', C1_law: 'big' }),
  ...times(3, other({ P2: 's10', V1: 'yes', C1_cost: 'none' })),
  ...times(3, other({ C1_law: 'some' })),
];
/** All users said yes to H1, and others did not; C1 goes with the stage. */
const SAID = [
  ...times(5, club({ H1: 'yes', H2: 'often' })),
  ...times(3, other({ C1_cost: 'none' })),
  ...times(3, other({ C1_cost: 'none', H1: 'pnts' })),
];

/** Makes and approves one file, then another of the same answers with other columns; the words of the second. */
async function makeBoth(answers: readonly Answers[], first: string[], second: string[]) {
  const folder = testFolder();
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const publish = (keys: string[], columns: string[], version: string) =>
    publishVersion(db, clubsSource({ k: 3, keys, columns }, { version }), '2027-03-01');
  const { hash } = await publish(['P1'], first, '1.0');
  const common = { survey: 'clubs', versionHash: hash, informationVersion: '1', consentVersion: '1', language: 'en' };
  const more = { withdrawalHash: null, week: '2027-W10', origin: 'import' as const };
  await insertResponses(
    db,
    answers.map((each) => ({ ...common, ...more, submission: { answers: each, filled: [] } })),
  );
  await close();
  const release = (...words: string[]) => runCommand(['release', ...words], folder);
  expect((await release('make', 'clubs', '--by', 'Ada')).exit).toBe(0);
  expect((await release('approve', 'clubs', '1', '--by', 'Bo')).exit).toBe(0);
  const again = await openAnswers(join(folder, 'answers.sqlite'));
  await publishVersion(
    again.db,
    clubsSource({ k: 3, keys: ['P1', 'stage'], columns: second }, { version: '1.1' }),
    '2027-03-02',
  );
  await again.close();
  return release('make', 'clubs', '--by', 'Ada', '--keep', 'stage');
}

describe('adversary (f), M17: two files of the same people', () => {
  test('planted: who was asked in one and the key of the other tell one respondent apart', () => {
    const [one, two] = [make(ASKED, ['P1'], ['V1', 'C1']), make(ASKED, ['P1', 'stage'], ['C1'])];
    expect(groupsOn(layOn(two, two), ['p1', 'stage'], 'v1', 'h1').smallest).toBeGreaterThanOrEqual(3);
    expect(groupsOn(layOn(one, one), ['p1'], 'v1', 'h1').smallest).toBeGreaterThanOrEqual(3);
    expect(groupsOn(layOn(two, one), ['p1', 'stage'], 'v1', 'h1').smallest).toBe(1);
  });

  test('the second is refused, and why', async () => {
    const { exit, err } = await makeBoth(ASKED, ['V1', 'C1'], ['C1']);
    expect(exit).toBe(1);
    expect(err).toContain('Rows of this file and of release 1 can be matched by the columns that both have');
    expect(err).toContain('leaves fewer alike than the files promise');
  });

  test('planted: a sensitive answer of one is that of all who share the key of the other', () => {
    const [one, two] = [make(SAID, ['P1'], ['H1', 'C1']), make(SAID, ['P1', 'stage'], ['C1'])];
    expect(groupsOn(layOn(one, one), ['p1'], 'v1', 'h1').told).toBe(0);
    expect(groupsOn(layOn(two, one), ['p1', 'stage'], 'v1', 'h1').told).toBe(1);
  });

  test('the second is refused for the answer', async () => {
    const { exit, err } = await makeBoth(SAID, ['H1', 'C1'], ['C1']);
    expect(exit).toBe(1);
    expect(err).toContain('then a sensitive answer is told of people who are alike on the keys');
  });

  test('is made where what they have in common tells nobody apart', async () => {
    expect((await makeBoth(ASKED, ['C1'], ['C1'])).exit).toBe(0);
  });
});
