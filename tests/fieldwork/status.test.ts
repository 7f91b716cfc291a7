/** Closing a survey at once or at the end of a day that respondents are told, opening it again, and who comes second. */
import { describe, expect, test } from 'vitest';
import { readClosing } from '../../src/fieldwork/status/closing-form.ts';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { setStatus, sourceOf } from '../support/fieldwork.ts';
import { auditOf, openStaffSite, type StaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
const standing = async ({ db }: StaffSite) => {
  const live = await findLiveSurvey(db, 'two-languages');
  return [live?.status, live?.lastDay];
};
const adminOf = async (site: StaffSite, name = 'Ada') => site.signIn(await site.add(name, { admin: true }));
const deeds = async ({ db }: StaffSite) => (await auditOf(db)).filter((line) => line.includes('survey_'));

test('an admin closes a survey at once and opens it again, and the audit says both', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(PAGE);
  await ada.follow('Close the survey');
  expect(ada.words).toContain('It stands like this now: Open until the end of 30 June 2027');
  await ada.press('Close the survey', { when: 'now' });
  expect([ada.address, ada.summary[1]]).toEqual([PAGE, ['Status', 'Closed by the team']]);
  const respondent = await site.visit('/surveys/two-languages');
  expect(respondent.inputs).toEqual([]);
  await ada.follow('Open the survey again');
  await ada.press('Open the survey again');
  expect(ada.summary[1]).toEqual(['Status', 'Open until the end of 30 June 2027']);
  expect((await respondent.open('/surveys/two-languages')).inputs).toEqual(['A1']);
  expect(await deeds(site)).toEqual(['Ada: survey_closed two-languages', 'Ada: survey_reopened two-languages']);
});

test('with a last day everybody can answer until its end, and is told of it before they begin and when they save', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/close`);
  await ada.press('Close the survey', { when: 'day', day: '2027-03-02' });
  expect(ada.summary[1]).toEqual(['Status', 'Open until the end of 2 March 2027']);
  await ada.open('/staff/audit');
  expect(ada.words).toContain('Ada decided to close two-languages at the end of 2 March 2027.');
  const respondent = await site.visit('/surveys/two-languages');
  expect(respondent.words).toContain('2 March 2027');
  await respondent.answer({ A1: 'yes' });
  const page = respondent.address;
  await respondent.open('/surveys/two-languages/save');
  expect(respondent.words).toContain('2 March 2027');
  site.wait(60 * 35);
  expect((await respondent.open(page)).status).toBe(200);
  site.wait(60);
  expect((await respondent.open(page)).status).toBe(410);
  const bo = await adminOf(site, 'Bo');
  await bo.open(PAGE);
  expect(bo.summary[1]).toEqual(['Status', 'Closed: its last day was 2 March 2027']);
  await bo.follow('Open the survey again');
  await bo.press('Open the survey again');
  expect(await standing(site)).toEqual(['open', null]);
  expect((await respondent.open(page)).status).toBe(200);
});

test('a last day outlives a publish, and opening by command ends it', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/close`);
  await ada.press('Close the survey', { when: 'day', day: '2027-03-05' });
  const next = sourceOf('two-languages', (file) => {
    file.version = '1.1';
  });
  expect((await publishVersion(site.db, next, '2027-03-02')).lastDay).toBe('2027-03-05');
  await setStatus(site.db, 'two-languages', 'open');
  expect(await standing(site)).toEqual(['open', null]);
});

test('of two admins at once the second is shown how it stands now', async () => {
  const site = await openStaffSite();
  const [ada, bo] = [await adminOf(site), await adminOf(site, 'Bo')];
  await ada.open(`${PAGE}/close`);
  await bo.open(`${PAGE}/close`);
  await ada.press('Close the survey', { when: 'day', day: '2027-03-05' });
  await bo.press('Close the survey', { when: 'now' });
  expect(bo.status).toBe(422);
  expect(bo.errors[0]?.text).toContain('somebody else changed this survey');
  expect(bo.words).toContain('Open until the end of 5 March 2027');
  expect(await standing(site)).toEqual(['open', '2027-03-05']);
  await bo.press('Close the survey', { when: 'now' });
  expect(await standing(site)).toEqual(['closed', '2027-03-05']);
  expect(await deeds(site)).toHaveLength(2);
});

