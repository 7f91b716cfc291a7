/**
 * An admin's story in a real browser: the first sign-in, inviting, roles, a survey closed with a grace, the audit and
 * its file, signing out everywhere, and a person deactivated whose session ends at once. Nobody in it opens a terminal,
 * and after the first address nobody types one.
 */
import { expect, test } from 'vitest';
import { addAccount } from '../../src/accounts/people/store.ts';
import { Colleague, type Kept } from '../support/colleague.ts';
import { openStaffSite, PASSPHRASE } from '../support/staff.ts';

const TITLE = 'The bus in your village';

test.each([
  { width: 320, scripts: false },
  { width: 1280, scripts: true },
])('at $width pixels, with scripts: $scripts', { timeout: 600_000 }, async (options) => {
  const site = await openStaffSite();
  // Whoever runs the server makes the first link, as `soundings account add` does.
  const first = { email: 'ada@example.org', name: 'Ada', admin: true, roles: [] };
  const { token } = await addAccount(site.db, first, { id: null, name: 'root at the command line' }, site.now());
  const ada = await Colleague.at(site, `/staff/invitations/${token}`, 'Ada', options);
  const kept = await ada.takeUp('ada@example.org');
  expect(kept.recoveryCodes).toHaveLength(10);

  const bo = await Colleague.at(site, await invite(ada), 'Bo', options);
  const bos = await bo.takeUp('bo@example.org');
  expect(await bo.words()).toContain('You are its researcher.');
  await makeApprover(ada);
  await bo.follow('Staff');
  await bo.signIn(bos);
  expect(await bo.words()).toContain('You are its researcher and approver.');

  await closeWithGrace(ada);
  await readAudit(ada);

  const elsewhere = await Colleague.at(site, '/staff', 'Ada elsewhere', options);
  await elsewhere.signIn(kept);
  await signOutEverywhere(ada, elsewhere);
  await ada.signIn(kept, kept.recoveryCodes[0]);

  await deactivate(ada, bo, bos);
});

/** @returns the link to pass on */
async function invite(ada: Colleague): Promise<string> {
  await ada.follow('Accounts');
  await ada.write('E-mail address', 'bo@example.org');
  await ada.write('Name', 'Bo');
  await ada.tick('Researcher', TITLE);
  await ada.press('Make the link');
  return ada.linkTo('/staff/invitations/');
}

async function makeApprover(ada: Colleague): Promise<void> {
  await ada.follow('Accounts');
  await ada.follow('Bo');
  await ada.tick('Approver', TITLE);
  await ada.press('Save');
}

/** Whoever has begun may go on for ten days; nobody new begins. */
async function closeWithGrace(ada: Colleague): Promise<void> {
  await ada.follow('Surveys');
  await ada.follow(TITLE);
  await ada.follow('Close the survey');
  await ada.press('Close the survey');
  expect(await ada.words()).toContain('There is a problem');
  await ada.tick('First for whoever has not begun');
  await ada.write('The last day of all', '2027-03-11');
  await ada.press('Close the survey');
  expect(await ada.words()).toContain('Open until the end of 11 March 2027 for those who have begun, for nobody new');
  await ada.follow('What respondents see first');
  expect(await ada.heading()).toBe('Nobody new can begin this survey');
  await ada.goBack();
}

/** What one person did and what was done to them, on the page and as a file. */
async function readAudit(ada: Colleague): Promise<void> {
  await ada.follow('Audit');
  await ada.pick('Person', 'Bo (bo@example.org)');
  await ada.press('Show');
  const words = await ada.words();
  expect(words).toContain('Ada made Bo an approver of two-languages.');
  expect(words).not.toContain('Ada signed in');
  const { name, bytes } = await ada.download('All that was found, as a file for a spreadsheet (CSV)');
  expect(name).toMatch(/\.csv$/);
  const [, ...lines] = String(bytes).trim().split('\r\n');
  expect(lines).toHaveLength(words.match(/ UTC/g)?.length ?? 0);
}

async function signOutEverywhere(ada: Colleague, elsewhere: Colleague): Promise<void> {
  await ada.follow('Your account');
  expect(await ada.words()).toContain('Another browser');
  await ada.press('Sign out everywhere');
  expect(await ada.words()).toContain('You have signed out everywhere.');
  await elsewhere.follow('Accounts');
  expect(await elsewhere.words()).toContain('Your session is over');
}

/** The next that Bo clicks leads out, and nothing leads in again. */
async function deactivate(ada: Colleague, bo: Colleague, { email }: Kept): Promise<void> {
  await ada.follow('Accounts');
  await ada.follow('Bo');
  await ada.press('Deactivate');
  await bo.follow('Surveys');
  expect(await bo.words()).toContain('Your session is over');
  await bo.write('E-mail address', email);
  await bo.write('Passphrase', PASSPHRASE);
  await bo.press('Continue');
  expect(await bo.words()).toContain('The e-mail address or the passphrase is wrong');
}
