import { describe, expect, test } from 'vitest';
import { MISSING } from '../../../../src/questionnaire/variables.ts';
import { compatibleRows } from '../../../../src/release/microdata/generalise/adversary.ts';
import { diversityOf } from '../../../../src/release/microdata/generalise/diversity.ts';
import { frequenciesOf, riskOf } from '../../../../src/release/microdata/generalise/risk.ts';
import { columnsOf, strictClasses } from './tables.ts';
import { wildcardFrequencies } from './wildcards.ts';

const frequencies = (rows: readonly (readonly (number | null)[])[]) => [
  ...frequenciesOf(strictClasses(columnsOf(rows))),
];
const rowsOfSize = (rows: readonly (readonly number[])[], size: number) =>
  frequencies(rows).filter((each) => each === size).length;

/** The eight rows that sdcMicro's own tests of `freqCalc` use. */
const EIGHT = [
  [2, 3, 1],
  [3, 3, 3],
  [2, 3, 1],
  [2, 3, 2],
  [3, 3, 1],
  [3, 3, 1],
  [1, 4, 1],
  [2, 3, 1],
];

/** Its file francdat: Key1 to Key4. */
const FRANCDAT = [
  [1, 2, 5, 1],
  [1, 2, 1, 1],
  [1, 2, 1, 1],
  [3, 3, 1, 5],
  [4, 3, 1, 4],
  [4, 3, 1, 1],
  [6, 2, 1, 5],
  [1, 2, 5, 1],
];

describe('frequencies are those of sdcMicro 5.8.1', () => {
  test.each([
    { what: 'its eight rows', rows: EIGHT, fk: [3, 1, 3, 1, 2, 2, 1, 3], n1: 3, n2: 2 },
    { what: 'francdat', rows: FRANCDAT, fk: [2, 2, 2, 1, 1, 1, 1, 2], n1: 4, n2: 4 },
  ])('of $what', ({ rows, fk, n1, n2 }) => {
    expect(frequencies(rows)).toEqual(fk);
    expect([rowsOfSize(rows, 1), rowsOfSize(rows, 2)]).toEqual([n1, n2]);
    const risk = riskOf(Int32Array.from(fk));
    expect([risk.uniques, risk.under3 - risk.uniques]).toEqual([n1, n2]);
  });

  test('with wildcards too, where keys are missing', () => {
    const rows: (number | null)[][] = FRANCDAT.map((row) => [...row]);
    for (const [row, key] of [
      [2, 2],
      [3, 0],
      [3, 1],
      [4, 3],
      [5, 0],
    ] as const)
      rows[row]?.splice(key, 1, null);
    expect(wildcardFrequencies(rows)).toEqual([3, 2, 4, 3, 3, 2, 2, 3]);
  });
});

test('risk is told from the frequencies', () => {
  expect(riskOf(Int32Array.of(3, 1, 3, 1, 2, 2, 1, 3))).toEqual({
    rows: 8,
    classes: 5,
    uniques: 3,
    under3: 5,
    under5: 8,
    under10: 8,
    highestRisk: 1,
    meanRisk: 5 / 8,
    shareAbove: 1,
    histogram: [
      { size: 1, classes: 3 },
      { size: 2, classes: 1 },
      { size: 3, classes: 1 },
    ],
  });
  expect(riskOf(new Int32Array(10).fill(5))).toMatchObject({ highestRisk: 0.2, meanRisk: 0.2, shareAbove: 0 });
});

/** What sdcMicro's local suppression makes of francdat; every row passes its own check. */
const SUPPRESSED = [
  {
    k: 2,
    output: [
      [1, 2, 5, 1],
      [1, 2, 1, 1],
      [1, 2, 1, 1],
      [null, 3, 1, 5],
      [4, 3, 1, null],
      [4, 3, 1, null],
      [6, null, 1, 5],
      [1, 2, 5, 1],
    ],
    wildcard: [2, 2, 2, 4, 3, 3, 2, 2],
    compatible: [2, 2, 2, 1, 2, 2, 1, 2],
    strict: [2, 2, 2, 1, 2, 2, 1, 2],
  },
  {
    k: 3,
    output: [
      [1, 2, null, 1],
      [1, 2, null, 1],
      [1, 2, null, 1],
      [null, 3, 1, 5],
      [4, 3, 1, null],
      [4, 3, 1, null],
      [null, null, 1, 5],
      [null, 2, 5, 1],
    ],
    wildcard: [4, 4, 4, 4, 4, 4, 4, 4],
    compatible: [4, 3, 3, 2, 2, 2, 1, 4],
    strict: [3, 3, 3, 1, 2, 2, 1, 1],
  },
];

describe('planted fault: a file that is safe by wildcards', () => {
  test.each(SUPPRESSED)(
    'at k = $k is found out by whoever knows the keys',
    ({ k, output, wildcard, compatible, strict }) => {
      expect(wildcardFrequencies(output)).toEqual(wildcard);
      expect(Math.min(...wildcard)).toBeGreaterThanOrEqual(k);
      expect([...compatibleRows(columnsOf(output), columnsOf(FRANCDAT))]).toEqual(compatible);
      expect(Math.min(...compatible)).toBe(1);
      expect(frequencies(output)).toEqual(strict);
    },
  );
});

describe('what classes give away of a sensitive column', () => {
  const of = Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
  const answers =
    (...numbers: readonly number[]) =>
    (row: number) =>
      numbers[row] ?? MISSING.withheld;

  test('is least where each class is like all', () => {
    expect(diversityOf(of, answers(0, 0, 1, 1, 0, 0, 1, 1), 2)).toEqual({
      distinct: 2,
      entropy: 2,
      equal: 0,
      ordered: 0,
    });
  });

  test('is told by entropy-l and by t, in kind and in order', () => {
    const found = diversityOf(of, answers(0, 0, 0, 1, 2, 2, 2, 2), 3);
    expect(found).toMatchObject({ distinct: 1, entropy: 1 });
    // Shares of all: 3/8, 1/8, 4/8. The second class is furthest: 0, 0, 1.
    expect(found?.equal).toBeCloseTo(0.5, 12);
    expect(found?.ordered).toBeCloseTo((3 / 8 + 4 / 8) / 2, 12);
  });

  test('is nothing where no answer is told', () => {
    expect(diversityOf(of, answers(), 2)).toBeUndefined();
  });
});
