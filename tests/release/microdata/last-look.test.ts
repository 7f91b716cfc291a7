import { describe, expect, test } from 'vitest';
import { MISSING } from '../../../src/questionnaire/variables.ts';
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';
import { lookAtFile } from '../../../src/release/microdata/last-look.ts';
import { wildcardFrequencies } from './generalise/wildcards.ts';

const column = (name: string, role: DataVariable['role'], values: readonly number[]): DataVariable => ({
  name,
  label: name,
  role,
  kind: 'categories',
  ordered: false,
  categories: [],
  withheldForSome: values.includes(MISSING.withheld),
  values: Int32Array.from(values),
});

const file = (k: number, ...variables: DataVariable[]): DataFile => ({
  about: {
    survey: 'clubs',
    version: '1.0',
    title: 'Clubs',
    wave: 'Spring 2027',
    language: 'en',
    release: 1,
    madeOn: '2027-04-01',
    synthetic: true,
    audience: 'network',
    k,
    withheldRows: 'none',
    leftOut: [],
  },
  rows: variables[0]?.values.length ?? 0,
  variables,
});

const truth = (columns: Readonly<Record<string, readonly number[]>>, telling: readonly string[] = []) => ({
  respondents: Object.values(columns)[0]?.length ?? 0,
  of: (name: string) => (respondent: number) => columns[name]?.[respondent] ?? MISSING.blank,
  isTelling: (name: string) => telling.includes(name),
});

describe('M7: the last look at a file', () => {
  test('lets a file pass in which k rows fit everybody', () => {
    const keys = [1, 1, 1, 2, 2, 2];
    expect(lookAtFile(file(3, column('town', 'key', keys)), truth({ town: keys }))).toEqual({
      smallestClass: 3,
      fewestCompatible: 3,
    });
  });

  test('the planted fault: refuses what is safe only with blanks as wildcards', () => {
    const W = MISSING.withheld;
    const [town, size] = [
      [1, 1, 1, W],
      [1, 1, W, 2],
    ];
    const rows = [...town.keys()].map((row) =>
      [town[row], size[row]].map((each) => (each === W ? null : (each ?? null))),
    );
    // As sdcMicro counts, every row but the last has company of three, and the last of two: k = 2 is kept.
    expect(Math.min(...wildcardFrequencies(rows))).toBeGreaterThanOrEqual(2);
    const wild = file(2, column('town', 'key', town), column('size', 'key', size));
    expect(() => lookAtFile(wild, truth({ town: [1, 1, 1, 2], size: [1, 1, 2, 2] }))).toThrow(/nothing was written$/);
  });

  test('refuses large classes of which one holds somebody who does not fit in', () => {
    const shown = file(3, column('town', 'key', [1, 1, 1, 2, 2, 2]));
    expect(() => lookAtFile(shown, truth({ town: [1, 1, 1, 2, 2, 3] }))).toThrow(
      'a class of 3 and somebody whom 0 rows fit, at k = 3',
    );
  });

  test('takes what somebody was asked for known, where a quasi-identifier decided it', () => {
    const [town, asked] = [
      [1, 1, 1, 1],
      [1, 2, -1, -1],
    ];
    const own = file(3, column('town', 'key', town), column('tool', 'plain', asked));
    expect(lookAtFile(own, truth({ town, tool: asked })).smallestClass).toBe(4);
    expect(() => lookAtFile(own, truth({ town, tool: asked }, ['tool']))).toThrow('a class of 2 and');
  });

  test('F7: refuses names that a program keeps, that are too long, or that are there twice', () => {
    const keys = [1, 1, 1];
    for (const name of ['strl', 'Town', 'a'.repeat(33), '1st'])
      expect(() => lookAtFile(file(3, column(name, 'key', keys)), truth({ [name]: keys }))).toThrow(
        'no column can be called',
      );
    const twice = file(3, column('town', 'key', keys), column('town', 'plain', keys));
    expect(() => lookAtFile(twice, truth({ town: keys }))).toThrow('no column can be called "town"');
  });
});
