import { describe, expect, test } from 'vitest';
import { upperChiSquare } from '../../src/results/chi-square.ts';
import { compareFamily, holm } from '../../src/results/differences.ts';
import { exactTest, pearsonTest, type Share } from '../../src/results/fisher.ts';
import { hasR, runR } from './in-r.ts';

/** "45/54 6/15" */
const groupsIn = (words: string): Share[] =>
  words.split(' ').map((each) => {
    const [n = 0, base = 0] = each.split('/').map(Number);
    return { n, base };
  });

/** What `fisher.test` and `chisq.test(correct = FALSE)` of R 4 say. */
const EXAMPLES: readonly [string, number, number | undefined][] = [
  ['45/54 6/12 9/22', 0.0004525438783, undefined],
  ['10/15 2/15', 0.007775059839, 0.002869112792],
  ['3/20 7/15 12/15', 0.00043298444, 0.0006238506463],
  ['30/55 10/15 15/22 12/22', 0.6394643307, 0.6242397375],
  ['8/15 0/15', 0.00219890055, undefined],
];

describe('the exact test', () => {
  test.each(EXAMPLES)('of %s is what R says', (words, expected) => {
    expect(exactTest(groupsIn(words))).toBeCloseTo(expected, 9);
  });

  test('of Fisher’s lady who tasted tea is the one in his book: 17 of 35', () => {
    expect(exactTest(groupsIn('3/4 1/4'))).toBeCloseTo(34 / 70, 12);
  });

  test('gives 1 where nobody said it, whatever the groups', () => {
    expect(exactTest(groupsIn('0/15 0/22 0/55'))).toBe(1);
  });

  test('says nothing where there are too many sets of numbers to go through', () => {
    expect(exactTest(groupsIn('400/800 450/900 500/1000'))).toBeUndefined();
  });

  test('does not care which group comes first', () => {
    expect(exactTest(groupsIn('9/22 45/54 6/12'))).toBeCloseTo(0.0004525438783, 9);
  });
});

describe('Pearson’s test', () => {
  test.each(EXAMPLES)('of %s is what R says, where it holds', (words, _, expected) => {
    const found = pearsonTest(groupsIn(words));
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(expected, 9);
  });

  test.each([
    [0.5, 1, 0.4795001222],
    [3.84, 1, 0.05004352125],
    [7.2, 2, 0.02732372245],
    [20, 3, 0.0001697424356],
    [60, 7, 1.509555302e-10],
  ])('rests on the distribution that R has: %d or more with %d degrees', (x, degrees, expected) => {
    expect(upperChiSquare(x, degrees) / expected).toBeCloseTo(1, 8);
  });
});

test('Holm’s correction is what R says', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005, 0.9, 0.02]);
  expect(adjusted.map((p) => Number(p.toFixed(12)))).toEqual([0.05, 0.09, 0.09, 0.03, 0.9, 0.08]);
});

/** Small groups of all kinds, the same each time. */
const MADE_UP = Array.from({ length: 60 }, (_, seed) =>
  Array.from({ length: 2 + (seed % 3) }, (_, group) => {
    const base = 10 + ((seed * 7 + group * 13) % 20);
    return { n: (seed * 5 + group * (seed % 11) * 3) % (base + 1), base };
  }),
);

const ASK_R = `
for (line in readLines(file("stdin"))) {
  x <- matrix(as.numeric(strsplit(line, " ")[[1]]), nrow = 2)
  p <- if (any(rowSums(x) == 0)) 1 else fisher.test(x)$p.value
  cat(sprintf("%.12g\\n", p))
}`;

test.runIf(hasR('the exact test against fisher.test'))('sixty made-up comparisons are what R says of them', () => {
  const lines = MADE_UP.map((groups) => groups.map(({ n, base }) => `${n} ${base - n}`).join(' '));
  const said = runR(ASK_R, lines.join('\n')).map(Number);
  MADE_UP.forEach((groups, index) => {
    expect(exactTest(groups)).toBeCloseTo(said[index] ?? Number.NaN, 9);
  });
  const adjusted = runR('cat(p.adjust(scan(file("stdin"), quiet = TRUE), "holm"), sep = "\\n")', said.join(' '));
  holm(said).forEach((p, index) => {
    expect(p).toBeCloseTo(Number(adjusted[index]), 6);
  });
});

describe('a family of comparisons', () => {
  const STRONG = '50/55 3/15 4/22';
  const found = (...words: string[]) => compareFamily(words.map(groupsIn));

  test('says which groups differ, the higher first, and which do not', () => {
    const [compared] = found(STRONG);
    expect(compared).toMatchObject({ method: 'exact', clear: true });
    expect(compared?.pairs.map(({ higher, lower }) => [higher, lower])).toEqual([
      [0, 1],
      [0, 2],
    ]);
  });

  test('the more comparisons there are, the less of each holds', () => {
    const weak = '12/15 6/15';
    expect(found('14/15 6/15')[0]?.clear).toBe(true);
    expect(found('14/15 6/15', ...new Array<string>(30).fill(weak))[0]?.clear).toBe(false);
    expect(found(STRONG, ...new Array<string>(30).fill(weak))[0]?.clear).toBe(true);
  });

  test('what everybody or nobody said is no comparison, and does not count among them', () => {
    const [alone] = found('14/15 6/15');
    const [among, same] = found('14/15 6/15', '0/15 0/15', '15/15 15/15');
    expect(among?.adjusted).toBe(alone?.adjusted);
    expect(same).toMatchObject({ p: 1, clear: false });
  });

  test('large groups are compared by Pearson’s test', () => {
    expect(found('400/800 450/900 700/1000')[0]).toMatchObject({ method: 'chi-square', clear: true });
  });

  test('where neither test holds nothing is said', () => {
    const many = new Array<string>(9).fill('1/12').join(' ');
    expect(found(many)[0]).toBeUndefined();
  });

  test('groups can differ without any two of them differing clearly', () => {
    const apart = found('6/12 1/12 7/12 1/12');
    expect(apart[0]).toMatchObject({ clear: true, pairs: [] });
  });

  test.each([0.05, 0.2, 0.5, 0.8])(
    'of two groups of 15 that do not differ, both at %d, at most one in twenty is said to',
    (share) => {
      const of15 = Array.from({ length: 16 }, (_, n) => n);
      const chance = of15.map((n) => (choose15[n] ?? 0) * share ** n * (1 - share) ** (15 - n));
      const wrong = of15.flatMap((one) =>
        of15.map((other) => (found(`${one}/15 ${other}/15`)[0]?.clear ? (chance[one] ?? 0) * (chance[other] ?? 0) : 0)),
      );
      expect(wrong.reduce((sum, each) => sum + each, 0)).toBeLessThan(0.05);
    },
  );
});

/** "15 choose n" */
const choose15 = [1, 15, 105, 455, 1365, 3003, 5005, 6435, 6435, 5005, 3003, 1365, 455, 105, 15, 1];
