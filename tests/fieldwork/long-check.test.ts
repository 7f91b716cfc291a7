/** A check that takes longer than a page can wait: it goes on in a thread, and its pages say how far it is. */
import { expect, test } from 'vitest';
import { fileWorker } from '../../src/commands/threads/file-worker.ts';
import { findLiveSurvey } from '../../src/fieldwork/store.ts';
import { followedSchema, reviewedSchema, workOnFile } from '../../src/fieldwork/versions/file-work.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { haltWork } from '../support/halted-work.ts';
import { openStaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
/** A version that no other test makes: what was checked once in a process is not checked again. */
const sourceAs = (version: string) => sourceOf('two-languages', (file) => Object.assign(file, { version }));

test('a draft is saved at once, and shows how far its check is until it ends', async () => {
  const { workOnFile, goOn } = haltWork();
  const site = await openStaffSite({}, [], { workOnFile });
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`${PAGE}/versions/new`);
  await ada.press('Check and save as a draft', { source: sourceAs('1.7') });
  expect([ada.address, ada.status]).toEqual([`${PAGE}/drafts/1.7`, 200]);
  expect(ada.words).toMatch(/The file is being checked 40% .* You can leave this page/);
  expect(ada.html).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
  await ada.open(PAGE);
  expect(ada.words).toContain('The check is under way.');
  await ada.follow('Version 1.7');
  await ada.follow('Change or replace the file');
  expect(ada.entered).toEqual({ source: sourceAs('1.7') });
  goOn();
  await ada.open(`${PAGE}/drafts/1.7`);
  await ada.press('Publish version 1.7');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.7');
});

test('a file whose check comes to no end is not published, and the page says what to do', async () => {
  const site = await openStaffSite({}, [], {
    workOnFile: () => Promise.reject(new Error('a thread ended without an answer')),
  });
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`${PAGE}/versions/new`);
  await ada.press('Check and save as a draft', { source: sourceAs('1.8') });
  expect(ada.words).toContain('The check of this file could not be finished. Leave out conditions');
  expect(ada.words).not.toContain('Publish version');
  expect(JSON.stringify(site.lines)).toContain('checking a file failed');
});

test('the thread finds what is found without it, and tells how much is done', async () => {
  const work = fileWorker();
  const heard: number[] = [];
  const task = { what: 'review', source: sourceOf('every-type'), today: '2027-03-01' };
  const found = await work(task, (percent) => heard.push(percent));
  expect(reviewedSchema.parse(found)).toEqual(workOnFile(task, () => {}));
  expect(heard.length).toBeGreaterThan(20);
  expect(heard).toEqual(heard.toSorted((one, other) => one - other));
  const follow = { what: 'follow', source: sourceOf('two-languages') };
  expect(followedSchema.parse(await work(follow, () => {}))).toEqual(workOnFile(follow, () => {}));
});

test('a task that takes too long ends its thread, and the next one has another', { timeout: 30_000 }, async () => {
  const task = { what: 'review', source: sourceOf('two-languages'), today: '2027-03-01' };
  const hasty = fileWorker(1);
  await expect(hasty(task, () => {})).rejects.toThrow('a thread ended without an answer');
  await expect(hasty(task, () => {})).rejects.toThrow('a thread ended without an answer');
});
