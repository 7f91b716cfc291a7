/** Every sentence of the report on examples: none, one, all, hidden, equal shares, few. */
import { describe, expect, test } from 'vitest';
import { speakerFor } from '../../../src/release/page/words.ts';
import { sayGroup } from '../../../src/release/report/findings.ts';
import { leadingOf, sayLeading } from '../../../src/release/report/leading.ts';
import { asSentence, sayShare } from '../../../src/release/report/shares.ts';
import { type Figure, figureOf } from '../../../src/release/tables/figures.ts';
import type { ProtectedTable, RowFigures, ShownGroup } from '../../../src/release/tables/protected-tables.ts';
import { wordsFor } from '../../../src/web/words.ts';

const english = speakerFor({ languages: ['en'] }, 'en', wordsFor('en'));
const welsh = speakerFor({ languages: ['cy'] }, 'cy', wordsFor('cy'));
const weighted = (percent: number | null, step: number | undefined, effectiveBase = 40) => ({
  percent,
  step,
  effectiveBase,
});

describe('a figure', () => {
  test.each<[string, Figure, string]>([
    ['of some', figureOf(45, 54), '45 of 54 (83%, 95% interval 71% to 91%)'],
    ['of one', figureOf(1, 54), '1 of 54 (2%, 95% interval 0% to 10%)'],
    ['of nobody', figureOf(0, 54), 'none of 54 (0%, 95% interval 0% to 7%)'],
    ['of all', figureOf(15, 15), 'all 15 (100%, 95% interval 80% to 100%)'],
    ['that is halfway, which is rounded up', figureOf(33, 40), '33 of 40 (83%, 95% interval 68% to 91%)'],
    ['on a small base', figureOf(4, 9), '4 of 9 (too few for a percentage)'],
    ['on the smallest base with a percentage', figureOf(4, 10), '4 of 10 (40%, 95% interval 17% to 69%)'],
    ['of all of few', figureOf(9, 9), 'all 9 (too few for a percentage)'],
    ['of one of one', figureOf(1, 1), '1 of 1 (too few for a percentage)'],
    ['that is hidden', figureOf(null, 54), 'hidden'],
    ['whose base is hidden', figureOf(45, null), 'hidden'],
    ['that is weighted', figureOf(45, 54, weighted(85, 1)), '85% weighted (45 of 54; 95% interval 71% to 93%)'],
    [
      'that is weighted and rounded',
      figureOf(45, 54, weighted(85, 5)),
      'about 85% weighted (45 of 54; 95% interval 71% to 93%)',
    ],
    ['that cannot be weighted', figureOf(45, 54, weighted(null, undefined)), '45 of 54 (too few for a percentage)'],
  ])('%s', (_, figure, words) => {
    expect(sayShare(figure, english)).toBe(words);
  });

  test('in Welsh', () => {
    expect(sayShare(figureOf(45, 54), welsh)).toBe('45 o 54 (83%, cyfwng 95% 71% i 91%)');
  });
});

const told = (figures: readonly Figure[]) =>
  figures.map((figure, place) => ({ place, label: 'ABCDEFGHIJ'[place] ?? '', figure }));
const of54 = (...counts: (number | null)[]) => told(counts.map((n) => figureOf(n, 54)));

describe('what leads', () => {
  test.each([
    ['the three first', of54(5, 30, 20, 10, 1), 'B C D'],
    ['no more than there are', of54(5, 0, 0), 'A'],
    ['those of equal share together', of54(10, 30, 10), 'B AC'],
    ['who ties with the last, as long as they are few', of54(30, 20, 10, 10, 10), 'A B CDE'],
    ['not those who tie and are many', of54(30, 20, 10, 10, 10, 10), 'A B'],
    ['many who tie, where they are all there is', of54(6, 6, 6, 6, 6, 6), 'ABCDEF'],
    ['nobody, where nobody said anything', of54(0, 0), ''],
    ['what is shown only', of54(null, 20, null), 'B'],
    ['equal shares of other bases', told([figureOf(10, 20), figureOf(20, 40), figureOf(11, 20)]), 'C AB'],
    [
      'by what is printed, where it is weighted',
      told([figureOf(20, 54, weighted(30, 1)), figureOf(10, 54, weighted(50, 1)), figureOf(9, 54, weighted(50, 1))]),
      'BC A',
    ],
  ])('%s', (_, all, leading) => {
    const ranks = leadingOf(all).map((rank) => rank.map(({ label }) => label).join(''));
    expect(ranks.join(' ')).toBe(leading);
  });

  test.each([
    ['one', of54(45, 0), 'most often “A”, 45 of 54 (83%, 95% interval 71% to 91%).'],
    [
      'two',
      of54(45, 27),
      'most often “A”, 45 of 54 (83%, 95% interval 71% to 91%); then “B”, 27 of 54 (50%, 95% interval 37% to 63%).',
    ],
    ['two that are equal', of54(27, 27), 'most often “A” and “B”, each 27 of 54 (50%, 95% interval 37% to 63%).'],
    [
      'two of equal share on other bases',
      told([figureOf(10, 20), figureOf(20, 40)]),
      'most often “A”, 10 of 20 (50%, 95% interval 30% to 70%) and “B”, 20 of 40 (50%, 95% interval 35% to 65%).',
    ],
    [
      'something is hidden, which could be more',
      of54(27, null, null),
      'most often, among what is shown, “A”, 27 of 54 (50%, 95% interval 37% to 63%). Hidden: 2 of 3 answers.',
    ],
    ['all of them', of54(54), 'most often “A”, all 54 (100%, 95% interval 93% to 100%).'],
    ['nobody', of54(0, 0), 'nobody gave any of these answers.'],
    ['nobody of what is shown', of54(0, null), 'nobody gave any of the answers that are shown. Hidden: 1 of 2.'],
    ['few', told([figureOf(5, 9)]), 'most often “A”, 5 of 9 (too few for a percentage).'],
  ])('in a sentence: %s', (_, all, sentence) => {
    expect(sayLeading(all, english)).toBe(sentence);
  });
});

