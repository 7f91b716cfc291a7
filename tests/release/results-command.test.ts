import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS } from './published.ts';

async function folderWith(answers: readonly Answers[]): Promise<string> {
  const folder = testFolder();
  await add(folder, answers);
  return folder;
}

async function add(folder: string, answers: readonly Answers[]): Promise<void> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await addAnswers(db, answers);
  await close();
}

async function releasesIn(folder: string): Promise<number> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const rows = await db.selectFrom('releases').select('id').execute();
  const snapshots = await db.selectFrom('snapshots').select('id').execute();
  await close();
  expect(snapshots).toHaveLength(rows.length);
  return rows.length;
}

describe('soundings results', () => {
  test('publishes, and prints the stage and how much was hidden', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    const { exit, out } = await runCommand(['results', 'choirs'], folder);
    expect(exit).toBe(0);
    expect(out).toContain('92 responses (synthetic data)');
    expect(out).toMatch(/Records +\d+ of 92 \(\d+%\)/);
    expect(out).toMatch(/hidden to protect people/);
    expect(out).not.toMatch(/ hidden$/m);
    expect(out).toContain('Published as release 1, at /surveys/choirs/results');
    expect(await releasesIn(folder)).toBe(1);
  });

  test('shows a preview and keeps nothing of it', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    const { exit, out } = await runCommand(['results', 'choirs', '--preview'], folder);
    expect(exit).toBe(0);
    expect(out).toContain('This is a preview: nothing was stored or published.');
    const [, , all] = /([\d,]+) figures in (\d+) tables, (\d+) of them hidden/.exec(out)?.slice(1) ?? [];
    const lines = [...out.matchAll(/^\w+(?: by (\w+))?: (\d+) of (\d+) hidden$/gm)];
    expect(lines.reduce((sum, [, , hidden]) => sum + Number(hidden), 0)).toBe(Number(all));
    expect(lines.some(([, segment]) => segment !== undefined)).toBe(true);
    expect(lines.every(([, , hidden, figures]) => Number(hidden) > 0 && Number(hidden) <= Number(figures))).toBe(true);
    expect(await releasesIn(folder)).toBe(0);
  });

  test('prints JSON for a script, and nothing else', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    const { out } = await runCommand(['results', 'choirs', '--json'], folder);
    expect(JSON.parse(out)).toMatchObject({ survey: 'choirs', responses: 92, synthetic: true, release: { number: 1 } });
  });

  test.each([
    ['a survey that is not there', 0, ['results', 'choir'], 'There is no survey called "choir"'],
    ['a survey that nobody has answered', 0, ['results', 'choirs'], 'Nobody has answered choirs yet'],
    ['too few answers', 9, ['results', 'choirs'], 'Results are published from 10 responses on'],
  ])('refuses %s in a sentence', async (_, n, words, sentence) => {
    const folder = await folderWith(madeUp(choirs, n, 1));
    const { exit, err } = await runCommand(words, folder);
    expect(exit).toBe(1);
    expect(err).toContain(sentence);
    expect(await releasesIn(folder)).toBe(0);
  });

  test('refuses a release that would tell the few answers since the last one, and takes it when there are enough', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    await runCommand(['results', 'choirs'], folder);
    await add(folder, madeUp(choirs, 1, 7, HABITS));
    const { exit, err } = await runCommand(['results', 'choirs'], folder);
    expect([exit, await releasesIn(folder)]).toEqual([1, 1]);
    expect(err).toContain('Only 1 answer came or went since release 1');
    await add(folder, madeUp(choirs, 9, 8, HABITS));
    expect((await runCommand(['results', 'choirs'], folder)).exit).toBe(0);
    expect(await releasesIn(folder)).toBe(2);
  });
});
