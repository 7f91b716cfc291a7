import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import type { Released } from '../../src/release/released.ts';
import type { ProtectedTables } from '../../src/release/tables/protected-tables.ts';
import { resultsCsv, resultsJson, resultsLines } from '../../src/release/tables/results-file.ts';
import { precisionOf } from '../../src/results/weights.ts';
import { CHOIRS, madeUp, protectAnswers } from './choirs.ts';
import { HABITS } from './published.ts';

const WEIGHTING = {
  source: 'A made-up count of choirs, 2027',
  population: 4000,
  margins: [{ by: 'size', shares: { tiny: 0.35, small: 0.35, large: 0.3 } }],
};
const survey = getSurvey(JSON.stringify({ ...JSON.parse(CHOIRS), weighting: WEIGHTING }));
const SIZES: Record<string, string> = { n5: 'tiny', n20: 'small', n50: 'large', n99: 'large' };
const sizeOf = ({ O1 }: Answers) => SIZES[String(O1)];

/** One margin has weights that everybody can work out: the share in the population over the share in the sample. */
function weightsByHand(answers: readonly Answers[]): number[] {
  const known = answers.filter((each) => sizeOf(each) !== undefined);
  const shares = new Map(Object.entries(WEIGHTING.margins[0]?.shares ?? {}));
  return answers.map((each) => {
    const size = sizeOf(each);
    if (size === undefined) return 1;
    return ((shares.get(size) ?? 0) * known.length) / known.filter((other) => sizeOf(other) === size).length;
  });
}

describe('tables weighted by size (T11)', () => {
  const answers = madeUp(survey, 900, 4, HABITS);
  const weights = weightsByHand(answers);
  let released: Released<ProtectedTables>;
  let plain: Released<ProtectedTables>;
  beforeAll(async () => {
    ({ tables: released } = await protectAnswers(survey, answers));
    ({ tables: plain } = await protectAnswers(getSurvey(CHOIRS), answers));
  });

  test('what is shown and what is hidden, and every number, is as without weights', () => {
    const bare = (line: object) =>
      Object.fromEntries(Object.entries(line).filter(([key]) => !/^(weighted|effective)/.test(key)));
    expect(resultsLines(released).map(bare)).toEqual(resultsLines(plain));
  });

  test('a hidden figure has no weighted percentage', () => {
    const hidden = resultsLines(released).filter(({ state }) => state !== 'shown');
    expect(hidden.length).toBeGreaterThan(0);
    expect(hidden.filter((line) => line.weighted_percent !== undefined)).toEqual([]);
  });

  test('percentages are the shares of the weights, to the step', () => {
    const table = released.content.tables.find(({ name }) => name === 'V1');
    const row = table?.overall?.rows[0];
    const step = row?.weighted?.step ?? Number.NaN;
    const total = (chosen: (each: Answers) => boolean) =>
      answers.reduce((sum, each, index) => sum + (chosen(each) ? (weights[index] ?? 0) : 0), 0);
    const base = total(({ V1 }) => typeof V1 === 'string');
    const shares = ['no', 'partly', 'yes'].map((code) => (100 * total(({ V1 }) => V1 === code)) / base);
    const codes = table?.options.map(({ code }) => code) ?? [];
    ['no', 'partly', 'yes'].forEach((code, index) => {
      const percent = row?.weighted?.counts[codes.indexOf(code)] ?? Number.NaN;
      expect(Math.abs(percent - (shares[index] ?? 0))).toBeLessThanOrEqual(step / 2);
    });
  });

  test('the design effect is Kish’s, to one decimal, and each base is divided by it', () => {
    const { designEffect } = precisionOf(Float64Array.from(weights));
    expect(designEffect).toBeGreaterThan(1.1);
    const { weighting } = released.content;
    expect(weighting).toMatchObject({
      designEffect: Math.round(designEffect * 10) / 10,
      population: 4000,
      source: WEIGHTING.source,
    });
    for (const line of resultsLines(released)) {
      if (typeof line.base !== 'number' || line.measure === 'mean') continue;
      expect(line.effective_base).toBe(Math.round(line.base / (weighting?.designEffect ?? 0)));
    }
  });

  test('intervals stand on the effective base: they are wider than those of the counts', () => {
    const [line] = resultsLines(released).filter(
      ({ question, option, segment }) => question === 'V1' && option === 'yes' && segment === '',
    );
    const width = Number(line?.weighted_high) - Number(line?.weighted_low);
    expect(width).toBeGreaterThan(Number(line?.high) - Number(line?.low));
  });

  test('the files carry them after everything else, and say what they are weighted to', () => {
    const [head = ''] = resultsCsv(released).split('\r\n');
    expect(head.endsWith(',state,synthetic,weighted_percent,weighted_low,weighted_high,effective_base')).toBe(true);
    const [bare = ''] = resultsCsv(plain).split('\r\n');
    expect(head.startsWith(bare)).toBe(true);
    const rows: Record<string, string>[] = parse(resultsCsv(released), { columns: true });
    expect(rows.filter((row) => /^\d+$/.test(row.weighted_percent ?? '')).length).toBeGreaterThan(100);
    expect(resultsJson(released, undefined)).toMatchObject({ weighting: { by: ['Size'] } });
  });

  test('without a declaration there is no word of weights anywhere', () => {
    expect(resultsCsv(plain)).not.toContain('weighted');
    expect(JSON.stringify(plain.content)).not.toContain('weight');
  });
});

test('few answers of very different weights have counts, and no weighted percentage', async () => {
  const { tables } = await protectAnswers(survey, madeUp(survey, 40, 4, HABITS));
  const lines = resultsLines(tables).filter(({ state, n }) => state === 'shown' && n !== undefined);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter((line) => line.weighted_percent !== undefined)).toEqual([]);
});
