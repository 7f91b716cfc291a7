/** The made-up pilot gives back its published figures, after everything that protects them. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { findLatestTables } from '../../src/release/ledger/parts/store.ts';
import { type Comparison, comparisonsOf } from '../../src/release/tables/differences.ts';
import { resultsCsv } from '../../src/release/tables/results-file.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';
import { type PublishedLine, recover } from './attacker.ts';

const FOLDER = join(import.meta.dirname, '../../surveys/ai-adoption');
type Line = Record<string, string>;

/** What an operator does with the made-up pilot: the CSV that comes of it, and each comparison between groups. */
async function publishPilot(): Promise<{ lines: Line[]; comparisons: readonly Comparison[] }> {
  const folder = testFolder();
  for (const words of [
    ['init'],
    ['publish', join(FOLDER, '1.0.json')],
    ['import', join(FOLDER, 'pilot92.csv'), '--survey', 'ai-adoption', '--synthetic'],
    ['release', 'make', 'ai-adoption', '--audience', 'public', '--tables', '--by', 'Ada Maker'],
    ['release', 'approve', 'ai-adoption', '1', '--by', 'Bo Checker'],
  ]) {
    const { exit, err } = await runCommand(words, folder);
    expect(exit, err).toBe(0);
  }
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const release = await findLatestTables(db, 'ai-adoption');
  await close();
  if (!release) throw new Error('nothing was published');
  const { tables } = release;
  return { lines: parse(resultsCsv(tables), { columns: true }), comparisons: comparisonsOf(tables.content) };
}

const FIGURES = [
  ['stage', 'adopter', '', '55 of 92 (60%)'],
  ['stage', 'future', '', '15 of 92 (16%)'],
  ['stage', 'non', '', '22 of 92 (24%)'],
  ['c1_privacy', 'c1_raised', 'adopter', '45 of 54 (83%)'],
  ['c1_integration', 'c1_raised', 'adopter', '40 of 54 (74%)'],
  ['u1', 'u1_training', 'adopter', '43 of 54 (80%)'],
];

test('the pilot’s published figures come through, and nobody finds a small count beside them', async () => {
  const { lines, comparisons } = await publishPilot();
  for (const [variable, option, stage, figure] of FIGURES) {
    const found = lines.find(
      (line) =>
        line.variable === variable &&
        line.option === option &&
        line.segment === (stage === '' ? '' : 'stage') &&
        line.segment_value === stage,
    );
    expect.soft(`${found?.n} of ${found?.base} (${found?.percent}%)`, `${variable} ${option}`).toBe(figure);
  }

  const means = lines.filter((line) => line.measure === 'mean' && line.segment === 'stage');
  expect.soft(means.map((line) => [line.segment_value, line.mean])).toEqual([
    ['adopter', '5.8'],
    ['future', '5.5'],
    ['non', '1.6'],
  ]);

  expect
    .soft([...new Set(lines.map(({ segment = '' }) => segment))].map((segment) => surviving(lines, segment)))
    .toEqual(SURVIVING);
  const documented = readFileSync(join(FOLDER, '../../docs/results.md'), 'utf8');
  for (const [segment, shown, all] of SURVIVING) {
    const row = `| ${segment || 'everybody'} | ${shown} of ${all} | ${Math.round((shown / all) * 100)}% |`;
    expect.soft(documented, row).toContain(row);
  }

  const survey = getSurvey(readFileSync(join(FOLDER, '1.0.json'), 'utf8'));
  // Who the respondents are, and what makes the stage, is shown by stage alone by design.
  const isShownByAll = (code = '') => survey.questions.get(code)?.role === 'plain' && !code.startsWith('S');
  const questionsBy = (segment: string) =>
    new Set(lines.flatMap((line) => (line.segment === segment && line.state !== 'withheld' ? [line.question] : [])));
  const absentBy = (segment: string) =>
    [...questionsBy('')].filter((code) => isShownByAll(code) && !questionsBy(segment).has(code)).sort();
  expect
    .soft(['stage', 'size', 'sector', 'nation'].map(absentBy))
    .toEqual([[], ['F1', 'T3'], ['F1', 'N3', 'T3'], ['F1', 'N3', 'T3']]);
  expect.soft(documented).toContain('F1 and T3 by size, and F1, N3 and T3 by sector and by nation.');

  const compared = comparisons.flatMap(({ segment, result }) =>
    result === undefined || result === 'hidden' ? [] : [{ segment, result }],
  );
  const byStage = compared.filter(({ segment }) => segment === 'stage');
  const clear = byStage.filter(({ result }) => result.clear).length;
  expect.soft([compared.length, byStage.length, clear]).toEqual([206, 46, 3]);
  expect.soft(documented).toContain(`with 92 answers and ${compared.length} comparisons`);
  expect
    .soft(documented)
    .toContain(`${byStage.length} figures can be compared between the stages, and ${clear} differ`);

  const numbers = lines.map((line): PublishedLine => ({ ...line, base: numberOr(line.base), n: numberOr(line.n) }));
  expect([...recover(numbers, survey)].filter(([, value]) => value >= 1 && value < 5)).toEqual([]);
}, 240_000);

/** How many figures of everybody and by each segment survive, of those in the files. */
const SURVIVING = [
  ['', 195, 214],
  ['size', 179, 232],
  ['sector', 297, 512],
  ['nation', 224, 398],
  ['stage', 302, 490],
] as const;

function surviving(lines: readonly Line[], segment: string): readonly [string, number, number] {
  const own = lines.filter((line) => line.segment === segment && line.measure !== 'mean' && line.state !== 'withheld');
  return [segment, own.filter(({ state }) => state === 'shown').length, own.length];
}

function numberOr(text: string | undefined): number | null {
  return text === undefined || text === '' ? null : Number(text);
}
