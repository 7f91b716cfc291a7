import { describe, expect, test } from 'vitest';
import { ask, type Wanted } from '../../../src/release/network/ask.ts';
import { NoAtoms } from '../../../src/release/network/atoms.ts';
import { describeNetwork } from '../../../src/release/network/describe.ts';
import { NotOffered, UnknownName } from '../../../src/release/network/names.ts';
import { openNetwork } from '../../../src/release/network/network.ts';
import { askNetwork, offerNetwork } from '../../../src/release/released.ts';
import { wilson } from '../../../src/results/figures.ts';
import { alike, farms, fileOf, type Row } from './farms.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };
const [NORTH, SOUTH] = [1, 2];
const [MICRO, SMALL, MIDDLE, LARGE] = [1, 2, 3, 4];

const open = (rows: readonly Row[]) => openNetwork(fileOf(rows), farms, POLICY);
const offerOf = (rows: readonly Row[]) => describeNetwork(open(rows));

/** Answers by turns, so that every group has as many of each. */
function mixed(n: number, row: Row, name: string, ...values: readonly number[]): Row[] {
  return values.flatMap((value) => alike(n / values.length, { ...row, [name]: value }));
}

/** 100 farms whose four groups by place and size have 20 or 30 each; half of each tick wheat. */
const HUNDRED = [
  ...mixed(20, { k1: NORTH, size: MICRO, k3: 1 }, 'q2_wheat', 0, 1),
  ...mixed(30, { k1: NORTH, size: LARGE, k3: 1 }, 'q2_wheat', 0, 1),
  ...mixed(30, { k1: SOUTH, size: MICRO, k3: 1 }, 'q2_wheat', 0, 1),
  ...mixed(20, { k1: SOUTH, size: LARGE, k3: 1 }, 'q2_wheat', 0, 1),
];

/** What is told: people, base, and the counts of the first row. */
function told(rows: readonly Row[], wanted: Wanted) {
  const { people, groups } = ask(open(rows), wanted);
  return {
    people,
    groups: groups.map(({ code, people: n, rows: [row] }) => [
      code,
      n,
      row?.base,
      ...(row?.figures ?? []).map((figure) => (figure.state === 'shown' ? figure.n : undefined)),
    ]),
  };
}

