/** Every page of staff in every state: axe finds nothing, nothing scrolls sideways, it is valid HTML, nothing is refused by the policy. */
import { expect, test } from 'vitest';
import { recordDeed } from '../../src/accounts/audit/store.ts';
import { addAccount } from '../../src/accounts/people/store.ts';
import { inTransaction } from '../../src/db/transaction.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { expectValidHtml } from '../support/html.ts';
import { lendCookies } from '../support/in-browser.ts';
import { Respondent } from '../support/respondent.ts';
import { openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

interface PageState {
  readonly name: string;
  readonly heading: string;
  /** Whose browser it is, and the address that is opened in it. */
  readonly arrive: (site: StaffSite) => Promise<{ readonly browser: Respondent; readonly address: string }>;
  /** Filled in, and the button pressed. */
  readonly send?: { readonly button: string; readonly fields: Readonly<Record<string, string>> };
}

const stranger = (address: string) => async (site: StaffSite) => ({ browser: new Respondent(site.url), address });

const LONG = 'Wilhelmina Featherstonehaugh-Cholmondeley-Majoribanks of the Social Enterprise Network';

/** A team with names of every length. */
async function team(site: StaffSite) {
  const ada = await site.add('Ada', { admin: true, roles: [{ survey: 'two-languages', role: 'approver' }] });
  const bo = await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] });
  const cy = await site.add('Cy');
  await site.db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', cy.id).execute();
  await addAccount(
    site.db,
    { email: `${'a.very.long.address.'.repeat(3)}of@network.example.org`, name: LONG, admin: false, roles: [] },
    { id: null, name: 'root at the command line' },
    site.now(),
  );
  await inTransaction(site.db, async (trx) => {
    for (let n = 0; n < 110; n++)
      await recordDeed(
        trx,
        ada,
        {
          action: 'role_given',
          object: { id: bo.id, name: LONG },
          about: { role: 'researcher', survey: 'two-languages' },
        },
        site.now(),
      );
  });
  return { ada, bo, cy };
}

const admin = (address: string | ((people: Awaited<ReturnType<typeof team>>) => string)) => async (site: StaffSite) => {
  const people = await team(site);
  const browser = await site.signIn(people.ada);
  return { browser, address: typeof address === 'string' ? address : address(people) };
};

const halfWay = async (site: StaffSite) => {
  const ada = await site.add('Ada');
  const browser = await site.visit();
  await browser.answer({ email: ada.email, passphrase: PASSPHRASE });
  return { browser, address: '/staff/sign-in/code' };
};

const invited = async (site: StaffSite) => {
  const account = { email: 'bo@example.org', name: 'Bo Example', admin: false, roles: [] };
  const { token } = await addAccount(site.db, account, { id: null, name: 'root' }, site.now());
  return { browser: new Respondent(site.url), address: `/staff/invitations/${token}` };
};

const settingUp = async (site: StaffSite) => {
  const { browser, address } = await invited(site);
  await browser.open(address);
  await browser.answer({ name: 'Bo Example', passphrase: PASSPHRASE });
  return { browser, address: '/staff/set-up' };
};

