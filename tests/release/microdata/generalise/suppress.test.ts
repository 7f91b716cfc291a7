import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MISSING } from '../../../../src/questionnaire/variables.ts';
import { compatibleRows } from '../../../../src/release/microdata/generalise/adversary.ts';
import { getOptimum } from '../../../../src/release/microdata/generalise/lattice.ts';
import { frequenciesOf } from '../../../../src/release/microdata/generalise/risk.ts';
import { withholdCells } from '../../../../src/release/microdata/generalise/suppress.ts';
import { columnsOf, keysAndK, onLevels, publish, strictClasses } from './tables.ts';

const SEED = { seed: 20261122, numRuns: 300 };
const least = (numbers: Iterable<number>) => Math.min(...numbers);

/** Keys of rows as letters, one word a key; a dot is withheld. The first key costs least. */
function withhold(k: number, words: readonly string[], tells: readonly number[][] = []): string[] {
  const keys = words.map((word, place) => ({
    codes: Int32Array.from(word, (letter) => letter.charCodeAt(0) - 97),
    span: new Set(word).size === 1 ? 1 : 26,
    cost: place + 1,
    tells: tells[place] ?? [],
  }));
  const columns = withholdCells(keys, words[0]?.length ?? 0, k);
  return columns.map((codes) =>
    Array.from(codes, (code) => (code === MISSING.withheld ? '.' : String.fromCharCode(code + 97))).join(''),
  );
}

describe('keys of rows in small classes are withheld', () => {
  test.each([
    ['none where every class has k', 3, ['aaabbb', 'cccddd'], ['aaabbb', 'cccddd']],
    ['the cheapest key where that is enough', 3, ['aaabcd', 'xxxyyy'], ['aaa...', 'xxxyyy']],
    ['a dearer one where it is not', 3, ['aaabbb', 'xxxpqr'], ['aaabbb', 'xxx...']],
    ['so that withheld ones are k among themselves', 2, ['aabc', 'xxyy'], ['aa..', 'xxyy']],
    ['all, with the smallest class, where too few are left', 3, ['aaaabbbc', 'xxxxyyyz'], ['aaaa....', 'xxxx....']],
    ['of classes of one size the first by its values', 3, ['bbbaaac', 'xxxyyyz'], ['bbb....', 'xxx....']],
    ['a key that is the same for everybody never', 2, ['aabc', 'aaaa'], ['aa..', 'aaaa']],
  ])('%s', (_, k, words, expected) => {
    expect(withhold(k, words)).toEqual(expected);
  });

  test('and never without the keys that tell them', () => {
    expect(withhold(3, ['aaabcd', 'xxxyyy'], [[], [0]])).toEqual(['aaa...', 'xxx...']);
  });
});

/** Levels as found, and levels that leave far more rows over than any budget. */
const cases = keysAndK.map(({ keys, k, budget, rows }) => {
  const found = getOptimum(keys, rows, k, budget).levels;
  return { keys, k, rows, levels: [found, keys.map(() => 0)] };
});

describe('on many tables', () => {
  test('every class has at least k rows, and at least k fit whoever is looked for', () => {
    fc.assert(
      fc.property(cases, ({ keys, k, levels }) => {
        for (const each of levels) {
          const columns = publish(keys, each, k);
          expect(least(strictClasses(columns).sizes)).toBeGreaterThanOrEqual(k);
          expect(least(compatibleRows(columns, onLevels(keys, each)))).toBeGreaterThanOrEqual(k);
        }
      }),
      SEED,
    );
  });

  test('what is shown is true', () => {
    fc.assert(
      fc.property(cases, ({ keys, k, levels: [, raw = []] }) => {
        const truth = onLevels(keys, raw);
        publish(keys, raw, k).forEach((codes, key) => {
          for (const [row, code] of codes.entries()) expect([truth[key]?.[row], MISSING.withheld]).toContain(code);
        });
      }),
      { ...SEED, numRuns: 60 },
    );
  });

  test('a key that tells another is withheld wherever that is', () => {
    fc.assert(
      fc.property(cases, ({ keys, k, levels: [, raw = []] }) => {
        const [told, telling] = publish(keys, raw, k, [[], [0]]);
        if ((keys[1]?.levels[0]?.values.length ?? 1) === 1) return;
        told?.forEach((code, row) => {
          if (code === MISSING.withheld) expect(telling?.[row] ?? MISSING.withheld).toBe(MISSING.withheld);
        });
      }),
      SEED,
    );
  });

  test('the order of rows makes no difference', () => {
    fc.assert(
      fc.property(cases, ({ keys, k, levels: [, raw = []] }) => {
        const turned = keys.map((key) => ({ ...key, codes: key.codes.toReversed() }));
        expect(publish(turned, raw, k).map((codes) => codes.toReversed())).toEqual(publish(keys, raw, k));
      }),
      { ...SEED, numRuns: 60 },
    );
  });
});

/** sdcMicro's eight rows (francdat), and what its local suppression withholds of them. */
const TRUTH = [
  [1, 2, 5, 1],
  [1, 2, 1, 1],
  [1, 2, 1, 1],
  [3, 3, 1, 5],
  [4, 3, 1, 4],
  [4, 3, 1, 1],
  [6, 2, 1, 5],
  [1, 2, 5, 1],
];

test('strict withholding protects the eight rows of sdcMicro', () => {
  const columns = columnsOf(TRUTH);
  const published = withholdCells(
    columns.map((codes) => ({ codes, span: 7, cost: 1, tells: [] })),
    8,
    3,
  );
  expect(least(frequenciesOf(strictClasses(published)))).toBeGreaterThanOrEqual(3);
  expect(least(compatibleRows(published, columns))).toBeGreaterThanOrEqual(3);
});
