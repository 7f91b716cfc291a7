/** What staff see of their surveys: which there are, where one stands, its versions, who is asked what. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { inSteps } from '../../src/fieldwork/steps.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { setStatus, sourceOf } from '../support/fieldwork.ts';
import { addMadeUp } from '../support/made-up.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

const researcherOf = async (site: StaffSite, survey = 'two-languages') =>
  site.signIn(await site.add('Bo', { roles: [{ survey, role: 'researcher' }] }));

test.each([
  [0, 'fewer than 10'],
  [9, 'fewer than 10'],
  [10, 'at least 10'],
  [92, 'at least 90'],
  [149, 'at least 100'],
  [150, 'at least 150'],
  [1099, 'at least 1,000'],
  [123_456, 'at least 123,400'],
])('a number of people is told in steps: %i', (n, words) => {
  expect(inSteps(n)).toBe(words);
});

test('staff see the surveys that they have a part in, and where each stands', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  const bo = await researcherOf(site);
  await bo.follow('Surveys');
  expect(bo.links.filter(({ href }) => href.startsWith('/staff/surveys/'))).toEqual([
    { text: 'The bus in your village', href: '/staff/surveys/two-languages' },
  ]);
  expect(bo.words).toContain('two-languages, version 1.0');
  expect(bo.words).not.toContain('every-type');
  const approver = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'approver' }] }));
  await approver.open('/staff/surveys');
  expect(approver.words).toContain('The bus in your village');
  expect(approver.links.filter(({ href }) => href.startsWith('/staff/surveys/'))).toEqual([
    { text: 'Releases of The bus in your village', href: '/staff/surveys/two-languages/releases' },
  ]);
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open('/staff/surveys');
  expect(admin.links.map(({ href }) => href).filter((href) => href.startsWith('/staff/surveys/'))).toEqual(
    expect.arrayContaining(['/staff/surveys/every-type', '/staff/surveys/two-languages']),
  );
  const nobody = await site.signIn(await site.add('Dee'));
  await nobody.open('/staff/surveys');
  expect(nobody.words).toContain('You have no part in a survey yet.');
});

test('the list is sorted by code, by title and by where each stands, the open first', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  await setStatus(site.db, 'every-type', 'closed');
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open('/staff/surveys');
  const codes = () => admin.links.flatMap(({ href }) => /^\/staff\/surveys\/([\w-]+)$/.exec(href)?.[1] ?? []);
  expect(codes()).toEqual(['every-type', 'two-languages']);
  await admin.follow('where it stands');
  expect(codes()).toEqual(['two-languages', 'every-type']);
  await admin.follow('where it stands, open first');
  expect(codes()).toEqual(['every-type', 'two-languages']);
});

test('a survey shows its status, how many answered in steps, and every version with its day and fingerprint', async () => {
  const site = await openStaffSite();
  const next = sourceOf('two-languages', (file) => {
    file.version = '1.1';
  });
  await addMadeUp(site.db, 'two-languages', 12);
  await publishVersion(site.db, next, '2027-03-02');
  const bo = await researcherOf(site);
  await bo.open('/staff/surveys/two-languages');
  expect(bo.summary).toEqual([
    ['Code', 'two-languages'],
    ['Status', 'Open until the end of 30 June 2027'],
    ['Live version', '1.1'],
    ['Answers sent', 'at least 10'],
    ['Begun, not sent yet', 'fewer than 10'],
  ]);
  expect(bo.words).toMatch(/Version 1\.1 live Published on 2 March 2027.*Version 1\.0 Published on 1 March 2027/);
  for (const source of [sourceOf('two-languages'), next])
    expect(bo.words).toContain(createHash('sha256').update(source).digest('hex'));
  await setStatus(site.db, 'two-languages', 'closed');
  expect((await bo.open(bo.address)).summary[1]).toEqual(['Status', 'Closed by the team']);
  await setStatus(site.db, 'two-languages', 'open');
  site.wait(60 * 24 * 122);
  const later = await site.signIn(await site.add('Ada', { admin: true }));
  await later.open('/staff/surveys/two-languages');
  expect(later.summary[1]).toEqual(['Status', 'Closed: its last day was 30 June 2027']);
});

test('the paths of a survey are those of the command, stage by stage, with the diagram', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  const bo = await researcherOf(site, 'every-type');
  await bo.open('/staff/surveys/every-type/paths');
  expect(bo.words).toContain('Everybody');
  expect(bo.words).toContain('flowchart TD start(["Start"])');
});

test('what an author writes shows literally, in a title, a section, a question and a condition', async () => {
  const site = await openStaffSite();
  const payload = '<img src=x onerror=alert(1)>{{constructor}}"><b>';
  const source = sourceOf('two-languages', (file) => {
    file.version = '1.1';
    file.title = payload;
    for (const section of file.sections) {
      section.title = payload;
      for (const page of section.pages) for (const question of page.questions) question.text = payload;
    }
  });
  await publishVersion(site.db, source, '2027-03-02');
  const bo = await researcherOf(site);
  for (const address of ['/staff/surveys', '/staff/surveys/two-languages', '/staff/surveys/two-languages/paths']) {
    await bo.open(address);
    expect(bo.status).toBe(200);
    expect(bo.html).not.toContain('<img');
    expect(bo.words).toContain(payload);
  }
});
