/**
 * The pilot's 92 organisations, made up, from the file through the import into the store and out again as published
 * results: every figure that the pilot published is there again (`surveys/ai-adoption/README.md`).
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importFile } from '../../src/commands/import/import-file.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { type Variable, variablesOf } from '../../src/questionnaire/variables.ts';
import { protectTables } from '../../src/release/released.ts';
import { resultsCsv } from '../../src/release/tables/results-file.ts';
import { countResponses, readResponses } from '../../src/responses/store.ts';
import { readSnapshot } from '../../src/results/store.ts';
import { countFamily } from '../../src/results/tables.ts';
import { testDatabase } from '../support/database.ts';

const FLAGSHIP = new URL('../../surveys/ai-adoption/', import.meta.url);

let variables: ReadonlyMap<string, Variable>;
let responses: readonly Answers[];
/** The lines of `results.csv`. */
let lines: readonly Line[];

beforeAll(async () => {
  const db = await testDatabase();
  const live = await publishVersion(db, readFileSync(new URL('1.0.json', FLAGSHIP), 'utf8'), '2027-03-01');
  const settings = { ignore: [], acceptGood: false, synthetic: true };
  const pilot = fileURLToPath(new URL('pilot92.csv', FLAGSHIP));
  const report = await importFile(db, live, pilot, settings, new Date('2027-03-01T12:00:00Z'));
  expect(report).toEqual({ rows: 92, imported: 92, refused: 0, refusals: [] });
  expect(await countResponses(db, 'ai-adoption')).toEqual({ total: 92, simulated: 92, imported: 0 });
  variables = new Map(variablesOf(live.survey).map((variable) => [variable.name, variable]));
  const stored: Answers[] = [];
  for await (const { answers } of readResponses(db, 'ai-adoption', 50)) stored.push(answers);
  responses = stored;
  const snapshot = await readSnapshot(db, 'ai-adoption', '2027-03-01');
  const { tables } = await protectTables(countFamily(live.survey, snapshot), snapshot, true);
  const csv = resultsCsv(tables);
  lines = z.array(lineSchema).parse(parse(csv, { columns: true, bom: true }));
});

const lineSchema = z.record(z.string(), z.string());
type Line = z.infer<typeof lineSchema>;

/** The lines of `results.csv` that say these things. */
function published(...wanted: readonly Line[]): Line[] {
  return lines.filter((line) =>
    wanted.some((each) => Object.entries(each).every(([key, value]) => line[key] === value)),
  );
}

const of = (stage: string) => ({ segment: 'stage', segment_value: stage });

/** "45 of 54 (83%)", as printed. */
const printed = (wanted: Line) => published(wanted).map(({ n, base, percent }) => `${n} of ${base} (${percent}%)`);

/** The lines with the highest counts, the highest first; a tie at the edge would make the list longer. */
function highest(count: number, among: readonly Line[]): (string | undefined)[] {
  const ranked = among.toSorted((a, b) => Number(b.n) - Number(a.n));
  const edge = Number(ranked[count - 1]?.n);
  return ranked.filter(({ n }) => Number(n) >= edge).map(({ option }) => option);
}

/** What the responses of a stage say to a variable; blanks and what was not asked left out. */
function said(stage: string, name: string): string[] {
  const read = (answers: Answers, of: string) => variables.get(of)?.read(answers);
  if (!variables.has(name)) throw new Error(`there is no variable ${name}`);
  return responses
    .filter((answers) => read(answers, 'stage') === stage)
    .map((answers) => read(answers, name))
    .filter((value) => typeof value === 'string');
}

/** "45 of 54": how many say so, of those who answered. */
function figure(stage: string, name: string, ...values: string[]): string {
  const all = said(stage, name);
  return `${all.filter((value) => values.includes(value)).length} of ${all.length}`;
}
const yes = (stage: string, name: string) => figure(stage, name, 'yes');

/** The variables that most of a stage say yes to, the most first; a tie at the edge would make the list longer. */
function most(stage: string, count: number, names: readonly string[]): string[] {
  const votes = names.map((name) => ({ name, n: said(stage, name).filter((value) => value === 'yes').length }));
  const ranked = votes.sort((a, b) => b.n - a.n);
  const edge = ranked[count - 1]?.n ?? 0;
  return ranked.filter(({ n }) => n >= edge).map(({ name }) => name);
}

const named = (prefix: string, but: readonly string[] = []) =>
  [...variables.keys()].filter((name) => name.startsWith(prefix) && !but.includes(name) && !name.endsWith('_text'));
const raised = () => named('c1_raised_');

