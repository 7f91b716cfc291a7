/** A draft is walked before anybody could answer it; one with errors as far as they let one. */
import { expect, test } from 'vitest';
import { sourceOf } from '../../support/fieldwork.ts';
import { openPreviewSite } from '../../support/preview.ts';
import type { Respondent } from '../../support/respondent.ts';

const SURVEY = '/staff/surveys/two-languages';
const next = (title: string) =>
  sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1', title: { en: title, cy: title } }));

async function save(staff: Respondent, source: string): Promise<void> {
  await staff.open(`${SURVEY}/drafts/1.1`);
  if (staff.status === 200) {
    await staff.follow('Change or replace the file');
    expect(staff.heading).toBe('Change or replace the file');
  } else await staff.open(`${SURVEY}/versions/new`);
  await staff.press('Check and save as a draft', { source });
  expect(staff.heading).toBe('Draft of version 1.1');
}

test('each version on the survey’s page leads to its preview, and so does a draft without errors', async () => {
  const { ada, entry } = await openPreviewSite('two-languages');
  await ada.open(SURVEY);
  await ada.follow('preview of version 1.0');
  expect([ada.address, ada.heading]).toEqual([entry, 'Preview version 1.0 of The bus in your village']);
  await ada.follow('The survey');
  expect(ada.address).toBe(SURVEY);

  await save(ada, next('Buses to come'));
  await ada.follow('Preview it');
  expect(ada.heading).toBe('Preview version 1.1 of Buses to come');
  expect(ada.words).toContain('It is not the one that is live.');
  await ada.press('Begin the preview');
  expect(ada.heading).toBe('Buses to come');
  for (const entries of [{ A1: 'yes' }, { B1: ['work'] }, { B2: '4' }, { B3: 'dk' }]) await ada.answer(entries);
  await ada.press('Send your answers');
  expect(ada.heading).toBe('Your answers have been sent');
  await ada.open('/surveys/two-languages');
  expect(ada.heading).toBe('The bus in your village');
});

test('a preview goes on when its draft is published, and ends when another file stands in its place', async () => {
  const site = await openPreviewSite('two-languages');
  const admin = await site.signIn(await site.add('Bo', { admin: true }));
  await save(admin, next('One'));
  await admin.follow('Preview it');
  await admin.press('Begin the preview');
  const preview = admin.address;
  await save(admin, next('Two'));
  expect((await admin.open(preview)).status).toBe(404);
  await save(admin, next('One'));
  await admin.press('Publish version 1.1');
  expect((await admin.open(preview)).heading).toBe('One');
});

test('a draft with errors is walked, and says on the first page that it has some', async () => {
  const { db, add, signIn } = await openPreviewSite('two-languages');
  const ada = await signIn(await add('An admin', { admin: true }));
  await save(ada, next('Wrong').replaceAll('"A1"', '"A9"').replace('"A9"', '"A1"'));
  expect(ada.words).toMatch(/Preview it ?, as far as its errors let you/);
  await ada.follow('Preview it');
  expect(ada.words).toContain('The check finds errors in it. You can walk it as far as they let you');
  await ada.follow('Draft of version 1.1');
  expect(ada.heading).toBe('Draft of version 1.1');
  await save(ada, next('Right'));
  const right = await db.selectFrom('draft_versions').select('hash').executeTakeFirstOrThrow();
  expect((await ada.open(`${SURVEY}/versions/${right.hash}/preview`)).words).not.toContain('The check finds errors');
  expect((await ada.open(`/staff/surveys/every-type/versions/${right.hash}/preview`)).status).toBe(404);
});

test('a draft that cannot be read as a survey has no preview, and says why', async () => {
  const { db, add, signIn } = await openPreviewSite('two-languages');
  const ada = await signIn(await add('An admin', { admin: true }));
  await save(ada, next('Wrong').replace('"sections":', '"parts":'));
  expect(ada.words).toContain('There is no preview of it yet, because it cannot be read as a survey.');
  expect(ada.links.map(({ text }) => text)).not.toContain('Preview it');
  const { hash } = await db.selectFrom('draft_versions').select('hash').executeTakeFirstOrThrow();
  expect((await ada.open(`${SURVEY}/versions/${hash}/preview`)).status).toBe(404);
});
