import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { countResponses } from '../../src/responses/store.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;

let folder: string;
beforeEach(() => {
  folder = testFolder();
});

const simulate = (...words: string[]) => runCommand(['simulate', ...words], folder);

/** Opens the folder's store for one piece of work. */
async function inStore<T>(work: (db: Awaited<ReturnType<typeof openAnswers>>['db']) => Promise<T>): Promise<T> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  try {
    return await work(db);
  } finally {
    await close();
  }
}

const publish = () => inStore((db) => publishVersion(db, readFileSync(SURVEY, 'utf8'), '2027-03-01'));
const counts = () => inStore((db) => countResponses(db, 'shown-by-stage'));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('soundings simulate', () => {
  test('shows where made-up respondents come out, by end and by stage', async () => {
    const ran = await simulate(SURVEY, '--n', '200', '--seed', '4');
    expect(ran.exit).toBe(0);
    expect(ran.out).toMatch(
      /^shown-by-stage 1\.0: 200 made-up respondents, seed 4\n {2} *\d+ +[\d.]+% {2}complete\n.*declined\nStage of the complete responses\n.*adopter\n.*future\n.*non\n$/s,
    );
  });

  test('gives the same for the same seed and another for another', async () => {
    const table = async (seed: string, name: string) => {
      const ran = await simulate(SURVEY, '--n', '300', '--seed', seed, '--csv', join(folder, name), '--json');
      return { ...JSON.parse(ran.out), seed: undefined, csv: readFileSync(join(folder, name), 'utf8') };
    };
    const first = await table('8', 'a.csv');
    expect(await table('8', 'b.csv')).toEqual(first);
    expect(await table('9', 'c.csv')).not.toEqual(first);
    expect(first.complete + first.ends.declined).toBe(300);
    expect(first.stages.adopter + first.stages.future + first.stages.non).toBe(first.complete);
    expect(first.csv.split('\n')).toHaveLength(first.complete + 2);
  });

  test('follows weights', async () => {
    const weights = file('weights.json', { A1: { no: 0 }, Q1: { yes: 0 }, Q2: { soon: 1, later: 0, never: 0 } });
    const ran = await simulate(SURVEY, '--n', '50', '--blanks', '0', '--weights', weights, '--json');
    expect(JSON.parse(ran.out)).toEqual({
      survey: 'shown-by-stage',
      version: '1.0',
      n: 50,
      seed: 1,
      complete: 50,
      ends: { declined: 0 },
      stages: { adopter: 0, future: 50, non: 0 },
      stuck: {},
    });
  });

  test('writes a file that soundings import takes whole', async () => {
    await publish();
    const out = join(folder, 'made-up.csv');
    const summary = JSON.parse((await simulate(SURVEY, '--n', '100', '--csv', out, '--json')).out);
    const ran = await runCommand(['import', out, '--survey', 'shown-by-stage', '--synthetic'], folder);
    expect(ran.out).toBe(`Imported ${summary.complete} made-up responses into shown-by-stage 1.0.\n`);
  });

  test('stores its responses marked as made up', async () => {
    await publish();
    const summary = JSON.parse((await simulate(SURVEY, '--n', '1500', '--store', '--json')).out);
    expect(await counts()).toEqual({ total: summary.complete, simulated: summary.complete, imported: 0 });
  });

  test('says what it stored, and stores more beside it only when told to', async () => {
    await publish();
    const last = (out: string) => out.split('\n').at(-2);
    const one = await simulate(SURVEY, '--n', '20', '--store');
    const { simulated } = await counts();
    expect(last(one.out)).toBe(`${simulated} answers stored, marked as made up.`);

    const again = await simulate(SURVEY, '--n', '20', '--store');
    expect(again).toMatchObject({ exit: 1, out: '' });
    expect(again.err).toMatch(
      /^shown-by-stage holds \d+ made-up answers already, .* add --add and another --seed\.\n$/,
    );
    expect((await counts()).simulated).toBe(simulated);

    const more = await simulate(SURVEY, '--n', '20', '--seed', '2', '--store', '--add');
    const after = (await counts()).simulated;
    expect(last(more.out)).toBe(`${after - simulated} answers stored, marked as made up; ${after} in all.`);
    expect((await simulate(SURVEY, '--add')).exit).toBe(2);
  });

  test('stores nothing among answers that people gave', async () => {
    await publish();
    const one = file('one.csv', 'A1,Q1\nyes,yes\n');
    await runCommand(['import', one, '--survey', 'shown-by-stage'], folder);
    const ran = await simulate(SURVEY, '--store');
    expect([ran.exit, ran.err]).toEqual([
      1,
      'shown-by-stage holds 1 answer that people gave. Made-up ones are not put among them: use another DATA_DIR.\n',
    ]);
    expect(await counts()).toEqual({ total: 1, simulated: 0, imported: 1 });
  });

  test('stores nothing under a file that is not live', async () => {
    await publish();
    const changed = file('changed.json', readFileSync(SURVEY, 'utf8').replace('"1.0"', '"1.1"'));
    expect(await simulate(changed, '--store')).toMatchObject({
      exit: 1,
      err: 'This file is not the live version of shown-by-stage here. Publish it first: npx soundings publish FILE\n',
    });
    expect(await counts()).toEqual({ total: 0, simulated: 0, imported: 0 });
  });

  test.each([
    ['a number that is none', ['--n', 'many'], 2],
    ['no respondents', ['--n', '0'], 2],
    ['a share over 1', ['--blanks', '2'], 2],
    ['a seed under nought', ['--seed', '-1'], 2],
    ['weights that are not there', ['--weights', 'nowhere.json'], 1],
    ['a table in no folder', ['--csv', '/nowhere/at/all.csv'], 1],
  ])('refuses %s', async (_, words, exit) => {
    expect((await simulate(SURVEY, ...words)).exit).toBe(exit);
  });

  test.each([
    ['0', 'It must be at least 1.'],
    ['many', 'It must be a number.'],
    ['1.5', 'It must be a whole number.'],
    ['10000001', 'It must be at most 10000000.'],
  ])('says what --n must be where it is %s', async (n, what) => {
    const { err } = await simulate(SURVEY, '--n', n);
    expect(err).toMatch(new RegExp(`^Option '--n <n>' argument '${n}' is invalid\\. ${what}\\n`));
  });

  test('says what is wrong with weights and with a survey', async () => {
    const says = async (...words: string[]) => {
      const ran = await simulate(...words);
      return [ran.exit, ran.err.replaceAll(folder, '')];
    };
    expect(await says(SURVEY, '--weights', file('a.json', { Q1: { maybe: 1 } }))).toEqual([
      1,
      '/a.json does not fit the survey.\n"maybe" is not an answer to Q1. Its answers: yes, no.\n',
    ]);
    expect(await says(SURVEY, '--weights', file('b.json', { Q1: { yes: -1 } }))).toEqual([
      1,
      '/b.json: Q1 → yes: Too small: expected number to be >=0.\n',
    ]);
    expect(await says(SURVEY, '--weights', file('c.json', '{'))).toEqual([1, '/c.json is not JSON.\n']);
    const [exit, err] = await says(
      file('survey.json', readFileSync(SURVEY, 'utf8').replace('"question": "A1"', '"question": "A9"')),
    );
    expect(exit).toBe(1);
    expect(err).toMatch(/survey\.json:\d+ error .*\nNobody can answer this file\. Mend the errors above first\.\n$/s);
  });
});