describe('rule T9: the groups that filters can tell apart', () => {
  test('have at least b respondents each, on the finest levels on which that is so', () => {
    const { dimensions, groups, rest } = offerOf(HUNDRED);
    expect(dimensions.map(({ name, values }) => [name, values.map(({ code }) => code).join()])).toEqual([
      ['k1', 'north,south'],
      ['size', 'micro,small,middle,large'],
      ['size_wide', 'smaller,larger'],
      ['k3', 'own,rented'],
    ]);
    expect([groups, rest]).toEqual([4, 0]);
  });

  test('are on a coarser level of a key where a value of it has too few', () => {
    const rows = [
      ...alike(20, { k1: NORTH, size: MICRO, k3: 1 }),
      ...alike(9, { k1: NORTH, size: SMALL, k3: 1 }),
      ...alike(20, { k1: NORTH, size: MIDDLE, k3: 1 }),
      ...alike(9, { k1: NORTH, size: LARGE, k3: 1 }),
    ];
    const { dimensions, without } = offerOf(rows);
    expect(dimensions.map(({ name }) => name)).toEqual(['k1', 'size_wide', 'k3']);
    expect(without).toEqual([]);
  });

  test('leave out a key altogether that would make them too small', () => {
    const rows = [
      ...mixed(24, { k1: NORTH, size: MICRO }, 'k3', 1, 2),
      ...mixed(24, { k1: NORTH, size: LARGE }, 'k3', 1, 2),
      ...alike(3, { k1: SOUTH, size: MICRO, k3: 1 }),
      ...alike(3, { k1: SOUTH, size: LARGE, k3: 2 }),
    ];
    expect(offerOf(rows)).toMatchObject({ without: ['k1'], rest: 0, groups: 4 });
  });

  test('put the few whose key is not known into a rest of at least b, with the smallest group beside them', () => {
    const rows = [
      ...mixed(200, { size: MICRO, k3: 1 }, 'k1', NORTH, SOUTH),
      ...mixed(200, { size: LARGE, k3: 1 }, 'k1', NORTH, SOUTH),
      ...alike(12, { k1: NORTH, size: SMALL, k3: 1 }),
      ...alike(2, { k1: -6, size: MICRO, k3: 1 }),
      ...alike(1, { k1: NORTH, size: -9, k3: 1 }),
    ];
    expect(offerOf(rows)).toMatchObject({ rest: 15, groups: 4, respondents: 415 });
    const { groups } = ask(open(rows), { question: 'Q1', by: 'size' });
    expect(groups.map(({ code, people }) => [code, people])).toEqual([
      ['micro', 200],
      ['small', 0],
      ['middle', 0],
      ['large', 200],
    ]);
    expect(ask(open(rows), { question: 'Q1' }).people).toBe(400);
  });

  test('count nobody whose key is not known, whatever is asked', () => {
    const rows = [...HUNDRED, ...alike(11, { k1: NORTH, size: -6, k3: 1, q2_wheat: 1 })];
    expect(offerOf(rows)).toMatchObject({ rest: 11, groups: 4 });
    expect(told(rows, { question: 'Q2' })).toEqual({ people: 100, groups: [['', 100, 100, 50, 50]] });
    expect(told(rows, { question: 'Q2', where: { k1: ['north'] } }).people).toBe(50);
  });

  test('leave out a key that is not known of many, and keep their rows', () => {
    const rows = [...HUNDRED, ...alike(12, { k1: NORTH, size: -6, k3: 1 })];
    expect(offerOf(rows)).toMatchObject({ rest: 0, groups: 2, without: ['size'] });
  });

  test('are not given up for rows of which nothing is known to begin with', () => {
    const rows = [...HUNDRED, ...alike(8, { k1: -6, size: -6, k3: -6 })];
    expect(offerOf(rows)).toMatchObject({ rest: 28, groups: 3, without: [] });
  });

  test('are not made of fewer than b respondents', () => {
    expect(() => open(alike(9, { k1: 1, size: 1, k3: 1 }))).toThrow(NoAtoms);
    expect(() => open(alike(9, { k1: 1, size: 1, k3: 1 }))).toThrow('The file has 9 rows');
  });

  test('are the same however the rows stand', () => {
    const { dimensions, groups, rest } = offerOf(HUNDRED.toReversed());
    expect({ dimensions, groups, rest }).toEqual(
      (({ dimensions, groups, rest }) => ({ dimensions, groups, rest }))(offerOf(HUNDRED)),
    );
  });
});