test('a version that goes live in between is a change too', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/close`);
  const next = sourceOf('two-languages', (file) => {
    file.version = '1.1';
  });
  await publishVersion(site.db, next, '2027-03-02');
  await ada.press('Close the survey', { when: 'now' });
  expect(ada.status).toBe(422);
  expect(await standing(site)).toEqual(['open', null]);
});

test('a survey whose file says that it is over is not opened by a button', async () => {
  const site = await openStaffSite();
  site.wait(60 * 24 * 122);
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/reopen`);
  expect(ada.words).toContain('To open it, publish a version with a later one.');
  expect(ada.words).not.toContain('It takes answers again');
  await ada.post(`${PAGE}/reopen`, 'seen=x');
  expect(ada.status).toBe(422);
  expect(await deeds(site)).toEqual([]);
});

test('what no page of ours sends changes nothing', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  for (const body of [
    '',
    'when=now',
    'when=now&seen=x',
    'when=day&day=%3Cb%3E',
    'seen=x&seen=y',
    'when=now&seen=%27--',
  ]) {
    await ada.post(`${PAGE}/close`, body);
    expect(ada.status).toBeGreaterThanOrEqual(400);
    expect(ada.status).toBeLessThan(500);
  }
  expect(await standing(site)).toEqual(['open', null]);
  expect(await deeds(site)).toEqual([]);
});

describe('the form that closes', () => {
  const TODAY = '2027-03-01';
  test.each<[string, { when: string; begin?: string; day: string }, object]>([
    ['at once', { when: 'now', day: '' }, { lastDay: null, lastBegin: null }],
    ['today', { when: 'day', day: TODAY }, { lastDay: TODAY, lastBegin: null }],
    ['the day in the file', { when: 'day', day: '2027-06-30' }, { lastDay: '2027-06-30', lastBegin: null }],
    [
      'a day, whatever stands in the other box',
      { when: 'day', begin: 'x', day: TODAY },
      { lastDay: TODAY, lastBegin: null },
    ],
    [
      'nobody new from now on',
      { when: 'begun', day: '2027-03-05' },
      { lastDay: '2027-03-05', lastBegin: '2027-02-28' },
    ],
    [
      'nobody new after a day',
      { when: 'begun', begin: '2027-03-04', day: '2027-03-05' },
      { lastDay: '2027-03-05', lastBegin: '2027-03-04' },
    ],
    [
      'nobody new after the last day',
      { when: 'begun', begin: '2027-03-05', day: '2027-03-05' },
      { field: 'begin', text: 'That day must come before the last day of all' },
    ],
    [
      'nobody new after a day that is over',
      { when: 'begun', begin: '2027-02-28', day: '2027-03-05' },
      { field: 'begin', text: 'That day must be today or later, or left empty' },
    ],
    [
      'nobody new after a day that is none',
      { when: 'begun', begin: '<b>', day: '2027-03-05' },
      { field: 'begin', text: 'Enter a day, such as 31 March 2027' },
    ],
    [
      'nobody new, and no last day',
      { when: 'begun', day: '' },
      { field: 'day', text: 'Enter the last day, such as 31 March 2027' },
    ],
    ['nothing', { when: '', day: '' }, { field: 'when', text: 'Choose how it closes' }],
    ['no day', { when: 'day', day: '' }, { field: 'day', text: 'Enter the last day, such as 31 March 2027' }],
    [
      'a day that is none',
      { when: 'day', day: '2027-02-30' },
      { field: 'day', text: 'Enter the last day, such as 31 March 2027' },
    ],
    ['yesterday', { when: 'day', day: '2027-02-28' }, { field: 'day', text: 'The last day must be today or later' }],
    [
      'later than the file says',
      { when: 'day', day: '2027-07-01' },
      { field: 'day', text: 'Its file says that it closes after 30 June 2027: choose that day or an earlier one' },
    ],
  ])('%s', (_, given, read) => {
    expect(readClosing({ begin: '', ...given }, TODAY, '2027-06-30')).toEqual(read);
  });
});
