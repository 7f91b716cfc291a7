/** The texts of a survey beside their translations: what staff see, filter and take away. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { type SurveyJson, sourceOf } from '../support/fieldwork.ts';
import { haltWork } from '../support/halted-work.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

/** A second version: one original changed alone, one text came without a translation, one was translated anew. */
const NEXT = sourceOf('two-languages', (file) => {
  file.version = '1.1';
  file.title = { en: 'The bus in your town', cy: 'Y bws yn eich pentref' };
  file.wave = 'Second test';
  file.finish = { text: { en: 'The council will read the results.', cy: 'Bydd y cyngor yn darllen y canlyniadau.' } };
});

async function publish(site: StaffSite, source: string): Promise<string> {
  const { hash } = await publishVersion(site.db, source, '2027-03-02');
  return `/staff/surveys/two-languages/versions/${hash}/translations`;
}

async function openNext(): Promise<{ site: StaffSite; bo: Respondent; address: string }> {
  const site = await openStaffSite();
  const address = await publish(site, NEXT);
  return { site, bo: await site.signIn(await site.add('Ada', { admin: true })), address };
}

test('the languages of a version stand with how much of each is missing or to be looked at again', async () => {
  const { bo, address } = await openNext();
  await bo.open(address);
  expect(bo.words).toContain('Version 1.1 is written in English (en).');
  expect(bo.words).toContain('Welsh (cy) 23 texts: 1 missing, 1 to look at again because their original changed.');
  await bo.follow('Welsh (cy)');
  expect(bo.heading).toBe('Translation into Welsh (cy)');
});

test('a text stands beside its translation, each in its language, with its place', async () => {
  const { bo, address } = await openNext();
  await bo.open(`${address}/cy`);
  expect(bo.words).toContain(
    'Question A1 page a1 text English (en) Are you happy to take part? Welsh (cy) A ydych yn hapus i gymryd rhan? answer yes',
  );
  expect(bo.html).toContain('<p class="sn-text__words" lang="cy">A ydych yn hapus i gymryd rhan?</p>');
  expect(bo.html).toContain('<p class="sn-text__words" lang="en">Are you happy to take part?</p>');
});

test('a translation whose original changed shows the old original and what changed', async () => {
  const { bo, address } = await openNext();
  await bo.open(`${address}/cy?show=stale`);
  expect(bo.words).toContain(
    'title original changed English (en) The bus in your town When it was translated The bus in your village What changed since The bus in your taken out: village ; put in: town ; Welsh (cy) Y bws yn eich pentref',
  );
  expect(bo.words).not.toContain('Are you happy');
});

test('filters count and show what is missing and what is stale, and the file holds what is shown', async () => {
  const { bo, address } = await openNext();
  await bo.open(`${address}/cy`);
  expect(bo.links.filter(({ href }) => href.startsWith(`${address}/cy`)).map(({ text }) => text)).toEqual([
    'All (23)',
    'Missing (1)',
    'Original changed (1)',
    'These texts as a file for a spreadsheet (CSV)',
  ]);
  await bo.follow('Missing (1)');
  expect(bo.words).toContain('wave missing English (en) Second test Welsh (cy) People read the original.');
  await bo.follow('These texts as a file for a spreadsheet (CSV)');
  expect(bo.headers['content-disposition']).toBe('attachment; filename=two-languages-1.1-cy-missing.csv');
  expect(bo.html).toBe(
    '\uFEFFplace,page,question,what,original,translation,state,original_when_translated\r\nwave,,,wave,Second test,,missing,\r\n',
  );
});

test('nothing to do is said in words', async () => {
  const { bo, site } = await openNext();
  const first = await publish(site, sourceOf('two-languages'));
  await bo.open(first);
  expect(bo.words).toContain('All 23 texts are there, and none has to be looked at again.');
  await bo.open(`${first}/cy?show=stale`);
  expect(bo.words).toContain('No text has to be looked at again.');
  await bo.open(`${first}/cy?show=missing`);
  expect(bo.words).toContain('No text is missing.');
});

