/** Drafts of versions: kept with what is wrong with them, replaced, thrown away, published; and two people at once. */
import { describe, expect, test } from 'vitest';
import { findDraftVersion, listDraftVersions } from '../../src/fieldwork/drafts/store.ts';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { findVersionName } from '../../src/fieldwork/versions/review.ts';
import { editorSchema } from '../../src/questionnaire/schema.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { auditOf, openStaffSite, type StaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
const DRAFT = `${PAGE}/drafts/1.1`;
const SAVE = 'Check and save as a draft';

/** The next version of the survey, with another title. */
const next = (title = 'The bus', version = '1.1') =>
  sourceOf('two-languages', (file) => Object.assign(file, { version, title: { en: title, cy: title } }));
const wrong = () => sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1', segments: ['NONE'] }));

const adminOf = async (site: StaffSite, name = 'Ada') => site.signIn(await site.add(name, { admin: true }));
const researcherOf = async (site: StaffSite, survey = 'two-languages', name = 'Bo') =>
  site.signIn(await site.add(name, { roles: [{ survey, role: 'researcher' }] }));
const deeds = async ({ db }: StaffSite) => (await auditOf(db)).filter((line) => line.includes('survey_'));
const draftIn = ({ db }: StaffSite) => findDraftVersion(db, { survey: 'two-languages', version: '1.1' });

test('a file with errors is kept with what is wrong with it, listed, mended and published by an admin', async () => {
  const site = await openStaffSite();
  const bo = await researcherOf(site);
  await bo.open(`${PAGE}/versions/new`);
  await bo.press(SAVE, { source: wrong() });
  expect([bo.address, bo.heading]).toEqual([DRAFT, 'Draft of version 1.1']);
  expect(bo.words).toContain('Saved by Bo on 1 March 2027');
  expect(bo.words).toContain('NONE');
  await bo.open(PAGE);
  expect(bo.words).toMatch(/Version 1\.1 draft Saved by Bo on .* 1 error to mend before it can be published/);
  await bo.follow('Version 1.1');
  await bo.follow('Change or replace the file');
  expect(bo.entered).toEqual({ source: wrong() });
  expect(bo.words).toMatch(/What is wrong with the file error Line \d+\./);
  expect(bo.link('Draft of version 1.1').href).toBe(DRAFT);
  await bo.press(SAVE, { source: next() });
  expect(bo.words).toContain('The title: changed Was: The bus in your village Is: The bus');
  const ada = await adminOf(site);
  await ada.open(PAGE);
  expect(ada.words).toContain('The check finds no error.');
  await ada.follow('Version 1.1');
  await ada.press('Publish version 1.1');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.1');
  expect(await listDraftVersions(site.db, 'two-languages')).toEqual([]);
  expect(await deeds(site)).toEqual([
    'Bo: survey_draft_saved version 1.1 of two-languages',
    'Bo: survey_draft_saved version 1.1 of two-languages',
    'Ada: survey_published version 1.1 of two-languages',
  ]);
});

test('nobody outside sees a draft: respondents, approvers and researchers of another survey', async () => {
  const site = await openStaffSite();
  const bo = await researcherOf(site);
  await bo.open(`${PAGE}/versions/new`);
  await bo.press(SAVE, { source: next('A title that waits') });
  expect((await site.visit('/surveys/two-languages')).words).not.toContain('A title that waits');
  const approver = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'approver' }] }));
  const other = await researcherOf(site, 'every-type', 'Dee');
  for (const browser of [approver, other]) {
    for (const address of [DRAFT, `${DRAFT}/replace`, `${DRAFT}/discard`]) {
      expect((await browser.open(address)).status).toBe(404);
    }
  }
});

