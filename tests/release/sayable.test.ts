import { expect, test } from 'vitest';
import { findSayable, isSayable, isSayableBy } from '../../src/release/page/sayable.ts';
import type { ProtectedTable } from '../../src/release/tables/protected-tables.ts';

type Counts = (number | null)[];

/** A synthetic table of two options, overall and by the two values of a segment. */
function tableOf(overall: Counts | undefined, users: Counts, others: Counts): ProtectedTable {
  const group = (code: string, counts: Counts) => ({
    code,
    labels: [code],
    asked: 40,
    rows: [{ base: 40, counts, nets: [] }],
  });
  return {
    name: 'V1',
    kind: 'choice',
    section: 'views',
    label: 'V1',
    wordings: [],
    rows: [{ variable: 'v1', label: 'V1' }],
    options: ['yes', 'no'].map((code) => ({ code, label: code })),
    nets: [],
    ...(overall && { overall: group('', overall) }),
    views: [{ segment: 'stage', groups: [group('user', users), group('other', others)] }],
  };
}

const codes = (table: ProtectedTable, by: string | undefined) => {
  const found = findSayable(table, by);
  return (
    found && {
      groups: found.groups.map(({ code }) => code),
      silent: found.silent.map(({ code }) => code),
      bySegment: found.bySegment,
    }
  );
};

test('a group of which everything is hidden is told apart', () => {
  expect(codes(tableOf([30, 10], [30, 10], [null, null]), 'stage')).toEqual({
    groups: ['user'],
    silent: ['other'],
    bySegment: true,
  });
});

test('a zero is a figure', () => {
  expect(codes(tableOf([30, 10], [30, 10], [0, null]), 'stage')?.silent).toEqual([]);
});

test('where a segment shows nothing, everybody is shown', () => {
  const table = tableOf([30, 10], [null, null], [null, null]);
  expect(codes(table, 'stage')).toEqual({ groups: [''], silent: [], bySegment: false });
  expect(codes(table, 'size')).toEqual({ groups: [''], silent: [], bySegment: false });
  expect(isSayableBy(table, 'stage')).toBe(false);
});

test.each([
  ['is withheld', tableOf(undefined, [null, null], [null, null])],
  ['is all hidden', tableOf([null, null], [null, null], [null, null])],
])('a table that %s says nothing', (_, table) => {
  expect(codes(table, undefined)).toBeUndefined();
  expect(isSayable(table)).toBe(false);
});

test('an average is a figure', () => {
  const table = tableOf([], [], []);
  const withMean = {
    ...table,
    overall: { code: '', labels: [], asked: 40, rows: [{ base: 40, counts: [], nets: [], mean: 0 }] },
  };
  expect(codes(table, undefined)).toBeUndefined();
  expect(codes(withMean, undefined)?.groups).toEqual(['']);
});
