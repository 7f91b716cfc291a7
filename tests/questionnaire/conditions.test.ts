import { describe, expect, test } from 'vitest';
import type { Answer, Answers, Known } from '../../src/questionnaire/answers.ts';
import { holds } from '../../src/questionnaire/conditions.ts';
import type { Condition } from '../../src/questionnaire/definition.ts';

const knowing = (answers: Answers, variables: Record<string, string> = {}): Known => ({
  answer: (field) => answers[field] ?? undefined,
  variable: (name) => variables[name],
});

/** What the condition, looking at Q, says of an answer. */
const says = (operator: Condition, answer: Answer | null, others: Answers = {}) =>
  holds({ question: 'Q', ...operator }, knowing({ Q: answer, ...others }));

type Row = [name: string, operator: Condition, holdsFor: Answer[], failsFor: Answer[]];
const operators: Row[] = [
  ['is', { is: 'a' }, ['a', ['a']], ['b', ['a', 'b']]],
  ['isNot', { isNot: 'a' }, ['b', ['a', 'b']], ['a', ['a']]],
  ['isAnyOf', { isAnyOf: ['a', 'b'] }, ['a', 'b', ['b', 'c']], ['c', ['c', 'd']]],
  ['isNoneOf', { isNoneOf: ['a', 'b'] }, ['c', ['c', 'd']], ['a', ['b', 'c']]],
  ['includes', { includes: 'a' }, ['a', ['b', 'a']], ['b', ['b', 'c']]],
  ['includesAnyOf', { includesAnyOf: ['a', 'b'] }, [['b', 'c'], 'a'], [['c']]],
  ['includesAllOf', { includesAllOf: ['a', 'b'] }, [['c', 'b', 'a']], [['a', 'c'], 'a']],
  ['includesNoneOf', { includesNoneOf: ['a', 'b'] }, [['c'], 'c'], [['c', 'a'], 'b']],
  ['count equals', { count: { equals: 2 } }, [['a', 'b']], ['a', ['a', 'b', 'c']]],
  [
    'count atLeast',
    { count: { atLeast: 2 } },
    [
      ['a', 'b'],
      ['a', 'b', 'c'],
    ],
    ['a'],
  ],
  ['count atMost', { count: { atMost: 1 } }, ['a'], [['a', 'b']]],
  ['count except', { count: { atLeast: 1, except: ['none', 'dk'] } }, [['none', 'a']], ['dk', ['none']]],
  ['compare equals', { compare: { equals: '10.0' } }, ['10', '10.00'], ['10.1', '9']],
  ['compare atLeast', { compare: { atLeast: 10 } }, ['10', '11'], ['9.9', '-10']],
  ['compare atMost', { compare: { atMost: 10 } }, ['10', '-11'], ['10.1', '100']],
  ['compare moreThan', { compare: { moreThan: 10 } }, ['10.001'], ['10', '9']],
  ['compare lessThan', { compare: { lessThan: '2026-03-01' } }, ['2026-02-28'], ['2026-03-01', '2027-01-01']],
  ['compare within', { compare: { atLeast: 1, lessThan: 3 } }, ['1', '2.9'], ['0', '3']],
  ['compare, exactly', { compare: { moreThan: '9007199254740993' } }, ['9007199254740993.5'], ['9007199254740992']],
  ['compare, very small', { compare: { atLeast: 1e-7 } }, ['0.0000001'], ['0.00000009']],
];

describe('each operator', () => {
  test.each(operators)('%s', (_, operator, holdsFor, failsFor) => {
    for (const answer of holdsFor) expect(says(operator, answer), `of ${answer}`).toBe(true);
    for (const answer of failsFor) expect(says(operator, answer), `of ${answer}`).toBe(false);
  });

  test.each(operators)('%s is false of a blank, and true with ifBlank', (_, operator) => {
    expect(says(operator, null)).toBe(false);
    expect(holds({ question: 'Q', ...operator }, knowing({}))).toBe(false);
    expect(says({ ...operator, ifBlank: true }, null)).toBe(true);
    expect(says({ ...operator, ifBlank: false }, null)).toBe(false);
  });

  test.each(operators)('%s with ifBlank still decides about an answer', (_, operator, holdsFor, failsFor) => {
    for (const answer of holdsFor) expect(says({ ...operator, ifBlank: false }, answer)).toBe(true);
    for (const answer of failsFor) expect(says({ ...operator, ifBlank: true }, answer)).toBe(false);
  });
});

test('answered says what a blank means by itself', () => {
  expect([says({ answered: true }, 'dk'), says({ answered: true }, null)]).toEqual([true, false]);
  expect([says({ answered: false }, 'dk'), says({ answered: false }, null)]).toEqual([false, true]);
});

test('a comparison with a mark, or with a question that is blank, is a comparison with nothing', () => {
  const more: Condition = { compare: { moreThan: { question: 'P' } } };
  expect(says(more, '5', { P: '4' })).toBe(true);
  expect(says(more, '4', { P: '4' })).toBe(false);
  for (const [answer, other] of [
    ['5', null],
    ['5', 'dk'],
    ['dk', '4'],
    ['2026-01-01', '4'],
  ] as const) {
    expect(says(more, answer, { P: other })).toBe(false);
    expect(says({ ...more, ifBlank: true }, answer, { P: other })).toBe(true);
  }
});

test('all, any and not are plain logic', () => {
  const known = knowing({ Q: 'a' });
  const yes: Condition = { question: 'Q', is: 'a' };
  const no: Condition = { question: 'Q', is: 'b' };
  const blank: Condition = { question: 'P', is: 'a' };
  const table: [Condition, boolean][] = [
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, blank] }, false],
    [{ not: no }, true],
    [{ not: blank }, true],
    [{ not: { all: [yes, { not: yes }] } }, true],
  ];
  for (const [condition, expected] of table) expect(holds(condition, known), JSON.stringify(condition)).toBe(expected);
});

test('a condition looks at a variable as at an answer', () => {
  const known = knowing({ stage: 'non' }, { stage: 'future', worries: '4' });
  expect(holds({ variable: 'stage', isAnyOf: ['future', 'non'] }, known)).toBe(true);
  expect(holds({ variable: 'stage', is: 'non' }, known)).toBe(false);
  expect(holds({ variable: 'worries', compare: { atLeast: 4 } }, known)).toBe(true);
  expect(holds({ variable: 'other', isNot: 'x' }, known)).toBe(false);
  expect(holds({ variable: 'other', answered: false }, known)).toBe(true);
});
