import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import type { Answers } from '../../src/questionnaire/answers.ts';
import { testFolder } from '../support/folder.ts';
import { publishTables } from '../support/release.ts';
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

/** What nobody may keep: a release or a snapshot. */
async function keptIn(folder: string): Promise<number> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const rows = await db.selectFrom('releases').select('id').execute();
  const snapshots = await db.selectFrom('snapshots').select('id').execute();
  await close();
  return rows.length + snapshots.length;
}

async function publish(folder: string): Promise<void> {
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await publishTables(db, 'choirs', '2027-05-01');
  await close();
}

describe('soundings results', () => {
  test('shows what is published: the stage, and how much was hidden', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    await publish(folder);
    await add(folder, madeUp(choirs, 20, 8, HABITS));
    const { exit, out } = await runCommand(['results', 'choirs'], folder);
    expect(exit).toBe(0);
    expect(out).toContain('92 responses (synthetic data)');
    expect(out).toMatch(/Records +\d+ of 92 \(\d+%\)/);
    expect(out).toMatch(/hidden to protect people/);
    expect(out).toContain('Release 1, made on 2027-05-01; published at /surveys/choirs/results');
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
    expect(await keptIn(folder)).toBe(0);
  });

  test('prints JSON for a script, and nothing else', async () => {
    const folder = await folderWith(madeUp(choirs, 92, 3, HABITS));
    await publish(folder);
    const { out } = await runCommand(['results', 'choirs', '--json'], folder);
    expect(JSON.parse(out)).toMatchObject({ survey: 'choirs', responses: 92, synthetic: true, release: { number: 1 } });
  });

  test.each([
    ['a survey that is not there', 0, ['results', 'choir'], 'There is no survey called "choir"'],
    [
      'a survey of which nothing is published',
      92,
      ['results', 'choirs'],
      'Look with --preview at what a release would show',
    ],
    ['a preview of what nobody has answered', 0, ['results', 'choirs', '--preview'], 'Nobody has answered choirs yet'],
    [
      'a preview of too few answers',
      9,
      ['results', 'choirs', '--preview'],
      'Results are published from 10 responses on',
    ],
  ])('refuses %s in a sentence', async (_, n, words, sentence) => {
    const folder = await folderWith(madeUp(choirs, n, 1));
    const { exit, err } = await runCommand(words, folder);
    expect(exit).toBe(1);
    expect(err).toContain(sentence);
    expect(await keptIn(folder)).toBe(0);
  });
});