describe('rule T9: a question', () => {
  const crossedBy = (rows: readonly Row[], name: string) =>
    offerOf(rows).questions.find((question) => question.name === name)?.by;

  test('is crossed by everything where each of its figures is 0 or at least t in every group', () => {
    expect(crossedBy(HUNDRED, 'Q2')).toEqual(['k1', 'size', 'size_wide', 'k3']);
  });

  test('is crossed less far where a figure would be of 1 to t − 1', () => {
    // Of the northern micro farms only three tick wheat.
    const rows = HUNDRED.map((row, at) => (at >= 10 && at < 17 ? { ...row, q2_wheat: 0 } : row));
    expect(crossedBy(rows, 'Q2')).toEqual(['k1', 'k3']);
    expect(
      crossedBy(
        HUNDRED.map((row, at) => ({ ...row, q2_wheat: at < 4 ? 1 : 0 })),
        'Q2',
      ),
    ).toBeUndefined();
  });

  test('is crossed less far where few were not asked, or few gave no answer', () => {
    const notAsked = HUNDRED.map((row, at) => ({ ...row, q1: at < 3 ? -1 : 2 }));
    const blank = HUNDRED.map((row, at) => ({ ...row, q1: at < 3 ? -9 : 2 }));
    const enough = HUNDRED.map((row, at) => ({ ...row, q1: at < 5 ? -1 : 2 }));
    expect([crossedBy(notAsked, 'Q1'), crossedBy(blank, 'Q1')]).toEqual([undefined, undefined]);
    expect(crossedBy(enough, 'Q1')).toEqual(['k1', 'size', 'size_wide', 'k3']);
  });

  test('is crossed less far where fewer than b answered in a group', () => {
    const rows = HUNDRED.map((row, at) => ({ ...row, q1: at < 12 ? -9 : 2 }));
    expect(crossedBy(rows, 'Q1')).toEqual(['k1', 'k3']);
  });

  test('that is sensitive is crossed only where no answer is that of nobody or of nearly everybody (T3)', () => {
    const rows = HUNDRED.map((row, at) => ({ ...row, q3: at % 2 === 0 ? 1 : 2 }));
    expect(crossedBy(rows, 'Q3')).toEqual(['k1', 'size', 'size_wide', 'k3']);
    expect(
      crossedBy(
        HUNDRED.map((row, at) => ({ ...row, q3: at < 20 || at % 2 === 0 ? 1 : 2 })),
        'Q3',
      ),
    ).toEqual(['k1', 'k3']);
    expect(
      crossedBy(
        HUNDRED.map((row) => ({ ...row, q3: 1 })),
        'Q3',
      ),
    ).toBeUndefined();
  });

  test('has answers taken together as its file says where it can be crossed further so (T4)', () => {
    const rows = HUNDRED.map((row, at) => ({ ...row, q1: [1, 1, 1, 1, 2, 3, 3, 3, 3, 4][at % 10] ?? 1 }));
    const { collapsed, answers, groups } = ask(open(rows), { question: 'Q1', by: 'k1' });
    expect(collapsed).toBe(true);
    expect(answers.map(({ code }) => code)).toEqual(['rarely', 'usually']);
    expect(groups.map(({ rows: [row] }) => row?.base)).toEqual([50, 50]);
    expect(ask(open(HUNDRED.map((row, at) => ({ ...row, q1: 1 + (at % 2) }))), { question: 'Q1' }).collapsed).toBe(
      false,
    );
  });

  test('is not shown beside another on the same answers where the two subtracted tell of fewer than t', () => {
    const grain = (each: number) =>
      HUNDRED.map((row, at) => {
        const rye = at % 10 < each ? 1 : 0;
        return { ...row, q2_rye: rye, q2_none: 0, q2_grain: rye || row.q2_wheat ? 1 : 0 };
      });
    expect(crossedBy(grain(0), 'q2_grain')).toEqual(['k1', 'size', 'size_wide', 'k3']);
    // Of the northern micro farms two have any grain and no wheat.
    const few = grain(0).map((row, at) => (at < 2 ? { ...row, q2_grain: 1 } : row));
    expect(crossedBy(few, 'Q2')).toEqual(['k1', 'size', 'size_wide', 'k3']);
    expect(crossedBy(few, 'q2_grain')).toBeUndefined();
  });
});

describe('rule T9: who was asked', () => {
  /** Odd farms grow wheat often, the first of them always; whoever does so at all is asked Q4, those often Q5 too. */
  const routed = (always: number) =>
    HUNDRED.map((row, at) => {
      const q1 = at % 2 === 0 ? 1 : at < 2 * always ? 4 : 3;
      return { ...row, q1, q4: q1 === 1 ? -1 : 1, q5: q1 === 3 ? 1 : -1 };
    });
  const by = (rows: readonly Row[]) =>
    Object.fromEntries(offerOf(rows).questions.map((question) => [question.name, question.by.join()]));

  test('does not tell of fewer than t by the difference of two questions', () => {
    expect(by(routed(6))).toMatchObject({ Q4: 'k1,size,size_wide,k3', Q5: 'k1,k3' });
    // Three were asked Q4 and not Q5: they gave the answer that nobody is shown alone.
    expect(by(routed(3))).toMatchObject({ Q1: 'k1,size,size_wide,k3', Q4: 'k1,size,size_wide,k3' });
    expect(by(routed(3))).not.toHaveProperty('Q5');
  });
});