describe('two people at one draft', () => {
  test('the second to save sees that there is another, both are kept, and saving again replaces it', async () => {
    const site = await openStaffSite();
    const [ada, bo] = [await adminOf(site), await researcherOf(site)];
    await ada.open(`${PAGE}/versions/new`);
    await bo.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next('Of Ada') });
    await bo.press(SAVE, { source: next('Of Bo') });
    expect([bo.status, bo.errors[0]?.text]).toEqual([
      422,
      'Not saved yet: there is a draft of this version that you did not have before you',
    ]);
    expect(bo.words).toContain('Ada saved a draft of version 1.1 on 1 March 2027');
    expect(bo.entered).toEqual({ source: next('Of Bo') });
    expect((await draftIn(site))?.source).toBe(next('Of Ada'));
    await bo.press(SAVE);
    expect(bo.address).toBe(DRAFT);
    expect((await draftIn(site))?.source).toBe(next('Of Bo'));
  });

  test('the same when both had the draft before them', async () => {
    const site = await openStaffSite();
    const [ada, bo] = [await adminOf(site), await researcherOf(site)];
    await ada.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next('At first') });
    await ada.open(`${DRAFT}/replace`);
    await bo.open(`${DRAFT}/replace`);
    await ada.press(SAVE, { source: next('Of Ada') });
    await bo.press(SAVE, { source: next('Of Bo') });
    expect(bo.status).toBe(422);
    expect(bo.entered).toEqual({ source: next('Of Bo') });
    expect((await draftIn(site))?.savedBy).toBe('Ada');
  });

  test('who replaces what was thrown away meanwhile is told, and can save it anew', async () => {
    const site = await openStaffSite();
    const [ada, bo] = [await adminOf(site), await researcherOf(site)];
    await ada.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next('At first') });
    await bo.open(`${DRAFT}/replace`);
    await ada.follow('Throw the draft away');
    await ada.press('Throw the draft away');
    await bo.press(SAVE, { source: next('Of Bo') });
    expect(bo.errors[0]?.text).toContain('was published or thrown away');
    expect(bo.entered).toEqual({ source: next('Of Bo') });
    await bo.press(SAVE);
    expect((await draftIn(site))?.savedBy).toBe('Bo');
  });

  test('a draft that was replaced is neither published nor thrown away by who has not seen it', async () => {
    const site = await openStaffSite();
    const [ada, bo] = [await adminOf(site), await researcherOf(site)];
    await ada.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next('At first') });
    const cy = await adminOf(site, 'Cy');
    await cy.open(`${DRAFT}/discard`);
    await bo.open(`${DRAFT}/replace`);
    await bo.press(SAVE, { source: next('Of Bo') });
    await ada.press('Publish version 1.1');
    expect(ada.status).toBe(422);
    expect(ada.errors[0]?.text).toContain('somebody else saved another file as this draft');
    expect(ada.words).toContain('Is: Of Bo');
    await cy.press('Throw the draft away');
    expect([cy.status, cy.words.includes('saved by Bo')]).toEqual([422, true]);
    expect((await draftIn(site))?.source).toBe(next('Of Bo'));
    expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.0');
  });

  test('a file of another version is another draft', async () => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await ada.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next('Now') });
    await ada.follow('Change or replace the file');
    await ada.press(SAVE, { source: next('Later', '2.0') });
    expect(ada.address).toBe(`${PAGE}/drafts/2.0`);
    expect((await listDraftVersions(site.db, 'two-languages')).map(({ version }) => version)).toEqual(['2.0', '1.1']);
  });
});

test('a draft is thrown away in two steps, and twice is as once', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/versions/new`);
  await ada.press(SAVE, { source: next() });
  await ada.follow('Throw the draft away');
  const { action, body } = ada.filledIn({}, 'Throw the draft away');
  await ada.post(action, body);
  await ada.post(action, body);
  expect([ada.address, ada.status]).toEqual([PAGE, 200]);
  await ada.open(DRAFT);
  expect([ada.status, ada.heading]).toEqual([404, 'There is no such draft']);
  expect(await deeds(site)).toEqual([
    'Ada: survey_draft_saved version 1.1 of two-languages',
    'Ada: survey_draft_discarded version 1.1 of two-languages',
  ]);
});

test('the same file saved twice is saved once', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  for (let round = 0; round < 2; round++) {
    await ada.open(`${PAGE}/versions/new`);
    await ada.press(SAVE, { source: next() });
    expect(ada.address).toBe(DRAFT);
  }
  expect(await deeds(site)).toHaveLength(1);
});

test('a draft is checked anew against what is live when it is published', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/versions/new`);
  await ada.press(SAVE, { source: next() });
  await publishVersion(site.db, next('From the command line', '1.5'), '2027-03-02');
  await ada.press('Publish version 1.1');
  expect(ada.status).toBe(422);
  await ada.open(DRAFT);
  expect(ada.words).toContain('Version 1.1 does not come after 1.5');
});

