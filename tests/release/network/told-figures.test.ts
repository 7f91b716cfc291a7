/** What is told beside a question's own counts: answers taken together, and percentages of the population. */
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import type { DataVariable } from '../../../src/release/microdata/data-file.ts';
import { ask } from '../../../src/release/network/ask.ts';
import { openNetwork } from '../../../src/release/network/network.ts';
import { alike, FARMS_SOURCE, farms, fileOf, type Row } from './farms.ts';

const POLICY = { cell: 5, base: 10, width: 5, hierarchies: {} };

const north: Row = { k1: 1, size: 1, k3: 1, q2_none: 0 };
const south: Row = { k1: 2, size: 4, k3: 1, q2_none: 0 };

describe('what is taken together', () => {
  test('of a tick list comes from the file’s own column', () => {
    const rows = [
      ...alike(20, { ...north, q2_wheat: 1, q2_rye: 1, q2_grain: 1 }),
      ...alike(20, { ...north, q2_wheat: 1, q2_rye: 0, q2_grain: 1 }),
      ...alike(20, { ...south, q2_wheat: 0, q2_rye: 0, q2_grain: 0 }),
    ];
    const network = openNetwork(fileOf(rows), farms, POLICY);
    const { nets, groups } = ask(network, { question: 'Q2', by: 'k1' });
    expect(nets).toEqual([{ code: 'q2_grain', label: 'Any grain', dontKnow: false }]);
    expect(groups.map((group) => group.nets)).toMatchObject([[[{ n: 40, base: 40 }]], [[{ n: 0, base: 20 }]]]);
  });

  test('T9: of a tick list is hidden where its column is not told by what is asked for', () => {
    // Of the northern ones 37 have any grain, and 3 have none: too few to tell.
    const rows = [
      ...alike(20, { ...north, q2_wheat: 1, q2_rye: 0, q2_grain: 1 }),
      ...alike(17, { ...north, q2_wheat: 0, q2_rye: 1, q2_grain: 1 }),
      ...alike(3, { ...north, q2_wheat: 0, q2_rye: 0, q2_grain: 0 }),
      ...alike(40, { ...south, q2_wheat: 0, q2_rye: 0, q2_grain: 0 }),
    ];
    const network = openNetwork(fileOf(rows), farms, POLICY);
    const everybody = ask(network, { question: 'Q2' });
    expect(everybody.groups[0]?.nets).toMatchObject([[{ n: 37, base: 80 }]]);
    expect(() => ask(network, { question: 'q2_grain', by: 'k1' })).toThrow('cannot be filtered or crossed by k1');
    const byNation = ask(network, { question: 'Q2', by: 'k1' });
    expect(byNation.groups.map(({ nets }) => nets)).toEqual([[[{ state: 'hidden' }]], [[{ state: 'hidden' }]]]);
    expect(ask(network, { question: 'Q2', where: { k1: ['north'] } }).groups[0]?.nets).toEqual([[{ state: 'hidden' }]]);
  });

  test('of a grid is added up from what is told, row by row', () => {
    const { survey, file } = gridFarms([
      ...alike(30, { a: 1, b: 2 }),
      ...alike(20, { a: 2, b: 3 }),
      ...alike(10, { a: 3, b: 3 }),
    ]);
    const { groups, nets } = ask(openNetwork(file, survey, POLICY), { question: 'G1' });
    expect(nets.map(({ code }) => code)).toEqual(['g1_any']);
    expect(groups[0]?.nets).toMatchObject([
      [
        { n: 30, base: 60 },
        { n: 60, base: 60 },
      ],
    ]);
  });
});

