/** A page of staff says once what somebody just did, and no link can make it say so. */
import { expect, test } from 'vitest';
import { sourceOf } from '../support/fieldwork.ts';
import { partOf, wordsIn } from '../support/page-html.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, PASSPHRASE } from '../support/staff.ts';

const SURVEY = '/staff/surveys/two-languages';

/** What the page in sight says was done; empty where it says nothing. */
const saidOn = ({ html }: Respondent): string =>
  wordsIn(partOf(html, /<p class="govuk-notification-banner__heading"/, '</p>'));

const openAda = async () => {
  const site = await openStaffSite();
  return { site, ada: await site.signIn(await site.add('Ada', { admin: true })) };
};

test('what was done to a survey is said on the page that it leads to', async () => {
  const { ada } = await openAda();
  const source = sourceOf('two-languages', (file) => {
    file.version = '1.1';
  });
  const steps: readonly [address: string, button: string, entries: Record<string, string>, said: string][] = [
    ['/versions/new', 'Check and save as a draft', { source }, 'The file is saved as a draft.'],
    ['/drafts/1.1', 'Publish version 1.1', {}, 'The version is published. It is live now.'],
    [
      '/close',
      'Close the survey',
      { when: 'day', day: '2027-03-05' },
      'The last day is set. The status below says until when people can answer.',
    ],
    ['/close', 'Close the survey', { when: 'now' }, 'The survey is closed. It takes no more answers.'],
    ['/archive', 'Put it into the archive', {}, 'The survey is in the archive.'],
    ['/unarchive', 'Take it out of the archive', {}, 'The survey is out of the archive, closed as it was.'],
    ['/reopen', 'Open the survey again', {}, 'The survey is open again. It takes answers.'],
  ];
  for (const [address, button, entries, said] of steps) {
    await ada.open(SURVEY + address);
    await ada.press(button, entries);
    expect([address, saidOn(ada)]).toEqual([address, said]);
  }
});

test('what was done to an account is said on its page', async () => {
  const { site, ada } = await openAda();
  const bo = await site.add('Bo');
  await ada.open(`/staff/accounts/${bo.id}`);
  await ada.press('Save', { roles: ['approver:two-languages'] });
  expect(saidOn(ada)).toBe('What this account may do is saved.');
  await ada.press('Deactivate');
  expect(saidOn(ada)).toBe('The account is deactivated. Its sessions have ended.');
  await ada.press('Reactivate');
  expect(saidOn(ada)).toBe('The account is open again: its owner can sign in with what they had.');
  await ada.open('/staff/account');
  await ada.press('Change passphrase', { current: PASSPHRASE, fresh: 'eleven lanterns at the harbour' });
  expect(saidOn(ada)).toBe('Your passphrase is changed. All your other sessions have ended.');
});

test('it can be focused, and is gone when the page is loaded again', async () => {
  const { ada } = await openAda();
  await ada.open(`${SURVEY}/close`);
  await ada.press('Close the survey', { when: 'now' });
  expect(ada.html).toMatch(/<div class="govuk-notification-banner[^>]* role="status"[^>]* tabindex="-1"/);
  await ada.open(SURVEY);
  expect(ada.summary[1]).toEqual(['Status', 'Closed by the team']);
  expect(saidOn(ada)).toBe('');
});

test('another page neither says it nor takes it away', async () => {
  const { site, ada } = await openAda();
  await ada.open(`${SURVEY}/close`);
  const { action, body } = ada.filledIn({ when: 'now' }, 'Close the survey');
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: ada.cookies };
  const reply = await fetch(site.url + action, { method: 'POST', headers: form, body, redirect: 'manual' });
  const [said = ''] = reply.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
  const open = (address: string) => fetch(site.url + address, { headers: { cookie: `${ada.cookies}; ${said}` } });
  const elsewhere = await open('/staff/surveys');
  expect(elsewhere.headers.getSetCookie()).toEqual([]);
  expect(await elsewhere.text()).not.toContain('role="status"');
  const there = await open(SURVEY);
  expect(there.headers.getSetCookie().join()).toMatch(/^staff-said=;/);
  expect(await there.text()).toContain('The survey is closed. It takes no more answers.');
});

test.each(['?said=survey_closed', '?after=survey_closed', '?done=constructor'])(
  'a link cannot make a page say what was not done: %s',
  async (query) => {
    const { ada } = await openAda();
    await ada.open(SURVEY + query);
    expect(ada.html).not.toContain('role="status"');
  },
);

test.each(['constructor-', 'survey_closed-', 'survey_closed', '-', '__proto__-'])(
  'a cookie that is not ours says nothing: %s',
  async (value) => {
    const { site, ada } = await openAda();
    const cookie = `${ada.cookies}; staff-said=${value}${Buffer.from(SURVEY).toString('hex')}`;
    const page = await fetch(site.url + SURVEY, { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(await page.text()).not.toContain('role="status"');
  },
);