describe('a new survey', () => {
  test('is a draft that only staff see, until an admin publishes it; then it is open', async () => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await ada.open('/staff/surveys');
    await ada.follow('Begin a new survey');
    await ada.press(SAVE, { source: sourceOf('two-languages') });
    expect(ada.errors[0]?.text).toContain('There is a survey “two-languages” already');
    await ada.press(SAVE, { source: sourceOf('every-type') });
    expect(ada.words).toContain('This is a new survey');
    expect((await site.visit('/surveys/every-type')).status).toBe(404);
    expect((await site.visit('/')).links.map(({ href }) => href)).not.toContain('/surveys/every-type');
    await ada.open('/staff/surveys');
    expect(ada.words).toMatch(/every-type, version 1\.0 Draft/);
    // Somebody can be made its researcher before anybody can answer it.
    const dee = await site.add('Dee');
    await ada.open(`/staff/accounts/${dee.id}`);
    await ada.press('Save', { roles: ['researcher:every-type'] });
    const browser = await site.signIn(dee);
    expect(browser.words).toContain('Every type of question Draft. You are its researcher.');
    expect(browser.link('See the drafts of Every type of question').href).toBe('/staff/surveys/every-type');
    await browser.open('/staff/surveys');
    await browser.follow('Every type of question');
    expect(browser.words).toContain('Draft: nobody can answer it');
    await browser.follow('Version 1.0');
    await ada.open('/staff/surveys/every-type/drafts/1.0');
    await ada.press('Publish version 1.0');
    expect(ada.address).toBe('/staff/surveys/every-type');
    expect((await findLiveSurvey(site.db, 'every-type'))?.status).toBe('open');
    expect((await site.visit('/surveys/every-type')).status).toBe(200);
  });

  test('can begin from the example that the page offers, with the schema of its language beside it', async () => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await ada.open('/staff/new-survey');
    await ada.follow('the schema of survey files');
    expect(ada.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename=survey.schema.json',
      'cache-control': 'no-store',
    });
    expect(JSON.parse(ada.html)).toEqual(JSON.parse(JSON.stringify(editorSchema())));
    await ada.open('/staff/new-survey');
    await ada.follow('a survey of three questions');
    expect(ada.headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': 'attachment; filename=training-day.json',
    });
    const source = ada.html;
    expect(JSON.parse(source).$schema).toBe('survey.schema.json');
    await ada.open('/staff/new-survey');
    await ada.press(SAVE, { source });
    expect(ada.words).toContain('The check finds no error.');
  });

  test('of which only a draft was kept is gone with it', async () => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await ada.open('/staff/new-survey');
    await ada.press(SAVE, { source: sourceOf('every-type') });
    await ada.follow('Throw the draft away');
    const { action, body } = ada.filledIn({}, 'Throw the draft away');
    for (let round = 0; round < 2; round++) {
      await ada.post(action, body);
      expect([ada.address, ada.status]).toEqual(['/staff/surveys', 200]);
    }
    expect(ada.words).not.toContain('every-type');
    expect((await ada.open('/staff/surveys/every-type')).status).toBe(404);
  });

  test.each(['new', 'archived', 'versions', 'archived-surveys'])(
    'may be called “%s”: no address of staff is taken by it',
    async (code) => {
      const site = await openStaffSite();
      const ada = await adminOf(site);
      await publishVersion(
        site.db,
        sourceOf('every-type', (file) => Object.assign(file, { survey: code })),
        '2027-03-01',
      );
      await ada.open(`/staff/surveys/${code}`);
      expect([ada.status, ada.summary[0]]).toEqual([200, ['Code', code]]);
      expect((await ada.open('/staff/new-survey')).heading).toBe('Begin a new survey');
      expect((await ada.open('/staff/archived-surveys')).heading).toBe('Archived surveys');
    },
  );
});

test('who began under one version finishes under it across a publish, and who comes after gets the next', async () => {
  const site = await openStaffSite();
  const first = await (await site.visit('/surveys/two-languages')).answer({ A1: 'yes' });
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/versions/new`);
  const reworded = sourceOf('two-languages', (file) => {
    file.version = '1.1';
    for (const section of file.sections)
      for (const page of section.pages)
        for (const question of page.questions)
          if (question.code === 'B1') question.text = { en: 'Why, in short?', cy: 'Pam?' };
  });
  await ada.press(SAVE, { source: reworded });
  const before = await site.db.selectFrom('drafts').select('version_hash').execute();
  await first.open(first.address);
  expect(first.words).toContain('Why do you take the bus?');
  await ada.press('Publish version 1.1');
  await first.open(first.address);
  expect(first.words).toContain('Why do you take the bus?');
  const second = await (await site.visit('/surveys/two-languages')).answer({ A1: 'yes' });
  expect(second.words).toContain('Why, in short?');
  for (const respondent of [first, second]) {
    for (const entries of [{ B1: ['shop'] }, { B2: '4' }, { B3: ['dk'] }, {}]) await respondent.answer(entries);
    expect(respondent.code).not.toBe('');
  }
  const [old, new_] = [before[0]?.version_hash, (await findLiveSurvey(site.db, 'two-languages'))?.hash];
  const kept = await site.db.selectFrom('responses').select('version_hash').execute();
  expect(kept.map(({ version_hash }) => version_hash).sort()).toEqual([old, new_].sort());
});

test.each([
  ['{"survey": "x", "version": "1.0"}', { survey: 'x', version: '1.0' }],
  ['{"survey": "x", "version": "1.0", "more": [', undefined],
  ['{"survey": "X", "version": "1.0"}', undefined],
  ['{"survey": "../x", "version": "1.0"}', undefined],
  ['{"survey": "x", "version": "1/0"}', undefined],
  ['{"survey": "x", "version": 1.0}', undefined],
  ['[]', undefined],
  ['', undefined],
])('what a text says it is: %s', (text, name) => {
  expect(findVersionName(text)).toEqual(name);
});
