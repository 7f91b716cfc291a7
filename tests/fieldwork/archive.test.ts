/** The archive: what leaves the lists, what stays, and the way back. */
import { expect, test } from 'vitest';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { publishFile } from '../../src/fieldwork/versions/store.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { setStatus, sourceOf } from '../support/fieldwork.ts';
import { auditOf, openStaffSite, type StaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
const HOME = '/surveys/two-languages';

const adminOf = async (site: StaffSite, name = 'Ada') => site.signIn(await site.add(name, { admin: true }));
const archivedOn = async ({ db }: StaffSite) => (await findLiveSurvey(db, 'two-languages'))?.archivedOn;

test('a closed survey is put into the archive and taken out, each in a second step with a line in the audit', async () => {
  const site = await openStaffSite();
  const sent = await site.visit(HOME);
  for (const entries of [{ A1: 'yes' }, { B1: ['shop'] }, { B2: '4' }, { B3: ['dk'] }, {}]) await sent.answer(entries);
  await setStatus(site.db, 'two-languages', 'closed');
  const ada = await adminOf(site);
  await ada.open(PAGE);
  await ada.follow('Put the survey into the archive');
  expect(await archivedOn(site)).toBeNull();
  await ada.press('Put it into the archive');
  expect(ada.summary[1]).toEqual(['Status', 'In the archive since 1 March 2027']);
  expect(ada.links.map(({ text }) => text)).not.toContain('Open the survey again');

  for (const list of ['/staff', '/staff/surveys', '/']) {
    expect((await ada.open(list)).words).not.toContain('The bus in your village');
  }
  await ada.open('/staff/surveys');
  expect(ada.words).toContain('All surveys are in the archive.');
  await ada.follow('Archived surveys');
  await ada.follow('The bus in your village');

  // Its address says that it is over, and what was promised is kept.
  const respondent = await site.visit(HOME);
  expect([respondent.status, respondent.heading]).toEqual([200, 'This survey is closed']);
  await sent.open(`${HOME}/withdraw`);
  await sent.answer();
  expect(await site.db.selectFrom('responses').selectAll().execute()).toEqual([]);

  await ada.follow('Take the survey out of the archive');
  await ada.press('Take it out of the archive');
  expect(ada.summary[1]).toEqual(['Status', 'Closed by the team']);
  await ada.follow('Open the survey again');
  await ada.press('Open the survey again');
  expect((await site.visit(HOME)).inputs).toEqual(['A1']);
  expect((await auditOf(site.db)).filter((line) => line.startsWith('Ada: survey_'))).toEqual([
    'Ada: survey_archived two-languages',
    'Ada: survey_unarchived two-languages',
    'Ada: survey_reopened two-languages',
  ]);
});

test('an open survey is not archived, whatever is posted', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/archive`);
  expect(ada.words).toContain('It takes answers. Close it first.');
  await ada.post(`${PAGE}/archive`, 'seen=x');
  expect([ada.status, await archivedOn(site)]).toEqual([422, null]);
});

test('what is in the archive is neither opened nor closed, and no version of it published', async () => {
  const site = await openStaffSite();
  await site.db.updateTable('surveys').set({ status: 'closed', archived_on: '2027-02-01' }).execute();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/reopen`);
  expect(ada.words).toContain('It is in the archive. Take it out of there first.');
  for (const [verb, body] of [
    ['reopen', 'seen=x'],
    ['close', 'when=now&seen=x'],
    ['archive', 'seen=x'],
  ]) {
    await ada.post(`${PAGE}/${verb}`, body ?? '');
    expect([verb, ada.status]).toEqual([verb, 422]);
  }
  const source = sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1' }));
  await ada.open(`${PAGE}/versions/new`);
  await ada.press('Check and save as a draft', { source });
  expect(ada.words).toContain('no version can be published until it is taken out');
  const live = await findLiveSurvey(site.db, 'two-languages');
  const by = { id: null, name: 'Somebody at the command line' };
  const publishing = publishFile(site.db, { source, survey: getSurvey(source) }, live?.hash, by, site.now());
  await expect(publishing).rejects.toThrow('two-languages is in the archive. Take it out of there first.');
  expect(await archivedOn(site)).toBe('2027-02-01');
});

test('of two admins at once the second is shown how it stands now', async () => {
  const site = await openStaffSite();
  await setStatus(site.db, 'two-languages', 'closed');
  const [ada, bo] = [await adminOf(site), await adminOf(site, 'Bo')];
  await ada.open(`${PAGE}/archive`);
  await bo.open(`${PAGE}/reopen`);
  await ada.press('Put it into the archive');
  await bo.press('Open the survey again');
  expect(bo.status).toBe(422);
  expect(bo.errors[0]?.text).toContain('somebody else changed this survey');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.status).toBe('closed');
});

test('staff find in the archive what they have a part in, and only an admin changes it', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  await site.db.updateTable('surveys').set({ status: 'closed', archived_on: '2027-02-01' }).execute();
  const bo = await site.signIn(await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
  await bo.open('/staff/archived-surveys');
  expect([bo.words.includes('two-languages'), bo.words.includes('every-type')]).toEqual([true, false]);
  for (const verb of ['archive', 'unarchive']) {
    await bo.post(`${PAGE}/${verb}`, 'seen=x');
    expect(bo.status).toBe(404);
  }
  const dee = await site.signIn(await site.add('Dee'));
  expect((await dee.open('/staff/archived-surveys')).words).toContain('No survey is in the archive.');
});
