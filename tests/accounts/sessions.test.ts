/** Sessions: fixation, revocation, idle and absolute ends, a stolen cookie (S2, S3). */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { isOver } from '../../src/accounts/sessions/limits.ts';
import { expireSessions } from '../../src/accounts/sessions/store.ts';
import type { Respondent } from '../support/respondent.ts';
import { openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

const FRESH = 'nine herons fold the evening paper';

/** Whether a cookie as it was at some moment still opens the staff's pages. */
async function opens({ url }: StaffSite, cookie: string): Promise<boolean> {
  const reply = await fetch(`${url}/staff/account`, { headers: { cookie }, redirect: 'manual' });
  return reply.status === 200;
}

const tokenIn = ({ cookies }: Respondent): string => /(?<![-\w])staff=([^;]+)/.exec(cookies)?.[1] ?? '';

test('the token is another after each step, and the one before opens nothing', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const browser = await site.visit();
  const planted = `staff=${'p'.repeat(43)}`;
  const reply = await fetch(`${site.url}/staff/sign-in`, {
    method: 'POST',
    headers: { cookie: planted, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: ada.email, passphrase: PASSPHRASE }),
    redirect: 'manual',
  });
  expect(reply.headers.get('set-cookie')).toMatch(/^staff=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(await opens(site, planted)).toBe(false);

  await browser.answer({ email: ada.email, passphrase: PASSPHRASE });
  const half = { cookies: browser.cookies, token: tokenIn(browser) };
  await browser.answer({ code: site.code(ada) });
  expect(tokenIn(browser)).not.toBe(half.token);
  expect(await opens(site, half.cookies)).toBe(false);
  expect(await opens(site, browser.cookies)).toBe(true);

  const full = browser.cookies;
  await site.signIn(ada, browser);
  expect(await opens(site, full)).toBe(false);
  // The one from before any browser, and hers.
  const steps = await site.db.selectFrom('sessions').select('step').orderBy('step').execute();
  expect(steps).toEqual([{ step: 'code' }, { step: 'full' }]);
});

test('only hashes of tokens are kept', async () => {
  const site = await openStaffSite();
  const browser = await site.signIn(await site.add('Ada'));
  const stored = JSON.stringify([
    await site.db.selectFrom('sessions').selectAll().execute(),
    await site.db.selectFrom('devices').selectAll().execute(),
  ]);
  for (const pair of browser.cookies.split('; ')) expect(stored).not.toContain(pair.split('=')[1]);
});

