/** The thread that asks the network tier: it stays, and tells what is so when it is asked. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { networkAsker } from '../../../src/commands/threads/network-asker.ts';
import { openAnswers } from '../../../src/db/open.ts';
import { withdraw } from '../../../src/release/ledger/ledger.ts';
import { recordDecision } from '../../../src/release/ledger/store.ts';
import { testFolder } from '../../support/folder.ts';
import { folderWith, ZIP } from '../network/farms-folder.ts';

async function openAsker() {
  const folder = await folderWith('approved');
  const [answersPath, releasesPath] = [join(folder, 'answers.sqlite'), join(folder, 'releases')];
  const { db, close } = await openAnswers(answersPath);
  onTestFinished(close);
  const ask = networkAsker({ answersPath, releasesPath });
  return {
    db,
    zip: join(releasesPath, ZIP),
    ask: async (...questions: string[]) =>
      JSON.parse(
        await ask(
          'farms',
          questions.map((question) => ({ question, where: {} })),
        ),
      ),
  };
}

describe('the thread of the network tier', { timeout: 60_000 }, () => {
  test('answers every question of a request, and one request after the other', async () => {
    const { ask } = await openAsker();
    const [one, other] = await Promise.all([ask('Q2', 'Q9', 'Q1'), ask()]);
    expect(one.answers.map((answer: { table?: { question: string } }) => answer.table?.question)).toEqual([
      'Q2',
      undefined,
      'Q1',
    ]);
    expect(one.answers[1].refusal).toContain('There is no question "Q9"');
    expect([other.offers.length, other.answers]).toEqual([1, []]);
  });

  test('tells nothing any more of a release that was withdrawn meanwhile', async () => {
    const { ask, db } = await openAsker();
    expect((await ask('Q2')).answers[0].table.people).toBe(100);
    await recordDecision(db, 'farms', '2027-05-02', (ledger) => withdraw(ledger, 1, 'Bo', 'A mistake.'));
    expect(await ask('Q2')).toMatchObject({ offers: [], answers: [], refusal: expect.stringContaining('No release') });
  });

  test('R1: tells nothing any more of a file that was changed meanwhile', async () => {
    const { ask, zip } = await openAsker();
    expect((await ask('Q2')).offers.length).toBe(1);
    appendFileSync(zip, 'x');
    expect(await ask('Q2')).toMatchObject({ offers: [], refusal: expect.stringContaining('is not as it was made') });
  });

  test('goes on after a request that it could not read', async () => {
    const folder = await folderWith('approved');
    const ask = networkAsker({ answersPath: join(folder, 'answers.sqlite'), releasesPath: join(folder, 'releases') });
    await expect(ask('farms', ['no request'])).rejects.toThrow('expected object');
    expect(JSON.parse(await ask('farms', [])).offers.length).toBe(1);
  });

  test('says so where there is no store', async () => {
    const ask = networkAsker({ answersPath: join(testFolder(), 'answers.sqlite'), releasesPath: testFolder() });
    await expect(ask('farms', [])).rejects.toThrow();
  });
});