const table = (more: Partial<ProtectedTable>): ProtectedTable => ({
  name: 'V1',
  kind: 'choice',
  section: 'views',
  label: 'Views',
  wordings: [],
  rows: [{ variable: 'v1', label: 'Views' }],
  options: ['A', 'B'].map((label) => ({ code: label.toLowerCase(), label })),
  nets: [],
  views: [],
  ...more,
});
const group = (code: string, ...rows: readonly Partial<RowFigures>[]): ShownGroup => ({
  code,
  labels: code === '' ? [] : [code],
  asked: 60,
  rows: rows.map((row) => ({ base: 54, counts: [], nets: [], ...row })),
});
const NET = { code: 'any', label: 'Any', dontKnow: false };
const TWO = ['Cost', 'Time'].map((label) => ({ variable: label.toLowerCase(), label }));

describe('a group', () => {
  test.each<[string, ProtectedTable, ShownGroup, string[]]>([
    [
      'of a choice with a NET',
      table({ kind: 'list', nets: [NET] }),
      group('x', { counts: [45, 0], nets: [54] }),
      [
        'most often “A”, 45 of 54 (83%, 95% interval 71% to 91%).',
        'together, “Any”: all 54 (100%, 95% interval 93% to 100%).',
      ],
    ],
    [
      'of a choice whose NET is hidden',
      table({ kind: 'list', nets: [NET] }),
      group('x', { counts: [0, 0], nets: [null] }),
      ['nobody gave any of these answers.', 'together, “Any”: hidden.'],
    ],
    [
      'of a grid, by its NET',
      table({ kind: 'grid', rows: TWO, nets: [NET] }),
      group('x', { counts: [1, 2], nets: [27] }, { counts: [1, 2], nets: [45] }),
      [
        '“Any” most often of “Time”, 45 of 54 (83%, 95% interval 71% to 91%); then “Cost”, 27 of 54 (50%, 95% interval 37% to 63%).',
      ],
    ],
    [
      'of a grid of which a row is hidden',
      table({ kind: 'grid', rows: TWO, nets: [NET] }),
      group('x', { nets: [null] }, { nets: [45] }),
      ['“Any” most often, among what is shown, of “Time”, 45 of 54 (83%, 95% interval 71% to 91%). Hidden: 1 of 2.'],
    ],
    [
      'of a grid of which a row was asked of too few',
      table({ kind: 'grid', rows: TWO, nets: [NET] }),
      group('x', { base: null, nets: [20] }, { nets: [45] }),
      ['“Any” most often, among what is shown, of “Time”, 45 of 54 (83%, 95% interval 71% to 91%). Hidden: 1 of 2.'],
    ],
    [
      'of a grid without a NET, which is told of everybody only',
      table({ kind: 'grid', rows: TWO }),
      group('x', {}),
      [],
    ],
    [
      'everybody of a grid without a NET, row by row',
      table({ kind: 'grid', rows: TWO }),
      group('', { counts: [45, 9] }, { counts: [0, 54] }),
      [
        '“Cost”: most often “A”, 45 of 54 (83%, 95% interval 71% to 91%); then “B”, 9 of 54 (17%, 95% interval 9% to 29%).',
        '“Time”: most often “B”, all 54 (100%, 95% interval 93% to 100%).',
      ],
    ],
    [
      'of a ranking, by what stands first',
      table({ kind: 'ranking', rows: TWO }),
      group('x', { counts: [9, 45] }, { counts: [45, 9] }),
      [
        'put first most often: “Time”, 45 of 54 (83%, 95% interval 71% to 91%); then “Cost”, 9 of 54 (17%, 95% interval 9% to 29%).',
      ],
    ],
    ['of a number', table({ kind: 'number' }), group('x', { mean: 5.8 }), ['average 5.8.']],
    ['of a count', table({ kind: 'number', most: 12 }), group('x', { mean: 5.8 }), ['average 5.8 of 12.']],
    [
      'of a number that is hidden',
      table({ kind: 'number', most: 12 }),
      group('x', { mean: null }),
      ['average hidden.'],
    ],
    ['of a date', table({ kind: 'date' }), group('', { counts: [54] }), []],
  ])('%s', (_, of, among, sentences) => {
    expect(sayGroup(of, among, english)).toEqual(sentences);
  });
});

test.each([
  ['most often “A”.', 'Most often “A”.'],
  ['“Any” most often', '“Any” most often'],
  ['', ''],
])('a sentence begins with a capital: %s', (words, sentence) => {
  expect(asSentence(words, 'en')).toBe(sentence);
});
