/** Closing first for whoever has not begun: who may still send, until when, and where everybody is told so. */
import { describe, expect, test } from 'vitest';
import { closedBy, isOnlyForBegun, lastBeginOf } from '../../src/fieldwork/closing.ts';
import { reachOf, standingOf } from '../../src/fieldwork/standing.ts';
import type { LiveSurvey } from '../../src/fieldwork/store.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { dayBefore } from '../../src/questionnaire/days.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { auditOf, openStaffSite, type StaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
const HOME = '/surveys/two-languages';
const DAY = 60 * 24;

const adminOf = async (site: StaffSite) => site.signIn(await site.add('Ada', { admin: true }));

async function close(site: StaffSite, entries: { begin?: string; day: string }) {
  const ada = await adminOf(site);
  await ada.open(`${PAGE}/close`);
  return ada.press('Close the survey', { when: 'begun', begin: '', ...entries });
}

test('who has begun goes on and sends; nobody new begins, and both are told plainly', async () => {
  const site = await openStaffSite();
  const begun = await (await site.visit(HOME)).answer({ A1: 'yes' });
  const late = await site.visit(HOME);
  const ada = await close(site, { day: '2027-03-10' });
  expect(ada.summary[1]).toEqual([
    'Status',
    'Open until the end of 10 March 2027 for those who have begun, for nobody new',
  ]);
  expect((await auditOf(site.db)).at(-1)).toBe(
    'Ada: survey_closing two-languages at the end of 10 March 2027, and for whoever has not begun after 28 February 2027',
  );

  // Who had the page open before it closed is told by the form, and who comes now by the page.
  await late.answer({ A1: 'yes' });
  expect([late.status, late.heading, late.inputs]).toEqual([410, 'Nobody new can begin this survey', []]);
  await late.open(HOME);
  expect([late.status, late.heading]).toEqual([200, 'Nobody new can begin this survey']);
  expect(late.words).toContain(
    'If you have begun, you can go on and send your answers until the end of 10 March 2027.',
  );
  await late.open(`${HOME}?lang=cy`);
  expect(late.words).toContain('tan ddiwedd 10 Mawrth 2027');
  await late.open('/');
  expect(late.words).toMatch(/Surveys that have closed The bus in your village/);
  expect(await site.db.selectFrom('drafts').selectAll().execute()).toHaveLength(1);

  await begun.answer({ B1: ['shop'] });
  await begun.open(`${HOME}/save`);
  expect(begun.words).toContain('The survey closes after 10 March 2027.');
  const { code } = begun;
  await begun.open(HOME);
  expect(begun.words).toContain('until the end of 10 March 2027');
  await begun.follow('Carry on with your answers');
  expect(begun.inputs).toContain('B2');

  // On another device, on the last day.
  site.wait(9 * DAY);
  const again = await site.visit(`${HOME}/resume`);
  expect(again.words).toContain('The survey closes after 10 March 2027.');
  for (const entries of [{ code }, { B2: '4' }, { B3: ['dk'] }, {}]) await again.answer(entries);
  expect(again.heading).toBe('Your answers have been sent');
  site.wait(DAY);
  await begun.open(HOME);
  expect(begun.heading).toBe('This survey is closed');
});

test('with a day for beginning everybody is told both days before they begin, and after it nobody new begins', async () => {
  const site = await openStaffSite();
  const ada = await close(site, { begin: '2027-03-04', day: '2027-03-10' });
  expect(ada.summary[1]?.[1]).toBe('Open until the end of 10 March 2027; nobody new can begin after 4 March 2027');
  site.wait(3 * DAY);
  const respondent = await site.visit(HOME);
  expect(respondent.summary).toEqual(
    expect.arrayContaining([
      ['You can begin until', '4 March 2027'],
      ['Closes after', '10 March 2027'],
    ]),
  );
  await respondent.answer({ A1: 'yes' });
  const page = respondent.address;
  site.wait(DAY);
  expect((await site.visit(HOME)).heading).toBe('Nobody new can begin this survey');
  expect((await respondent.open(page)).status).toBe(200);
});

test('whoever has nothing here any more is not told to begin again', async () => {
  const site = await openStaffSite();
  const respondent = await (await site.visit(HOME)).answer({ A1: 'yes' });
  await close(site, { day: '2027-03-10' });
  await site.db.deleteFrom('drafts').execute();
  await respondent.open(HOME);
  expect(respondent.words).toContain('Your earlier answers are not here any more.');
  expect(respondent.words).not.toContain('start again');
});

test('answers that were sent are taken back as before, and begun ones deleted', async () => {
  const site = await openStaffSite();
  const begun = await (await site.visit(HOME)).answer({ A1: 'yes' });
  const sent = await site.visit(HOME);
  for (const entries of [{ A1: 'yes' }, { B1: ['shop'] }, { B2: '4' }, { B3: ['dk'] }, {}]) await sent.answer(entries);
  await close(site, { day: '2027-03-10' });
  await sent.open(HOME);
  expect(sent.words).toContain('You have already sent your answers');
  for (const respondent of [begun, sent]) {
    await respondent.open(`${HOME}/withdraw`);
    await respondent.answer();
    expect(respondent.status).toBe(200);
  }
  expect(await site.db.selectFrom('drafts').selectAll().execute()).toEqual([]);
  expect(await site.db.selectFrom('responses').selectAll().execute()).toEqual([]);
});

test('opened again it is open for everybody, and a new version leaves the days as they are', async () => {
  const site = await openStaffSite();
  const ada = await close(site, { day: '2027-03-10' });
  const next = sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1' }));
  expect((await publishVersion(site.db, next, '2027-03-02')).lastBegin).toBe('2027-02-28');
  await ada.open(`${PAGE}/reopen`);
  expect(ada.words).toContain('Then somebody new can begin too.');
  await ada.press('Open the survey again');
  expect(ada.summary[1]).toEqual(['Status', 'Open until the end of 30 June 2027']);
  expect((await site.visit(HOME)).inputs).toEqual(['A1']);
});

describe('how a survey stands', () => {
  const survey = getSurvey(sourceOf('two-languages'));
  const live: LiveSurvey = { hash: '', survey, status: 'open', lastDay: null, lastBegin: null, archivedOn: null };
  const grace = { lastDay: '2027-03-10', lastBegin: '2027-03-04' };
  test.each<[string, Partial<LiveSurvey>, string, ReturnType<typeof closedBy>, boolean, string]>([
    ['open', {}, '2027-03-01', undefined, false, 'close'],
    ['past the file’s day', {}, '2027-07-01', 'date', false, 'reopen archive'],
    ['closed', { status: 'closed' }, '2027-03-01', 'team', false, 'reopen archive'],
    ['before the last day to begin', grace, '2027-03-03', undefined, false, 'close reopen'],
    ['on it', grace, '2027-03-04', undefined, false, 'close reopen'],
    ['after it', grace, '2027-03-05', undefined, true, 'close reopen'],
    ['on the last day', grace, '2027-03-10', undefined, true, 'close reopen'],
    ['after the last day', grace, '2027-03-11', 'date', false, 'reopen archive'],
    ['closed within the days', { ...grace, status: 'closed' }, '2027-03-05', 'team', false, 'reopen archive'],
    ['archived', { ...grace, archivedOn: '2027-04-01' }, '2027-04-02', 'archive', false, 'unarchive'],
  ])('%s', (_, change, today, by, onlyForBegun, reach) => {
    const now = { ...live, ...change };
    expect([closedBy(now, today), isOnlyForBegun(now, today)]).toEqual([by, onlyForBegun]);
    expect(standingOf(now, today).open).toBe(by === undefined);
    const can = Object.entries(reachOf(now, today)).flatMap(([verb, may]) => (may ? [verb] : []));
    expect(can.join(' ')).toBe(reach);
  });

  test('where the file’s own day comes first, there are no days left for those who have begun', () => {
    expect(lastBeginOf({ ...live, lastDay: '2027-07-10', lastBegin: '2027-07-04' })).toBeUndefined();
  });

  test.each([
    ['2027-03-01', '2027-02-28'],
    ['2028-03-01', '2028-02-29'],
    ['2027-01-01', '2026-12-31'],
  ])('the day before %s', (day, before) => {
    expect(dayBefore(day)).toBe(before);
  });
});
