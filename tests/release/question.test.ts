import { expect, test } from 'vitest';
import { leaveOutDontKnow } from '../../src/release/page/dont-know.ts';
import { findView } from '../../src/release/page/question.ts';
import { speakerFor } from '../../src/release/page/words.ts';
import type { ProtectedTable } from '../../src/release/tables/protected-tables.ts';
import { wordsFor } from '../../src/web/words.ts';

const POLICY = { cell: 5, base: 10 };
const speaker = speakerFor({ languages: ['en'] }, 'en', wordsFor('en'));

type Counts = (number | null)[];

/** A synthetic table of "yes", "no", "maybe", "dk" and a NET of the first two, overall and by two groups. */
function tableOf(overall: Counts, groups: Counts[] = [], more: Partial<ProtectedTable> = {}): ProtectedTable {
  const group = (code: string, counts: Counts) => ({
    code,
    labels: code === '' ? [] : [code],
    asked: 60,
    rows: [{ base: 54, counts, nets: [40] }],
  });
  return {
    name: 'V1',
    kind: 'list',
    section: 'views',
    label: 'Support wanted',
    wordings: [],
    rows: [{ variable: 'v1', label: 'Support wanted' }],
    options: ['yes', 'no', 'maybe', 'dk'].map((code) => ({ code, label: code })),
    nets: [{ code: 'any', label: 'any', dontKnow: false }],
    overall: group('', overall),
    views: groups.length === 0 ? [] : [{ segment: 'size', groups: groups.map((each, n) => group(`g${n}`, each)) }],
    ...more,
  };
}

const viewOf = (table: ProtectedTable, by?: string) => findView(table, by, speaker, undefined);
const withoutOf = (table: ProtectedTable, by?: string) =>
  findView(table, by, speaker, leaveOutDontKnow(table, by, POLICY));
const drawnIn = (view: ReturnType<typeof viewOf>) =>
  view?.chart?.groups.flatMap(({ heading, bars }) =>
    heading === undefined ? bars.map(({ label }) => label) : heading,
  );

test('"don’t know" is left out where its count is shown', () => {
  const view = withoutOf(tableOf([30, 16, 9, 8]));
  expect(view?.tables[0]?.rows.map(({ label, cells }) => [label, cells[0]])).toEqual([
    ['yes', '30 of 46 (65%)'],
    ['no', '16 of 46 (35%)'],
    ['maybe', '9 of 46 (20%)'],
    ['any', '40 of 46 (87%)'],
  ]);
});

test('a hidden "don’t know" stays counted, with every figure, and the page says why', () => {
  const table = tableOf([30, 16, 9, null]);
  expect(leaveOutDontKnow(table, undefined, POLICY)).toEqual({ kept: 'hidden' });
  const view = withoutOf(table);
  expect(view?.tables).toEqual(viewOf(table)?.tables);
  expect(view?.asked.at(-1)).toBe('“Don’t know” is still counted here. To leave it out would tell a hidden number.');
});

test('it stays counted in all groups where it is hidden in one', () => {
  const table = tableOf(
    [30, 16, 9, 8],
    [
      [20, 10, 9, 8],
      [10, 6, 9, null],
    ],
  );
  expect(leaveOutDontKnow(table, 'size', POLICY)).toEqual({ kept: 'hidden' });
  expect(leaveOutDontKnow(table, undefined, POLICY)).toHaveProperty('table');
});

test.each([
  ['too few are left', [6, 2, 0, 46]],
  ['nothing else is shown', [null, null, null, 8]],
])('it stays counted where %s', (_, counts) => {
  const table = tableOf(counts, [], { nets: [] });
  expect(leaveOutDontKnow(table, undefined, POLICY)).toEqual({ kept: 'few' });
  expect(withoutOf(table)?.asked.at(-1)).toContain('too little would be left');
});

test.each([
  [
    'nobody said it',
    tableOf(
      [30, 16, 9, 0],
      [
        [30, 16, 9, 0],
        [30, 16, 9, 0],
      ],
    ),
  ],
  ['it is no answer to the question', { ...tableOf([30, 16, 9]), options: [{ code: 'yes', label: 'yes' }] }],
])('there is nothing to leave out where %s', (_, table) => {
  expect(leaveOutDontKnow(table, undefined, POLICY)).toBeUndefined();
  expect(leaveOutDontKnow(table, 'size', POLICY)).toBeUndefined();
});

test('what nobody chose is one line and no bar, and stays in the table', () => {
  const view = viewOf(tableOf([30, 0, 9, 0]));
  expect(drawnIn(view)).toEqual(['yes', 'maybe', 'Together: any']);
  expect(view?.nobody).toBe('Nobody chose: no; dk.');
  expect(view?.tables[0]?.rows).toHaveLength(5);
});

test('by groups, only what nobody chose in any group, and never what is hidden in one', () => {
  const view = viewOf(
    tableOf(
      [30, 0, 0, 0],
      [
        [30, 0, 0, 0],
        [20, 7, null, 0],
      ],
    ),
    'size',
  );
  expect(drawnIn(view)).toEqual(['yes', 'no', 'maybe', 'Together: any']);
  expect(view?.nobody).toBe('Nobody chose: dk.');
});

test('every point of a scale keeps its place', () => {
  const view = viewOf(tableOf([30, 0, 9, 0], [], { kind: 'scale' }));
  expect(drawnIn(view)).toHaveLength(5);
  expect(view?.nobody).toBeUndefined();
});

test('what is worked out says from what and what it means, and nobody was asked it', () => {
  const view = viewOf(
    tableOf([30, 16, 0, 8], [], {
      workedOutFrom: ['Use today', 'Plans'],
      description: 'How far they are.',
      options: [
        { code: 'yes', label: 'Adopter', description: 'Uses it today.' },
        { code: 'no', label: 'Non-adopter' },
        { code: 'maybe', label: 'Unclassified' },
        { code: 'dk', label: 'Other' },
      ],
    }),
  );
  expect(view?.asked).toEqual(['Worked out from the answers to: “Use today”, “Plans”.']);
  expect(view?.answered).toEqual(['Known for 54 of 60.']);
  expect(view?.description).toBe('How far they are.');
  expect(view?.meanings).toEqual([{ label: 'Adopter', description: 'Uses it today.' }]);
  expect(view?.nobody).toBe('Nobody is in: Unclassified.');
});

test('an answer may be filled in: then not everybody who has one was asked', () => {
  const view = viewOf(tableOf([30, 16, 9, 8], [], { filledIn: true }));
  expect(view?.answered).toEqual(['54 of 60 have an answer.']);
  expect(view?.notes[0]).toContain('was not asked: that answer was filled in');
  expect(viewOf(tableOf([30, 16, 9, 8]))?.answered).toEqual(['54 of the 60 who were asked answered.']);
});

test('an average is said in a sentence, with the most that it can be, and its table stands open', () => {
  const rows = [{ base: 54, counts: [], nets: [], mean: 4.7 }];
  const table: ProtectedTable = {
    ...tableOf([], [], { kind: 'number', options: [], nets: [] }),
    overall: { code: '', labels: [], asked: 60, rows },
  };
  expect(viewOf({ ...table, most: 12 })).toMatchObject({ means: ['Average: 4.7 of 12.'], open: true });
  expect(viewOf(table)?.means).toEqual(['Average: 4.7.']);
});