const STATES: readonly PageState[] = [
  { name: 'sign-in', heading: 'Staff sign-in', arrive: stranger('/staff') },
  { name: 'sign-in, signed out', heading: 'Staff sign-in', arrive: stranger('/staff/sign-in?after=sign-out') },
  {
    name: 'sign-in, wrong',
    heading: 'Staff sign-in',
    arrive: stranger('/staff/sign-in'),
    send: { button: 'Continue', fields: { email: 'ada@example.org', passphrase: 'a wrong one' } },
  },
  {
    name: 'sign-in, empty',
    heading: 'Staff sign-in',
    arrive: stranger('/staff/sign-in'),
    send: { button: 'Continue', fields: {} },
  },
  { name: 'code', heading: 'Enter a code', arrive: halfWay },
  {
    name: 'code, wrong',
    heading: 'Enter a code',
    arrive: halfWay,
    send: { button: 'Sign in', fields: { code: '000000' } },
  },
  { name: 'link', heading: 'Choose your passphrase', arrive: invited },
  {
    name: 'link, wrong',
    heading: 'Choose your passphrase',
    arrive: invited,
    send: { button: 'Continue', fields: { name: '<b>', passphrase: 'password1234' } },
  },
  { name: 'link, over', heading: 'This link does not work any more', arrive: stranger('/staff/invitations/x') },
  { name: 'set up', heading: 'Set up your second factor', arrive: settingUp },
  {
    name: 'set up, wrong',
    heading: 'Set up your second factor',
    arrive: settingUp,
    send: { button: 'Continue', fields: { code: '1' } },
  },
  { name: 'home of an admin', heading: 'Staff', arrive: admin('/staff') },
  {
    name: 'home without a part',
    heading: 'Staff',
    arrive: async (site) => ({ browser: await site.signIn(await site.add(LONG)), address: '/staff' }),
  },
  { name: 'own account', heading: 'Your account', arrive: admin('/staff/account') },
  {
    name: 'own account, wrong',
    heading: 'Your account',
    arrive: admin('/staff/account'),
    send: { button: 'Change passphrase', fields: { fresh: 'short' } },
  },
  {
    name: 'recovery codes',
    heading: 'Your recovery codes',
    arrive: admin('/staff/account'),
    send: { button: 'Make new recovery codes', fields: { passphrase: PASSPHRASE } },
  },
  { name: 'accounts', heading: 'Accounts', arrive: admin('/staff/accounts') },
  {
    name: 'accounts, wrong',
    heading: 'Accounts',
    arrive: admin('/staff/accounts'),
    send: { button: 'Make the link', fields: { email: 'bo@example.org', name: 'Bo' } },
  },
  {
    name: 'a new link',
    heading: 'A link for Dee',
    arrive: admin('/staff/accounts'),
    send: { button: 'Make the link', fields: { email: 'dee@example.org', name: 'Dee' } },
  },
  { name: 'an account', heading: 'Bo', arrive: admin(({ bo }) => `/staff/accounts/${bo.id}`) },
  {
    name: 'an account, saved',
    heading: 'Bo',
    arrive: admin(({ bo }) => `/staff/accounts/${bo.id}`),
    send: { button: 'Save', fields: {} },
  },
  {
    name: 'before a new link',
    heading: 'A new link for Bo',
    arrive: admin(({ bo }) => `/staff/accounts/${bo.id}/link`),
  },
  { name: 'an account, own', heading: 'Ada', arrive: admin(({ ada }) => `/staff/accounts/${ada.id}`) },
  { name: 'an account, deactivated', heading: 'Cy', arrive: admin(({ cy }) => `/staff/accounts/${cy.id}`) },
  { name: 'audit', heading: 'Audit', arrive: admin('/staff/audit') },
  { name: 'audit, nothing', heading: 'Audit', arrive: admin('/staff/audit?from=2030-01-01&action=signed_in') },
  { name: 'hidden', heading: 'Page not found', arrive: admin('/staff/nowhere') },
];

test.each([320, 1280])('at %i pixels', async (width) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const faults: string[] = [];
  for (const { name, heading, arrive, send } of STATES) {
    const site = await openStaffSite({ trial: name.startsWith('sign-in') });
    try {
      await page.context().clearCookies();
      const { browser, address } = await arrive(site);
      await lendCookies(page, browser, site.url);
      await page.goto(site.url + address);
      if (send) {
        const form = page.locator('form', { has: page.getByRole('button', { name: send.button, exact: true }) });
        for (const [field, value] of Object.entries(send.fields))
          await form.locator(`input[name="${field}"]`).fill(value);
        await Promise.all([
          page.waitForNavigation(),
          form.getByRole('button', { name: send.button, exact: true }).click(),
        ]);
      }
      expect(await page.textContent('h1')).toContain(heading);
      await screenshot(page, `staff-${name.replaceAll(/\W+/g, '-')}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    } catch (error) {
      faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  expect(faults).toEqual([]);
  // A page that answers 404 or 422 is a complaint to the browser, and none to us.
  expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
});

test('what is wrong takes the focus, and leads to its box', async () => {
  const site = await openStaffSite();
  const page = await openPage();
  await page.goto(`${site.url}/staff/sign-in`);
  await Promise.all([page.waitForNavigation(), page.click('main form button')]);
  expect(await page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
  await page.click('text=Enter your passphrase >> nth=0');
  expect(await page.evaluate('document.activeElement.id')).toBe('passphrase');
});

test('on paper the recovery codes stand whole, without what surrounds them', async () => {
  const site = await openStaffSite();
  const browser = await site.signIn(await site.add('Ada'));
  const page = await openPage();
  await lendCookies(page, browser, site.url);
  await page.goto(`${site.url}/staff/account`);
  const form = page.locator('form', { hasText: 'Make new recovery codes' });
  await form.locator('input[name=passphrase]').fill(PASSPHRASE);
  await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
  await page.emulateMedia({ media: 'print' });
  await screenshot(page, 'staff-codes-on-paper');
  expect(await page.locator('.sn-code:visible').count()).toBe(10);
  expect(await page.locator('.sn-footer:visible, .govuk-button:visible, .sn-staff:visible').count()).toBe(0);
});

test('what was done takes the focus, and is gone when the page is loaded again', async () => {
  const site = await openStaffSite();
  const page = await openPage();
  const { browser, address } = await admin(({ bo }) => `/staff/accounts/${bo.id}`)(site);
  await lendCookies(page, browser, site.url);
  await page.goto(site.url + address);
  await Promise.all([page.waitForNavigation(), page.click('text=Save')]);
  expect(await page.evaluate('document.activeElement.getAttribute("role")')).toBe('status');
  await page.reload();
  expect(await page.locator('[role=status]').count()).toBe(0);
});
