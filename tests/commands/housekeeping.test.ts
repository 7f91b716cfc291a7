/** What is past its time goes by itself (P5, P7). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { keepHouse } from '../../src/commands/serve/housekeeping.ts';
import { type AnswersStore, openAnswers } from '../../src/db/open.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { startDraft } from '../../src/responses/answer/store.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { testFolder } from '../support/folder.ts';
import { addMadeUp } from '../support/made-up.ts';

let path: string;
let store: AnswersStore;
let clock: Date;
let versionHash: string;
const now = () => clock;
const DAY = 86_400_000;

beforeEach(async () => {
  clock = new Date('2027-03-01T12:00:00Z');
  path = join(testFolder(), 'answers.sqlite');
  store = await openAnswers(path);
  versionHash = (await publishVersion(store.db, sourceOf('two-languages'), '2027-03-01')).hash;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(async () => {
    vi.useRealTimers();
    await store.close();
  });
});

async function addDraft(word: string, expiresWeek: string): Promise<void> {
  const draft = { survey: 'two-languages', versionHash, informationVersion: '1', consentVersion: '1', language: 'en' };
  await startDraft(store.db, { ...draft, answers: { Q1: word } }, expiresWeek);
}

const answersLeft = async () =>
  (await store.db.selectFrom('drafts').select('answers').execute()).map(({ answers }) => JSON.parse(answers).Q1);
const isInFile = (word: string) => [path, `${path}-wal`].some((file) => readFileSync(file, 'latin1').includes(word));

function failed(error: Error): void {
  throw error;
}

test('drafts past their week are deleted and erased at start, and the others stay', async () => {
  await addDraft('canary-old', '2027-W08');
  await addDraft('canary-new', '2027-W09');
  expect(isInFile('canary-old')).toBe(true);
  const stop = keepHouse(store.db, now, failed);
  await stop();
  expect(await answersLeft()).toEqual(['canary-new']);
  expect([isInFile('canary-old'), isInFile('canary-new')]).toEqual([false, true]);
});

test('each day again, until it is stopped', async () => {
  await addDraft('canary-old', '2027-W09');
  const stop = keepHouse(store.db, now, failed);
  clock = new Date('2027-03-08T12:00:00Z');
  await vi.advanceTimersByTimeAsync(DAY - 1000);
  expect(await answersLeft()).toEqual(['canary-old']);
  await vi.advanceTimersByTimeAsync(1000);
  await vi.waitFor(async () => expect(await answersLeft()).toEqual([]));
  await stop();

  await addDraft('canary-later', '2027-W09');
  await vi.advanceTimersByTimeAsync(2 * DAY);
  expect(await answersLeft()).toEqual(['canary-later']);
});

test('what was deleted is erased on a day on which no draft expired', async () => {
  const stop = keepHouse(store.db, now, failed);
  await vi.advanceTimersByTimeAsync(1000);
  // As a withdrawal whose traces could not be erased at the time would leave it.
  await addMadeUp(store.db, 'two-languages', 1);
  await store.db.updateTable('responses').set({ language: 'canary-withdrawn' }).execute();
  await store.db.deleteFrom('responses').execute();
  expect(isInFile('canary-withdrawn')).toBe(true);
  await vi.advanceTimersByTimeAsync(DAY);
  await stop();
  expect(isInFile('canary-withdrawn')).toBe(false);
});

test('a round that fails is told, and the next one does the work', async () => {
  const told = vi.fn();
  await store.db.schema.alterTable('drafts').renameTo('away').execute();
  const stop = keepHouse(store.db, now, told);
  await vi.waitFor(() => expect(told).toHaveBeenCalledOnce());
  await store.db.schema.alterTable('away').renameTo('drafts').execute();
  await addDraft('canary-old', '2027-W08');
  await vi.advanceTimersByTimeAsync(DAY);
  await stop();
  expect(await answersLeft()).toEqual([]);
  expect(told).toHaveBeenCalledOnce();
});
