import { describe, expect, test } from 'vitest';
import type { Answers } from '../../../src/questionnaire/answers.ts';
import { bestByNumber, chooseKeys, type KeyTrial, tryKeys } from '../../../src/release/microdata/compare-keys.ts';
import { club, clubs, other, snapshotOf, times } from './clubs.ts';

const trial = (keys: string, rows: number, columns: number, classes = 1): KeyTrial => ({
  keyNames: keys.split(' ').filter((name) => name !== ''),
  rows,
  columns,
  classes,
});

const trials = (answers: readonly Answers[], survey = clubs()) => tryKeys([survey], snapshotOf(survey, answers), 5);
const shown = ({ keyNames, rows, columns, classes }: KeyTrial) => `${keyNames.join()}: ${rows} ${columns} ${classes}`;

describe('a choice of keys', () => {
  const answers = [
    ...times(5, club()),
    ...times(5, club({ P1: 'farm' })),
    ...times(3, club({ P1: 'farm', P2: 's10', V1: 'no' })),
    ...times(2, club({ P1: 'farm', P2: 's100', V1: 'no' })),
    ...times(5, other()),
  ];

  test.each([
    [['stage', 'P1', 'size'], 'stage,P1,size: 15 15 3'],
    [['stage', 'P1', 'size_wide'], 'stage,P1,size_wide: 20 14 4'],
    [['stage', 'P1'], 'stage,P1: 20 13 3'],
    [['stage'], 'stage: 20 12 2'],
    [[], ': 20 5 1'],
  ])('%s', (keyNames, line) => {
    expect(shown(trials(answers).of(keyNames))).toBe(line);
  });

  test('is made of every key in each of its versions, or without it', () => {
    const told: string[] = [];
    const all = trials(answers).all((done, total) => told.push(`${done} of ${total}`));
    expect(all.map(({ keyNames }) => keyNames.join())).toEqual([
      'stage,P1,size',
      'stage,P1,size_wide',
      'stage,P1',
      'stage,size',
      'stage,size_wide',
      'stage',
      'P1,size',
      'P1,size_wide',
      'P1',
      'size',
      'size_wide',
      '',
    ]);
    expect(told.at(-1)).toBe('12 of 12');
  });

  test('without any column keeps nothing', () => {
    const all = trials(answers, clubs({ keys: ['stage'], columns: ['S1'] })).all();
    expect(all.map(shown)).toEqual(['stage: 20 2 2', ': 20 0 1']);
    expect(bestByNumber(all).map(shown)).toEqual(['stage: 20 2 2', ': 20 0 1']);
  });

  test('is not made of a key that is the same for everybody, unless columns would go with it', () => {
    const names = trials(times(9, club())).all();
    expect(names.map(({ keyNames }) => keyNames.join())).toEqual([
      'stage,size',
      'stage,size_wide',
      'stage',
      'size',
      'size_wide',
      '',
    ]);
  });
});

describe('the best choice', () => {
  test('of each number of keys keeps most cells, and of these tells most', () => {
    const all = [
      trial('', 90, 10),
      trial('a', 80, 20),
      trial('b', 90, 15),
      trial('a b', 50, 21, 3),
      trial('a c', 50, 21, 4),
      trial('b c', 50, 21, 2),
    ];
    expect(bestByNumber(all).map(({ keyNames }) => keyNames.join(' '))).toEqual(['a c', 'a', '']);
  });

  test('is all keys where they cost no more than a twentieth of the rows', () => {
    const asked = () => {
      throw new Error('there is no need to try others');
    };
    const declared = trial('a b', 95, 5);
    expect(chooseKeys(declared, 100, asked)).toBe(declared);
  });

  test('is else the one that keeps most cells', () => {
    const all = [trial('a b', 94, 6), trial('a', 100, 6), trial('b', 100, 5)];
    expect(chooseKeys(trial('a b', 94, 6), 100, () => all).keyNames).toEqual(['a']);
  });
});