describe('ask', () => {
  test('counts everybody, whoever is wanted, whoever is not, and by groups', () => {
    const question = 'Q2';
    expect(told(HUNDRED, { question })).toEqual({ people: 100, groups: [['', 100, 100, 50, 50]] });
    expect(told(HUNDRED, { question, where: { size: ['micro'] } }).groups).toEqual([['', 50, 50, 25, 25]]);
    expect(told(HUNDRED, { question, where: { SIZE: ['Micro', 'large'], k1: ['north'] } }).people).toBe(50);
    expect(told(HUNDRED, { question, whereNot: { k1: ['north'] }, where: { size_wide: ['larger'] } }).people).toBe(20);
    expect(told(HUNDRED, { question, by: 'k1', where: { size: ['large'] } }).groups).toEqual([
      ['north', 30, 30, 15, 15],
      ['south', 20, 20, 10, 10],
    ]);
  });

  test('gives percentages with their base and Wilson’s interval', () => {
    const [figure] =
      ask(open(HUNDRED), { question: 'Q2', where: { k1: ['south'], size: ['micro'] } }).groups[0]?.rows[0]?.figures ??
      [];
    const { low, high } = wilson(15, 30);
    expect(figure).toEqual({
      state: 'shown',
      n: 15,
      base: 30,
      share: { percent: 50, low: Math.round(low * 1000) / 10, high: Math.round(high * 1000) / 10 },
    });
  });

  test('says so when nobody is selected', () => {
    expect(told(HUNDRED, { question: 'Q2', where: { size: ['small'] } })).toEqual({
      people: 0,
      groups: [['', 0, 0, 0, 0]],
    });
    expect(told(HUNDRED, { question: 'Q2', where: { size: ['micro'], size_wide: ['larger'] } }).people).toBe(0);
  });

  test('leaves as a released value, and so does what can be asked', () => {
    const network = open(HUNDRED);
    expect(askNetwork(network, { question: 'Q2' }).content.people).toBe(100);
    expect(offerNetwork(network).content.respondents).toBe(100);
  });

  test.each<[string, Wanted, string]>([
    ['a question', { question: 'Q22' }, 'There is no question "Q22" in this release. Did you mean "Q2"?'],
    [
      'a dimension',
      { question: 'Q2', by: 'sise' },
      'Nothing called "sise" can be filtered or crossed by here. Did you mean "size"? Q2 can be filtered and crossed by: k1, size, size_wide, k3.',
    ],
    [
      'a value',
      { question: 'Q2', where: { size: ['mikro'] } },
      '"mikro" is not a value of size. Did you mean "micro"? Its values: micro, small, middle, large.',
    ],
    ['a value that nobody can ask for', { question: 'Q2', where: { size: ['?'] } }, '"?" is not a value of size.'],
  ])('names the nearest to %s that is not there, and what is', (_, wanted, sentence) => {
    expect(() => ask(open(HUNDRED), wanted)).toThrow(UnknownName);
    expect(() => ask(open(HUNDRED), wanted)).toThrow(sentence);
  });

  test('says why something is not shown, and what is', () => {
    const rows = [...HUNDRED.map((row, at) => ({ ...row, q1: at < 12 ? -9 : 2, q3: 1, k3: 1 + Number(at % 8 === 0) }))];
    const refused = (wanted: Wanted) => {
      expect(() => ask(open(rows), wanted)).toThrow(NotOffered);
      return expect(() => ask(open(rows), wanted));
    };
    refused({ question: 'Q1', by: 'size' }).toThrow(
      expect.objectContaining({
        message: 'Q1 cannot be filtered or crossed by size: some figures would be of fewer than 5 people.',
        instead: 'It can be by: k1.',
      }),
    );
    refused({ question: 'Q1', by: 'k3' }).toThrow('Nothing can be filtered or crossed by k3 in this release');
    refused({ question: 'Q3' }).toThrow('or nearly everybody gave the same answer');
  });
});
