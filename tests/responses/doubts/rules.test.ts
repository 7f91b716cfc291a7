/** Which responses a person is asked to look at, and what is said of them. */
import { describe, expect, test } from 'vitest';
import { randomFrom } from '../../../src/questionnaire/random.ts';
import { BLOCKS, differenceOf, leastAnswered, pairsAlike, printsOf } from '../../../src/responses/doubts/doubles.ts';
import { listedOf, lotsOf, readJudged } from '../../../src/responses/doubts/doubt.ts';

const FIELDS = Array.from({ length: 20 }, (_, index) => `Q${index}`);
const ANSWERS: Record<string, string | null> = Object.fromEntries(FIELDS.map((field) => [field, 'yes']));

describe('how far two agree', () => {
  test.each([
    ['in all', {}, 0],
    ['in all but one', { Q3: 'no' }, 1],
    ['in all but two', { Q3: 'no', Q4: null }, 2],
    ['in too few', { Q3: 'no', Q4: 'no', Q5: 'no' }, undefined],
    ['one was asked more', { Q20: 'yes', Q21: 'yes', Q22: 'yes' }, undefined],
    ['a blank is as good as not asked', { Q20: null }, 0],
  ])('%s', (_, change, different) => {
    expect(differenceOf(ANSWERS, { ...ANSWERS, ...change }, 12)).toBe(different);
    expect(differenceOf({ ...ANSWERS, ...change }, ANSWERS, 12)).toBe(different);
  });

  test('is not asked of whoever answered few questions', () => {
    const few = Object.fromEntries(FIELDS.slice(0, 11).map((field) => [field, 'yes']));
    expect(differenceOf(few, few, 12)).toBeUndefined();
    expect(printsOf(FIELDS, few, 12)).toEqual([undefined, undefined, undefined]);
  });
});

test.each([
  [10, 12],
  [100, 16],
  [100_000, 31],
])('of %i people two say something from %i answers on', (n, least) => {
  expect(leastAnswered(n)).toBe(least);
});

test.each([1, 2, 3, 4])('every pair that differs in two answers at most is compared: seed %i', (seed) => {
  const random = randomFrom(seed);
  const pick = (n: number) => Math.floor(random() * n);
  const others = Array.from({ length: 300 }, () => Object.fromEntries(FIELDS.map((field) => [field, `a${pick(4)}`])));
  const [first = {}] = others;
  const twin: Record<string, string> = { ...first, [`Q${pick(20)}`]: 'changed', [`Q${pick(20)}`]: 'changed' };
  const prints = [...others, twin].map((answers) => printsOf(FIELDS, answers, 12));
  const parts = 1 + (seed % 3);
  const pairs = Array.from({ length: BLOCKS * parts }, (_, index) => {
    const own = prints.map((each) => each[index % BLOCKS]);
    return [...pairsAlike(own, { part: Math.floor(index / BLOCKS), parts })];
  }).flat();
  expect(pairs).toContainEqual([0, 300]);
  // Far from each with each, which are 45,150.
  expect(pairs.length).toBeLessThan(200);
});

test.each<[string, Record<string, number>, Record<string, string>]>([
  ['nobody', {}, {}],
  ['few', { '2027-W01': 3 }, { '2027-W01': '2027-W01 2027-W01' }],
  ['enough', { '2027-W02': 10, '2027-W01': 12 }, { '2027-W01': '2027-W01 2027-W01', '2027-W02': '2027-W02 2027-W02' }],
  [
    'too few alone, and too few left over',
    { '2027-W03': 11, '2027-W01': 4, '2027-W02': 6, '2027-W04': 2 },
    {
      '2027-W01': '2027-W01 2027-W02',
      '2027-W02': '2027-W01 2027-W02',
      '2027-W03': '2027-W03 2027-W04',
      '2027-W04': '2027-W03 2027-W04',
    },
  ],
])('weeks are put together until ten sent in them: %s', (_, weeks, lots) => {
  const found = lotsOf(new Map(Object.entries(weeks)));
  expect(Object.fromEntries([...found].map(([week, lot]) => [week, lot.join(' ')]))).toEqual(lots);
});

test.each([
  [0, 0],
  [9, 0],
  [10, 10],
  [37, 30],
  [99, 90],
  [5000, 100],
])('of %i with the same stages %i are listed', (n, listed) => {
  expect(listedOf(n)).toBe(listed);
});

describe('the form that decides', () => {
  const two = [
    ['kept', 'Two people', { decision: 'kept', reason: 'Two people' }],
    ['one', ' Sent twice ', { decision: 'one', reason: 'Sent twice' }],
    ['other', 'Sent twice', { decision: 'other', reason: 'Sent twice' }],
    ['', 'Why', { faults: [{ href: '#decision', text: 'Choose what becomes of them' }] }],
    ['both', 'Why', { faults: [{ href: '#decision', text: 'Choose what becomes of them' }] }],
    ['kept', '  ', { faults: [{ href: '#reason', text: 'Enter a sentence that says why' }] }],
    ['kept', 'x'.repeat(301), { faults: [{ href: '#reason', text: 'The reason must be 300 characters or fewer' }] }],
  ] as const;
  test.each(two)('%o because %o', (decision, reason, read) => {
    expect(readJudged({ decision, reason }, true)).toEqual(read);
  });

  test('offers no second response where there is one', () => {
    expect(readJudged({ decision: 'other', reason: 'Why' }, false)).toHaveProperty('faults');
  });
});
