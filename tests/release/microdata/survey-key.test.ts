import { describe, expect, test } from 'vitest';
import { numbersIn } from '../../../src/release/microdata/survey/numbers.ts';
import { surveyKey } from '../../../src/release/microdata/survey/survey-key.ts';
import { writeSnapshot } from '../../../src/results/snapshot.ts';
import { club, clubs, other, snapshotOf, times } from './clubs.ts';

const survey = clubs();
const keyOf = (name: string, own = survey, answers = [club(), other({ P2: null })]) => {
  const snapshot = snapshotOf(own, answers);
  return surveyKey([own], snapshot, numbersIn(snapshot), name);
};

describe('M4: a key with its coarser versions', () => {
  test('has a leaf for every answer there could be and for every reason why there is none', () => {
    const { levels, key } = keyOf('size');
    expect(levels.map(({ name }) => name)).toEqual(['size', 'size_wide']);
    expect(key.levels.map(({ values }) => values)).toEqual([['1', '2', '3', '-9'], ['1', '2', '-9'], ['*']]);
    expect([...key.codes]).toEqual([0, 3]);
  });

  test('puts answers that nobody gave into their groups', () => {
    const [, wide] = keyOf('size').key.levels;
    expect([...(wide?.groups ?? [])]).toEqual([0, 1, 1, 2]);
  });

  test('without coarser versions can be as it is or the same for all', () => {
    expect(keyOf('P1').key.levels.map(({ values }) => values.length)).toEqual([3, 1]);
  });

  test('that is a tick list is one key, whose options stand and go together (M14)', () => {
    const ticks = clubs({}, { sections: [withTicks()] });
    const { levels, key } = keyOf('T1', ticks, [club(), club({ T1: ['text', 'pictures'] }), other()]);
    expect(levels.map(({ variables }) => variables.map(({ name }) => name))).toEqual([
      ['t1_text', 't1_pictures', 't1_other', 't1_dk'],
    ]);
    expect(key.levels.map(({ values }) => values.length)).toEqual([3, 1]);
  });

  test('ends where an older version of the survey grouped otherwise', () => {
    const [size, wide, ...others] = survey.file.derived;
    if (wide?.kind !== 'groups') throw new Error('not the groups that were meant');
    const groups = [
      { code: 'small', label: 'Small', options: ['small', 'middle'] },
      { code: 'larger', label: 'Larger', options: ['large'] },
    ];
    const old = clubs({}, { derived: [size, { ...wide, groups }, ...others] });
    const writer = writeSnapshot(
      new Map([
        ['new', survey],
        ['old', old],
      ]),
      { survey: 'clubs', madeOn: '2027-04-01', responses: 4 },
    );
    for (const each of times(2, club({ P2: 's10' }))) writer.add('new', each);
    for (const each of times(2, club({ P2: 's10' }))) writer.add('old', each);
    const snapshot = writer.finish();
    const { levels } = surveyKey([survey, old], snapshot, numbersIn(snapshot), 'size');
    expect(levels.map(({ name }) => name)).toEqual(['size']);
  });
});

/** The survey's first section, its tick list a quasi-identifier. */
function withTicks() {
  const [section] = survey.file.sections;
  return {
    ...section,
    pages: section?.pages.map((page) => ({
      ...page,
      questions: page.questions.map((question) => (question.code === 'T1' ? { ...question, role: 'quasi' } : question)),
    })),
  };
}
