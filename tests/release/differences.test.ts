import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { overviewOf, sayDifferences } from '../../src/release/page/differences.ts';
import { findPage } from '../../src/release/page/results-page.ts';
import { speakerFor } from '../../src/release/page/words.ts';
import { comparisonsOf } from '../../src/release/tables/differences.ts';
import type { ProtectedTable, ProtectedTables, RowFigures } from '../../src/release/tables/protected-tables.ts';
import { resultsJson } from '../../src/release/tables/results-file.ts';
import { wordsFor } from '../../src/web/words.ts';
import { CHOIRS, choirs, madeUp, protectAnswers } from './choirs.ts';
import { HABITS } from './published.ts';

const [adopter, future, non] = ['Adopters', 'Future adopters', 'Non-adopters'];
const OPTIONS = [
  { code: 'big', label: 'Big' },
  { code: 'small', label: 'Small' },
  { code: 'none', label: 'None' },
];

/** A table by stage, as it is published: for each group the counts of three answers, `null` where hidden. */
function contentWith(
  rows: readonly (readonly (number | null)[])[],
  about: Partial<ProtectedTable> = {},
): ProtectedTables {
  const groups = rows.map(([base = null, ...counts], index) => ({
    code: ['adopter', 'future', 'non'][index] ?? '',
    labels: [[adopter, future, non][index] ?? ''],
    asked: base ?? 0,
    rows: [{ base, counts, nets: [] } satisfies RowFigures],
  }));
  return {
    survey: 's',
    version: '1.0',
    title: 'S',
    wave: 'W',
    languages: ['en'],
    madeOn: '2027-05-01',
    responses: 92,
    synthetic: true,
    policy: { cell: 5, base: 10 },
    segments: [{ name: 'stage', label: 'Stage' }],
    sections: [{ code: 'c', title: 'C' }],
    readings: ['stage'],
    tables: [
      {
        name: 'C1',
        kind: 'choice',
        section: 'c',
        label: 'Cost',
        wordings: [],
        rows: [{ variable: 'c1', label: 'Cost' }],
        options: OPTIONS,
        nets: [],
        views: [{ segment: 'stage', groups }],
        ...about,
      },
    ],
  };
}

const say = (content: ProtectedTables, language = 'en') =>
  sayDifferences(content, 'C1', 'stage', speakerFor(content, language, wordsFor(language)));

describe('what is said under a question', () => {
  test('which groups said it more often, with their shares, the widest difference first', () => {
    const content = contentWith([
      [54, 45, 9, 0],
      [15, 7, 8, 0],
      [22, 5, 5, 12],
    ]);
    expect(say(content)?.first).toEqual([
      'Big: Adopters (83%) more often than Future adopters (47%) and Non-adopters (23%).',
      'None: Non-adopters (55%) more often than Adopters (0%) and Future adopters (0%).',
      'Small: the groups differ, but no two of them clearly: Adopters (17%), Future adopters (53%) and Non-adopters (23%).',
    ]);
    expect(say(content, 'cy')?.first[0]).toBe(
      'Big: Adopters (83%) yn amlach na Future adopters (47%), Non-adopters (23%).',
    );
  });

  test('plainly that there is none', () => {
    const content = contentWith([
      [54, 20, 20, 14],
      [15, 5, 6, 4],
      [22, 8, 8, 6],
    ]);
    expect(say(content)).toEqual({ first: [], rest: [], notes: ['No clear difference between these groups.'] });
  });

  test('that it cannot be said where figures are hidden, however wide the rest is apart', () => {
    const content = contentWith([
      [54, 50, null, null],
      [15, null, 7, null],
      [22, 0, null, 22],
    ]);
    expect(say(content)).toEqual({
      first: [],
      rest: [],
      notes: ['Whether these groups differ cannot be said without the risk that somebody is recognised.'],
    });
  });

  test('and where some are, that it goes for those that are shown', () => {
    const content = contentWith([
      [54, 20, null, null],
      [15, 6, null, null],
      [22, 8, null, null],
    ]);
    expect(say(content)?.notes).toEqual(['No clear difference between these groups in the figures that are shown.']);
  });

  test('nothing where there are not two groups of ten', () => {
    const few = contentWith([
      [54, 50, 4, 0],
      [9, 0, 9, 0],
    ]);
    expect(say(few)).toBeUndefined();
  });

  test('a group that is too small is not compared, the others are', () => {
    const content = contentWith([
      [54, 50, 4, 0],
      [9, 0, 9, 0],
      [22, 2, 20, 0],
    ]);
    expect(say(content)?.first).toEqual(['Big: Adopters (93%) more often than Non-adopters (9%).']);
  });

  test('nothing where the groups are made of the answers', () => {
    const apart = [
      [54, 54, 0, 0],
      [22, 0, 22, 0],
    ];
    expect(say(contentWith(apart))?.first).toHaveLength(1);
    expect(say(contentWith(apart, { makes: ['stage'] }))).toBeUndefined();
  });
});