/** Farms that were asked how much of a worry two things are. */
function gridFarms(rows: readonly Row[]) {
  const source = JSON.parse(FARMS_SOURCE);
  const worry = ['no', 'small', 'big'].map((code) => ({ code, label: code }));
  source.sections[0].pages.push({
    questions: [
      {
        type: 'grid',
        code: 'G1',
        text: 'How much of a worry?',
        role: 'plain',
        rows: ['a', 'b'].map((code) => ({ code, label: code })),
        options: worry,
      },
    ],
  });
  source.derived.push({
    kind: 'net',
    code: 'g1_any',
    label: 'Any worry',
    role: 'plain',
    of: 'G1',
    options: ['small', 'big'],
  });
  const column = (code: 'a' | 'b'): DataVariable => ({
    name: `g1_${code}`,
    label: code,
    role: 'plain',
    kind: 'categories',
    ordered: true,
    question: { code: 'G1', text: 'How much of a worry?' },
    categories: worry.map(({ label }, place) => ({ value: place + 1, label })),
    withheldForSome: false,
    values: Int32Array.from(rows, (row) => row[code] ?? 0),
  });
  const plain = fileOf(rows.map(() => north));
  const file = { rows: rows.length, variables: [...plain.variables, column('a'), column('b')] };
  return { survey: getSurvey(JSON.stringify(source)), file };
}

describe('T11: a file with weights', () => {
  // The light ones weigh 30 together and the heavy ones 70; of the former 30 said yes, of the latter 10.
  const rows = [
    ...alike(30, { ...north, q3: 1, weight: 0.5 }),
    ...alike(30, { ...north, q3: 2, weight: 0.5 }),
    ...alike(10, { ...south, q3: 1, weight: 1.75 }),
    ...alike(30, { ...south, q3: 2, weight: 1.75 }),
  ];
  const network = openNetwork(fileOf(rows), farms, POLICY);

  test('tells percentages of the population beside unweighted counts and bases, rounded so that nobody’s weight is told', () => {
    const { weighting, groups } = ask(network, { question: 'Q3', weighted: true });
    // 15 + 17.5 of 100 is 32.5%; to leave six answers open between the lightest and the heaviest, in steps of ten.
    expect(groups[0]?.rows[0]?.figures).toMatchObject([
      { n: 40, base: 100, share: { percent: 40 }, weighted: { percent: 30, step: 10 } },
      { n: 60, base: 100, share: { percent: 60 }, weighted: { percent: 70, step: 10 } },
    ]);
    // (Σw)² over Σw² is 10,000 over 137.5.
    expect(weighting).toEqual({ designEffect: 1.4, effectiveBase: 71 });
    expect(groups[0]?.rows[0]?.effectiveBase).toBe(71);
  });

  test('tells them side by side, and without weights where that is asked for', () => {
    const [few, more] = [
      network,
      openNetwork(fileOf(Array.from({ length: 10 }, () => rows).flat()), farms, POLICY),
    ].map((each) =>
      ask(each, { question: 'Q3', by: 'k1', weighted: true }).groups.map((group) => group.rows[0]?.figures[0]),
    );
    expect(more).toMatchObject([
      { n: 300, base: 600, weighted: { percent: 50, step: 5 } },
      { n: 100, base: 400, weighted: { percent: 26, step: 2 } },
    ]);
    // Of so few no rounding hides what single ones weigh.
    expect(few).toMatchObject([
      { n: 30, base: 60, weighted: null },
      { n: 10, base: 40, weighted: null },
    ]);
    const plain = ask(network, { question: 'Q3', by: 'k1' });
    expect(plain.weighting).toBeUndefined();
    expect(JSON.stringify(plain)).not.toContain('weighted');
  });

  test('weights nothing that is filtered: as many roundings as there are filters would tell what single ones weigh', () => {
    const filtered = ask(network, { question: 'Q3', where: { k1: ['north'] }, weighted: true });
    expect(filtered.weighting).toBeUndefined();
    expect(JSON.stringify(filtered)).not.toContain('weighted');
    expect(JSON.stringify(ask(network, { question: 'Q3', whereNot: { k1: ['north'] }, weighted: true }))).not.toContain(
      'weighted',
    );
  });
});