test('a survey in one language is told how to add another', async () => {
  const site = await openStaffSite();
  const { hash } = await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`/staff/surveys/every-type/versions/${hash}/translations`);
  expect(ada.words).toContain('It has no other language yet. To add one:');
  expect(ada.words).toContain('"languages": ["en", "cy"]');
});

test('the file takes line breaks and letters as they are, and no spreadsheet runs what is in it', async () => {
  const site = await openStaffSite();
  const odd = (file: SurveyJson) => {
    file.version = '1.1';
    file.title = { en: '=HYPERLINK("http://x")', cy: '+44, "dŵr"\nail linell' };
    file.wave = { en: '@SUM(A1)', cy: '-2+3' };
  };
  const address = await publish(site, sourceOf('two-languages', odd));
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`${address}/cy.csv`);
  const [, title = [], wave = []] = parse(ada.html, { bom: true });
  expect([title.slice(4, 6), wave.slice(4, 6)]).toEqual([
    [`'=HYPERLINK("http://x")`, `'+44, "dŵr"\nail linell`],
    [`'@SUM(A1)`, `'-2+3`],
  ]);
});

test('what an author writes shows literally', async () => {
  const site = await openStaffSite();
  const payload = '<img src=x onerror=alert(1)>"><b>';
  const change = (file: SurveyJson) => {
    file.version = '1.1';
    file.title = { en: payload, cy: 'Y bws yn eich pentref' };
    file.wave = { en: 'Test', cy: payload };
  };
  const address = await publish(site, sourceOf('two-languages', change));
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`${address}/cy`);
  expect(ada.html).not.toContain('<img');
  expect(ada.words).toContain(payload);
});

test.each(['en', 'fr', '__proto__', 'cy.csv.csv', 'constructor'])('%s is no translation', async (language) => {
  const { bo, address } = await openNext();
  await bo.open(`${address}/${language}`);
  expect(bo.status).toBe(404);
});

test.each(['none', '__proto__', ['missing', 'stale'].join('&show=')])('show=%s shows all', async (shown) => {
  const { bo, address } = await openNext();
  await bo.open(`${address}/cy?show=${shown}`);
  expect([bo.status, bo.words.includes('Are you happy to take part?')]).toEqual([200, true]);
});

test('a later version that mends a translation takes it off the list', async () => {
  const { bo, site } = await openNext();
  const mended = sourceOf('two-languages', (file) => {
    Object.assign(file, JSON.parse(NEXT), {
      version: '1.2',
      title: { en: 'The bus in your town', cy: 'Y bws yn eich tref' },
    });
  });
  const address = await publish(site, mended);
  await bo.open(address);
  expect(bo.words).toContain('1 missing, 0 to look at again');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.2');
});

/** A version that no other test makes: what was worked out once in a process is not worked out again. */
const versionAs = (version: string) => sourceOf('two-languages', (file) => Object.assign(file, { version }));

test.each([
  ['1.5', '', 'All 23 texts are there'],
  ['1.6', '/cy?show=missing', 'No text is missing.'],
])(
  'of version %s, where the work takes longer than a page can wait, it says how far it is',
  async (version, page, after) => {
    const { workOnFile, goOn } = haltWork();
    const site = await openStaffSite({}, [], { workOnFile });
    const address = await publish(site, versionAs(version));
    const ada = await site.signIn(await site.add('Ada', { admin: true }));
    await ada.open(address + page);
    expect(ada.words).toMatch(
      /The texts of the versions are being held against each other 40% .* You can leave this page/,
    );
    expect(ada.html).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
    goOn();
    await ada.follow('Look how far it is by now');
    expect([ada.address, ada.words.includes(after)]).toEqual([address + page, true]);
  },
);

test('where the work comes to no end the pages say so, and the file leads to one of them', async () => {
  const site = await openStaffSite({}, [], { workOnFile: () => Promise.reject(new Error('a thread ended')) });
  const address = await publish(site, versionAs('1.7'));
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  const UNFINISHED = 'This could not be worked out: it asks for more time or memory than any should.';
  await ada.open(address);
  expect(ada.words).toContain(UNFINISHED);
  await ada.open(`${address}/cy.csv`);
  expect([ada.address, ada.words.includes(UNFINISHED)]).toEqual([`${address}/cy`, true]);
});
