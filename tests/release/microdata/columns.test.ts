import { describe, expect, test } from 'vitest';
import { chooseColumns } from '../../../src/release/microdata/survey/columns.ts';
import { clubs, snapshotOf } from './clubs.ts';

const KEYS = ['stage', 'P1', 'size'];

function choose(disclosure: Parameters<typeof clubs>[0], keyNames = disclosure?.keys ?? KEYS) {
  const survey = clubs(disclosure);
  const { keys, columns, leftOut } = chooseColumns([survey], snapshotOf(survey, []).variables, keyNames);
  return {
    keys: keys.map(({ name }) => name),
    columns: columns.map(({ variable }) => variable.name),
    leftOut: leftOut.map(({ name, reason }) => `${name} ${reason}`),
    telling: columns.filter(({ telling }) => telling).map(({ variable }) => variable.name),
  };
}

describe('M1: the columns of a data file', () => {
  test('are those that the survey’s file lists, and no others', () => {
    expect(choose({ columns: ['H1', 'worries'] })).toEqual({
      keys: ['stage', 'p1', 'size'],
      columns: ['h1', 'worries'],
      leftOut: [],
      telling: [],
    });
  });

  test('a question brings all of its variables, but not what people typed and not what is worked out from it', () => {
    expect(choose({ columns: ['T1', 'C1'] }).columns).toEqual([
      't1_text',
      't1_pictures',
      't1_other',
      't1_dk',
      'c1_cost',
      'c1_law',
    ]);
  });

  test('what is listed twice is there once', () => {
    expect(choose({ columns: ['C1', 'c1_cost', 'C1'] }).columns).toEqual(['c1_cost', 'c1_law']);
  });

  test.each([
    ['a quasi-identifier that is no key', 'P2', 'P2 is a quasi-identifier and not a key'],
    ['a grouping of one', 'size_wide', 'size_wide is a quasi-identifier and not a key'],
    ['free text', 'Z1', 'Z1 has a role that never leaves'],
    ['a technical variable', 'X1', 'X1 has a role that never leaves'],
    ['a box behind an option', 't1_other_text', 't1_other_text has a role that never leaves'],
    ['a raw number', 'N1', 'N1 is a raw number; the bands that it falls into may leave'],
    ['a date', 'D1', 'D1 is a date, and the wave is the only time in a file'],
    ['a weight', 'W1', 'W1 is a weight that was asked; data files carry those that are worked out'],
  ])('%s stays, though the file lists it', (_, name, reason) => {
    expect(choose({ columns: ['C1', name] })).toMatchObject({ columns: ['c1_cost', 'c1_law'], leftOut: [reason] });
  });

  test('a direct identifier stays, though the file lists it', () => {
    const survey = clubs({ columns: ['C1', 'S1'] });
    const older = snapshotOf(survey, []);
    const variables = older.variables.map((each) => (each.name === 's1' ? { ...each, role: 'direct' as const } : each));
    const { columns, leftOut } = chooseColumns([survey], variables, KEYS);
    expect(columns.map(({ variable }) => variable.name)).toEqual(['c1_cost', 'c1_law']);
    expect(leftOut).toEqual([{ name: 'S1', reason: 'has a role that never leaves' }]);
  });
});

describe('M12: a key that is left out takes along what tells it', () => {
  const columns = ['S1', 'T1', 't1_any', 'V1', 'C1', 'worries'];

  test('answers that it is worked out from, and questions that were asked because of it', () => {
    expect(choose({ columns }, ['P1', 'size'])).toMatchObject({
      keys: ['p1', 'size'],
      columns: ['v1', 'c1_cost', 'c1_law', 'worries'],
      leftOut: [
        'stage is a key that was not chosen',
        'S1 tells "stage", which is a key that was not chosen',
        'T1 tells "stage", which is a key that was not chosen',
        't1_any tells "stage", which is a key that was not chosen',
      ],
    });
  });

  test('also where only a coarser version of it is in the file', () => {
    expect(choose({ columns: ['V1', 'C1'] }, ['stage', 'size_wide'])).toMatchObject({
      keys: ['stage', 'size_wide'],
      columns: ['c1_cost', 'c1_law'],
      leftOut: [
        'P1 is a key that was not chosen',
        'size is a key that was not chosen',
        'V1 tells "size", which is a key that was not chosen',
      ],
    });
  });

  test('in an older version too', () => {
    const now = clubs({ columns: ['C1'] });
    const [first] = now.file.sections;
    const pages = first?.pages.map((page) => ({
      ...page,
      questions: page.questions.map((question) =>
        question.code === 'C1' ? { ...question, when: { variable: 'stage', is: 'user' } } : question,
      ),
    }));
    const before = clubs({}, { sections: [{ ...first, pages }] });
    const { columns, leftOut } = chooseColumns([now, before], snapshotOf(now, []).variables, ['P1', 'size']);
    expect(columns).toEqual([]);
    expect(leftOut.at(-1)).toEqual({ name: 'C1', reason: 'tells "stage", which is a key that was not chosen' });
  });
});

test('having been asked is like a key where a quasi-identifier decided it', () => {
  expect(choose({ columns: ['T1', 'H2', 'V1', 'worries'] }).telling).toEqual([
    't1_text',
    't1_pictures',
    't1_other',
    't1_dk',
    'v1',
  ]);
});

describe('a choice that is no data file is refused', () => {
  test.each([
    [
      'a key is no quasi-identifier',
      { keys: ['C1'] },
      /^The key "C1" has the role "plain"; keys are quasi-identifiers\.$/,
    ],
    ['a key is free text', { keys: ['Z1'] }, /^The key "Z1" has a role that never leaves\. Take it out of "keys"/],
  ])('when %s', (_, disclosure, message) => {
    expect(() => choose(disclosure)).toThrow(message);
  });

  test('when a key is a number as it was given', () => {
    const survey = clubs({ keys: ['N1'] });
    const variables = snapshotOf(survey, []).variables.map((each) => ({ ...each, role: 'quasi' as const }));
    expect(() => chooseColumns([survey], variables, ['N1'])).toThrow(
      'The key "N1" is a number, and nearly everybody has their own. Put it into bands, and name the bands in "keys".',
    );
  });

  test('when a variable is called like the names of rows', () => {
    const survey = clubs();
    const variables = snapshotOf(survey, []).variables.map((each) =>
      each.name === 's1' ? { ...each, name: 'row_id' } : each,
    );
    expect(() => chooseColumns([survey], variables, KEYS)).toThrow(/^A variable is called "row_id"/);
  });
});