test('on https the cookies are bound to this host, sent by no other site and read by no script', async () => {
  const site = await openStaffSite({ publicUrl: new URL('https://surveys.example.org') });
  const ada = await site.add('Ada');
  const reply = await fetch(`${site.url}/staff/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ email: ada.email, passphrase: PASSPHRASE }),
    redirect: 'manual',
  });
  expect(reply.headers.get('set-cookie')).toMatch(/^__Host-staff=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
});

describe('a copy of the cookie opens nothing any more', () => {
  test.each<[string, (site: StaffSite, browser: Respondent, id: string) => Promise<unknown>]>([
    ['after sign-out', (_, browser) => browser.press('Sign out')],
    [
      'after sign-out everywhere',
      async (_, browser) => (await browser.open('/staff/account')).press('Sign out everywhere'),
    ],
    [
      'after the passphrase was changed',
      async (_, browser) => {
        await browser.open('/staff/account');
        await browser.press('Change passphrase', { current: PASSPHRASE, fresh: FRESH });
      },
    ],
    ['after an admin deactivated the account', async (site, _, id) => (await asAdmin(site, id)).press('Deactivate')],
    [
      'after an admin made a new link',
      async (site, _, id) => (await (await asAdmin(site, id)).follow('make a new link')).press('Make a new link'),
    ],
    [
      'after an admin changed the roles',
      async (site, _, id) => (await asAdmin(site, id)).press('Save', { admin: 'yes' }),
    ],
    ['after an hour without use', async (site) => site.wait(60)],
    [
      'after twelve hours of use',
      async (site, browser) => {
        for (let hours = 0; hours < 12; hours += 0.5) {
          site.wait(30);
          await browser.open('/staff');
        }
      },
    ],
  ])('%s', async (_, end) => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const browser = await site.signIn(ada);
    const copy = browser.cookies;
    expect(await opens(site, copy)).toBe(true);
    await end(site, browser, ada.id);
    expect(await opens(site, copy)).toBe(false);
  });
});

async function asAdmin(site: StaffSite, id: string): Promise<Respondent> {
  const admin = await site.signIn(await site.add('Root', { admin: true }));
  return admin.open(`/staff/accounts/${id}`);
}

test('use keeps a session going: fifty minutes and fifty more', async () => {
  const site = await openStaffSite();
  const browser = await site.signIn(await site.add('Ada'));
  for (let round = 0; round < 5; round++) {
    site.wait(50);
    expect((await browser.open('/staff')).address).toBe('/staff');
  }
});

test('signing out in one browser leaves the other; everywhere leaves none, and forgets both', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const [one, other] = [await site.signIn(ada), await site.signIn(ada)];
  await one.press('Sign out');
  expect([one.address, one.words.includes('You have signed out.')]).toEqual(['/staff/sign-in?after=sign-out', true]);
  expect((await other.open('/staff/account')).status).toBe(200);
  const third = await site.signIn(ada);
  await other.press('Sign out everywhere');
  expect(other.words).toContain('You have signed out everywhere.');
  expect((await third.open('/staff')).address).toBe('/staff/sign-in');
  expect(await site.db.selectFrom('devices').selectAll().execute()).toEqual([]);
});

test('whoever is led to the sign-in because their session is over is told why, and a stranger is not', async () => {
  const site = await openStaffSite();
  const browser = await site.signIn(await site.add('Ada'));
  site.wait(61);
  expect((await browser.open('/staff')).words).toContain('Your session is over');
  expect((await site.visit('/staff')).words).not.toContain('session');
});

test('one’s own page says where one is signed in', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const one = await site.signIn(ada);
  site.wait(10);
  await site.signIn(ada);
  await one.open('/staff/account');
  expect(one.words).toContain('This browser : since 1 March 2027 at 12:00 UTC , last used 1 March 2027 at 12:11 UTC');
  expect(one.words).toContain('Another browser : since 1 March 2027 at 12:11 UTC');
  expect(one.html).toContain('<time datetime="2027-03-01T12:00:30.000Z" title="2027-03-01 12:00:30 UTC">');
});

test('a page is shown though the store cannot be written', async () => {
  const site = await openStaffSite();
  const browser = await site.signIn(await site.add('Ada'));
  site.wait(5);
  await sql`PRAGMA query_only = ON`.execute(site.db);
  expect((await browser.open('/staff/account')).status).toBe(200);
  await browser.press('Sign out');
  expect([browser.status, browser.heading]).toEqual([503, 'Not saved']);
});

test('what is over is deleted', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  await site.signIn(ada);
  await (await site.visit()).answer({ email: ada.email, passphrase: PASSPHRASE });
  const count = async () =>
    (await site.db.selectFrom('sessions').select('step').execute()).map(({ step }) => step).sort();
  await expireSessions(site.db, site.now());
  expect(await count()).toEqual(['code', 'full']);
  site.wait(16);
  await expireSessions(site.db, site.now());
  expect(await count()).toEqual(['full']);
  site.wait(61);
  await expireSessions(site.db, site.now());
  expect(await count()).toEqual([]);
  expect(await site.db.selectFrom('devices').select('account').execute()).toEqual([{ account: ada.id }]);
  site.wait(180 * 24 * 60);
  await expireSessions(site.db, site.now());
  expect(await site.db.selectFrom('devices').select('account').execute()).toEqual([]);
});

describe('how long a session lasts', () => {
  const began = new Date('2027-03-01T12:00:00Z');
  test.each([
    ['code', 14.9, 14.9, false],
    ['code', 15, 0, true],
    ['set-up', 15, 0, true],
    ['full', 59.9, 59.9, false],
    ['full', 60, 60, true],
    ['full', 719, 1, false],
    ['full', 720, 1, true],
  ] as const)('%s, begun %i minutes ago and used %i minutes ago', (step, sinceBegin, sinceUse, over) => {
    const now = new Date(began.getTime() + sinceBegin * 60_000);
    const seenAt = new Date(now.getTime() - sinceUse * 60_000);
    expect(isOver({ step, beganAt: began, seenAt }, now)).toBe(over);
  });
});