test('what is hidden changes nothing that is said: the same figures with other numbers behind them', () => {
  const shown = [
    [54, 45, null, null],
    [15, 7, null, null],
    [22, 5, null, null],
  ];
  const [first] = comparisonsOf(contentWith(shown));
  expect(first?.result).toMatchObject({ clear: true });
  expect(comparisonsOf(contentWith(shown)).map(({ result }) => result)).toEqual([first?.result, 'hidden', 'hidden']);
});

describe('the results of made-up choirs of which only those that record say yes', () => {
  const answers = madeUp(choirs, 400, 1, HABITS).map(
    (each): Answers => ({ ...each, V1: each.S1 === 'often' ? 'yes' : 'no' }),
  );
  let content: ProtectedTables;
  let page: ReturnType<typeof findPage>;
  let json: { differences?: { compared: { question: string; segment: string; clear: boolean }[] } };
  beforeAll(async () => {
    const { tables } = await protectAnswers(choirs, answers);
    ({ content } = tables);
    page = findPage(tables, { section: undefined, by: undefined, dontKnowOut: false }, 'en', wordsFor('en'));
    json = resultsJson(tables, undefined);
  });

  test('the overview says where the stages differ, the widest first, with a link to the figures', () => {
    expect(page?.differences?.heading).toBe('Where the stages differ');
    expect(page?.differences?.first[0]).toMatchObject({ href: '?section=views&by=stage#v1' });
    expect(page?.differences?.lead).toMatch(
      /^\d+ figures could be compared between these groups\. Clear differences among them: [1-9]/,
    );
  });

  test('the file holds every comparison that was made', () => {
    const found = json.differences?.compared.filter(
      ({ question, segment }) => question === 'V1' && segment === 'stage',
    );
    expect(found?.some(({ clear }) => clear)).toBe(true);
    const all = comparisonsOf(content).filter(({ result }) => typeof result === 'object');
    expect(json.differences?.compared).toHaveLength(all.length);
    expect(all.length).toBeGreaterThan(20);
  });

  test('the questions that make the stage are compared by everything but the stage', () => {
    const pairs = comparisonsOf(content).map(({ table, segment }) => `${table.name} by ${segment}`);
    expect(pairs).not.toContain('S1 by stage');
    expect(pairs).toContain('stage by size');
    expect(pairs).toContain('O1 by stage');
  });

  test('a release is compared once', () => {
    expect(comparisonsOf(content)).toBe(comparisonsOf(content));
  });
});

test('where groups are no stages, the overview names what they are', async () => {
  const file = JSON.parse(CHOIRS);
  const survey = getSurvey(JSON.stringify({ ...file, segments: ['size', 'stage'] }));
  const { tables } = await protectAnswers(survey, madeUp(survey, 200, 3, HABITS));
  const overview = overviewOf(tables.content, () => '#', speakerFor(tables.content, 'en', wordsFor('en')));
  expect(overview?.heading).toBe('Where the groups differ: Size');
});