describe('the published results of the pilot', () => {
  test('print that 55 of 92 use AI (60%), 15 prepare (16%) and 22 have no plans (24%)', () => {
    const stages = ['adopter', 'future', 'non', 'unclassified'].flatMap((option) =>
      printed({ question: 'stage', segment: '', option }),
    );
    expect(stages).toEqual(['55 of 92 (60%)', '15 of 92 (16%)', '22 of 92 (24%)', '0 of 92 (0%)']);
  });

  test('print what adopters worry about with how many answered', () => {
    const worried = (variable: string) => printed({ variable, option: 'c1_raised', ...of('adopter') });
    expect(worried('c1_privacy')).toEqual(['45 of 54 (83%)']);
    expect(worried('c1_integration')).toEqual(['40 of 54 (74%)']);
    expect(worried('c1_skills')).toEqual(['38 of 54 (70%)']);
    // One adopter left the question blank: asked is one more than the base.
    expect(published({ variable: 'c1_privacy', option: 'c1_raised', ...of('adopter') })[0]?.asked).toBe('55');
  });

  test('print that nearly 80% of adopters ask for training', () => {
    expect(printed({ question: 'U1', option: 'u1_training', ...of('adopter') })).toEqual(['43 of 54 (80%)']);
  });

  test('show content, automation and chatbots as what adopters use most, efficiency and cost as their goals', () => {
    const tools = published({ question: 'T1', ...of('adopter') });
    // Tools for text and for pictures are counted together as content.
    const apart = tools.filter(({ option }) => option !== 'text' && option !== 'image');
    expect(highest(3, apart)).toEqual(['t1_content', 'automate', 'chatbot']);
    expect(highest(2, published({ question: 'T2', ...of('adopter') }))).toEqual(['faster', 'cost']);
  });

  test('show that non-adopters raise the fewest concerns and that some watch others', () => {
    const mean = (stage: string) => published({ question: 'c1_count', measure: 'mean', ...of(stage) })[0]?.mean;
    expect(['adopter', 'future', 'non'].map(mean)).toEqual(['5.8', '5.5', '1.6']);
    const watching = published(
      { question: 'N3', option: 'close', ...of('non') },
      { question: 'N3', option: 'bit', ...of('non') },
    );
    expect(watching.reduce((sum, { n }) => sum + Number(n), 0)).toBe(12);
  });

  test('show that everybody who prepares wants support', () => {
    expect(printed({ question: 'U1', option: 'u1_any', ...of('future') })).toEqual(['15 of 15 (100%)']);
  });
});

/**
 * Fifteen and twenty-two organisations are few: most of what they say one by one is hidden in what is published, and so
 * are areas of work and sizes beside which somebody would stand alone. Those figures are read from the store.
 */
describe('the pilot', () => {
  test('60% of 92 already use AI, 16% prepare to and 24% have no plans', () => {
    const stages = ['adopter', 'future', 'non', 'unclassified'].map((stage) => said(stage, 'stage').length);
    expect(stages).toEqual([55, 15, 22, 0]);
  });

  test('content, automation and chatbots are what adopters use most', () => {
    // Tools for text and for pictures are counted together as content.
    const tools = named('t1_', ['t1_text', 't1_image']);
    expect(most('adopter', 3, tools).sort()).toEqual(['t1_automate', 't1_chatbot', 't1_content']);
  });

  test('efficiency and cost are their first two goals', () => {
    expect(most('adopter', 2, named('t2_')).sort()).toEqual(['t2_cost', 't2_faster']);
  });

  test('education, health care and business support are their first three areas, and 50 of 55 are micro or small', () => {
    const areas = said('adopter', 'o2');
    const votes = [...new Set(areas)].map((area) => ({ area, n: areas.filter((each) => each === area).length }));
    const top = votes.sort((a, b) => b.n - a.n).slice(0, 3);
    expect(top.map(({ area }) => area).sort()).toEqual(['business', 'education', 'health']);
    expect(votes[3]?.n).toBeLessThan(top[2]?.n ?? 0);
    expect(figure('adopter', 'size', 'micro', 'small')).toBe('50 of 55');
  });

  test('83% of adopters worry about privacy, nearly 75% about integration, many about skills', () => {
    expect(yes('adopter', 'c1_raised_privacy')).toBe('45 of 54');
    expect(yes('adopter', 'c1_raised_integration')).toBe('40 of 54');
    expect(yes('adopter', 'c1_raised_skills')).toBe('38 of 54');
  });

  test('nearly 80% of adopters ask for training, in strategy, technical skills and data', () => {
    expect(yes('adopter', 'u1_training')).toBe('43 of 54');
    const kinds = most('adopter', 3, named('u1_', ['u1_training', 'u1_any']));
    expect(kinds.sort()).toEqual(['u1_tr_data', 'u1_tr_strategy', 'u1_tr_tech']);
  });

  test('those preparing think of customers and office work first', () => {
    expect(most('future', 2, named('f1_')).sort()).toEqual(['f1_admin', 'f1_customers']);
  });

  test('they doubt the return, worry about ethics and miss guidance', () => {
    expect(most('future', 3, raised()).sort()).toEqual(['c1_raised_ethics', 'c1_raised_guidance', 'c1_raised_roi']);
  });

  test('they want case studies, a starter pack and a guide to ethics', () => {
    const kinds = most('future', 3, named('u1_', ['u1_training', 'u1_any']));
    expect(kinds.sort()).toEqual(['u1_cases', 'u1_ethics', 'u1_onboard']);
  });

  test('non-adopters raise the fewest concerns', () => {
    const mean = (stage: string) => {
      const counts = said(stage, 'c1_count').map(Number);
      return (counts.reduce((sum, count) => sum + count, 0) / counts.length).toFixed(2);
    };
    expect(['adopter', 'future', 'non'].map(mean)).toEqual(['5.80', '5.47', '1.64']);
  });

  test('some of them watch others', () => {
    const watching = said('non', 'n3');
    expect(watching).toHaveLength(22);
    expect(watching.filter((value) => value === 'close' || value === 'bit').length).toBeGreaterThan(0);
  });

  test('they ask for support least', () => {
    expect(['adopter', 'future', 'non'].map((stage) => yes(stage, 'u1_any'))).toEqual([
      '50 of 54',
      '15 of 15',
      '8 of 22',
    ]);
  });
});
