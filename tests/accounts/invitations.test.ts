/** Links that work once: from the admin's page to the first sign-in. */
import { describe, expect, test } from 'vitest';
import { expireInvitations } from '../../src/accounts/invitations/store.ts';
import { addAccount } from '../../src/accounts/people/store.ts';
import { linksIn } from '../support/page-html.ts';
import type { Respondent } from '../support/respondent.ts';
import { auditOf, openStaffSite, PASSPHRASE, type StaffSite } from '../support/staff.ts';

const ROOT = { id: null, name: 'root at the command line' };

/** Makes an account by command. @returns the address of its link */
async function invite({ db, now }: StaffSite, name = 'Bo'): Promise<string> {
  const { token } = await addAccount(
    db,
    { email: `${name.toLowerCase()}@example.org`, name, admin: false, roles: [] },
    ROOT,
    now(),
  );
  return `/staff/invitations/${token}`;
}

/** The key that the set-up page shows. */
const keyOn = ({ code }: Respondent) => code.replaceAll(' ', '');

test('in a trial, where PUBLIC_URL is not set, the link names where the server listens, whatever the Host header says', async () => {
  const site = await openStaffSite({ trial: true }, [], { site: () => new URL('http://127.0.0.1:4711') });
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open('/staff/accounts');
  const { action, body } = admin.filledIn({ email: 'bo@example.org', name: 'Bo' }, 'Make the link');
  const form = { 'content-type': 'application/x-www-form-urlencoded', cookie: admin.cookies, host: 'evil.example' };
  const page = await (await fetch(site.url + action, { method: 'POST', headers: form, body })).text();
  expect(page).toMatch(/href="http:\/\/127\.0\.0\.1:4711\/staff\/invitations\/[\w-]{43}"/);
  expect(page).toMatch(/>http:\/\/127\.0\.0\.1:4711\/staff\/invitations\/[\w-]{43}</);
  expect(page).not.toContain('evil.example');
});

test('an admin invites, passes the link on, and whoever opens it comes in with a second factor', async () => {
  const site = await openStaffSite({ publicUrl: new URL('http://surveys.example.org') });
  const admin = await site.signIn(await site.add('Ada', { admin: true }));
  await admin.open('/staff/accounts');
  await admin.press('Make the link', {
    email: 'Bo@Example.org',
    name: ' Bo  Example ',
    roles: ['researcher:two-languages'],
  });
  expect([admin.status, admin.heading]).toEqual([200, 'A link for Bo Example']);
  expect(admin.words).toContain('bo@example.org');
  expect(admin.code).toMatch(/^http:\/\/surveys\.example\.org\/staff\/invitations\/[\w-]{43}$/);
  const link = new URL(admin.code).pathname;

  const bo = await site.visit(link);
  expect([bo.heading, bo.entered.name]).toEqual(['Choose your passphrase', 'Bo Example']);
  await bo.answer({ name: 'Bo Example', passphrase: PASSPHRASE });
  expect([bo.address, bo.heading]).toEqual(['/staff/set-up', 'Set up your second factor']);
  expect(linksIn(bo.html).map(({ href }) => href)).toContain(
    `otpauth://totp/Soundings:bo%40example.org?secret=${keyOn(bo)}&issuer=Soundings`,
  );
  await bo.answer({ code: '000000' });
  expect([bo.status, bo.errors[0]?.text]).toEqual([
    422,
    'The code is wrong. Enter the six digits that the app shows now',
  ]);
  await bo.answer({ code: site.code({ id: '', email: '', name: '', key: keyOn(bo) }) });
  expect(bo.heading).toBe('Your recovery codes');
  expect(bo.html.match(/<li class="sn-code">/g)).toHaveLength(10);
  await bo.follow('I have kept them: go on');
  expect([bo.address, bo.words.includes('You are its researcher.')]).toEqual(['/staff', true]);

  // Neither the link nor the page of codes can be had again.
  expect((await (await site.visit(link)).open(link)).status).toBe(410);
  expect((await bo.open('/staff/set-up')).address).toBe('/staff');
  expect(await auditOf(site.db)).toEqual([
    'Ada: signed_in Ada',
    'Ada: account_added Bo Example',
    'Ada: role_given Bo Example researcher:two-languages',
    'Bo Example: invitation_used Bo Example',
    'Bo Example: second_factor_set Bo Example',
    'Bo Example: signed_in Bo Example',
  ]);
});

test('opening a link changes nothing: mail scanners open them all, with cookies or without', async () => {
  const site = await openStaffSite();
  const link = await invite(site);
  const before = await site.db.selectFrom('invitations').selectAll().execute();
  for (const method of ['GET', 'HEAD', 'GET'])
    expect((await fetch(site.url + link, { method, redirect: 'manual' })).status).toBe(303);
  await (await site.visit(link)).open(link);
  expect(await site.db.selectFrom('invitations').selectAll().execute()).toEqual(before);
  expect(JSON.stringify(before)).not.toContain(link.slice(-43));
  expect(await auditOf(site.db)).toEqual(['root at the command line: account_added Bo']);
  const owner = await site.visit(link);
  expect((await owner.answer({ name: 'Bo', passphrase: PASSPHRASE })).address).toBe('/staff/set-up');
});

describe('the token of a link', () => {
  test.each([
    [undefined, /^link-[0-9a-f]{32}=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/],
    [
      new URL('https://soundings.example.org'),
      /^__Host-link-[0-9a-f]{32}=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    ],
  ])('is exchanged for a cookie that goes when the browser closes (%s)', async (publicUrl, cookie) => {
    const site = await openStaffSite({ publicUrl });
    const reply = await fetch(site.url + (await invite(site)), { redirect: 'manual' });
    expect(reply.status).toBe(303);
    expect(reply.headers.get('location')).toMatch(/^\/staff\/invitations\/[0-9a-f]{32}$/);
    expect(reply.headers.getSetCookie()).toEqual([expect.stringMatching(cookie)]);
    expect([reply.headers.get('cache-control'), reply.headers.get('referrer-policy')]).toEqual([
      'no-store',
      'no-referrer',
    ]);
  });

  test('stands in no address, page, audit or log from then on, also where something is to be put right', async () => {
    const site = await openStaffSite();
    const link = await invite(site);
    const token = link.slice(-43);
    const bo = await site.visit(link);
    const seen: string[] = [];
    const look = () => seen.push(bo.address, bo.html);
    look();
    await bo.answer({ name: 'Bo', passphrase: 'short' });
    look();
    await bo.answer({ name: 'Bo', passphrase: PASSPHRASE });
    look();
    expect(bo.address).toBe('/staff/set-up');
    seen.push(JSON.stringify(await site.db.selectFrom('audit').selectAll().execute()), JSON.stringify(site.lines));
    expect(seen.filter((each) => each.includes(token))).toEqual([]);
    expect(JSON.stringify(site.lines)).toContain('/staff/invitations/:token');
  });

  test('is taken from the browser when the link is used, and when it is over', async () => {
    const site = await openStaffSite();
    const link = await invite(site);
    const [first, second] = [await site.visit(link), await site.visit(link)];
    const { address } = first;
    await first.answer({ name: 'Bo', passphrase: PASSPHRASE });
    expect(first.cookies).not.toContain('link-');
    expect((await first.open(address)).status).toBe(410);
    expect(second.cookies).toContain('link-');
    expect((await second.open(address)).status).toBe(410);
    expect(second.cookies).not.toContain('link-');
  });

  test('opens in its own browser alone, and neither of two opens the other', async () => {
    const site = await openStaffSite();
    const [bo, cy] = [await invite(site, 'Bo'), await invite(site, 'Cy')];
    const browser = await site.visit(bo);
    const { address } = browser;
    await browser.open(cy);
    expect(browser.entered.name).toBe('Cy');
    expect((await browser.open(address)).entered.name).toBe('Bo');

    const other = await site.visit(address);
    expect([other.status, other.words]).toEqual([410, expect.stringContaining('open the link itself again')]);
    const posted = await fetch(site.url + address, { method: 'POST', body: new URLSearchParams({ name: 'Eve' }) });
    expect(posted.status).toBe(410);
    const forged = await fetch(site.url + address, {
      headers: { cookie: `link-${address.slice(-32)}=${cy.slice(-43)}` },
    });
    expect(forged.status).toBe(410);
  });

  test('is taken with a form that is posted to the link’s own address, from a browser without cookies', async () => {
    const site = await openStaffSite();
    const body = new URLSearchParams({ name: 'Bo', passphrase: PASSPHRASE });
    const link = await invite(site);
    const statuses: number[] = [];
    for (let time = 0; time < 2; time++)
      statuses.push((await fetch(site.url + link, { method: 'POST', body, redirect: 'manual' })).status);
    expect(statuses).toEqual([303, 410]);
  });
});

describe('a link that does not work', () => {
  const broken: readonly [string, (site: StaffSite, link: string) => Promise<unknown>][] = [
    ['was used', async (site, link) => (await site.visit(link)).answer({ name: 'Bo', passphrase: PASSPHRASE })],
    ['has expired', async (site) => site.wait(7 * 24 * 60)],
    [
      'was replaced by a newer one',
      async (site) => {
        const admin = await site.signIn(await site.add('Ada', { admin: true }));
        const [{ id } = { id: '' }] = await site.db
          .selectFrom('accounts')
          .select('id')
          .where('name', '=', 'Bo')
          .execute();
        await (await admin.open(`/staff/accounts/${id}/link`)).press('Make a new link');
      },
    ],
    [
      'is for an account that was deactivated',
      async (site) => {
        const admin = await site.signIn(await site.add('Ada', { admin: true }));
        const [{ id } = { id: '' }] = await site.db
          .selectFrom('accounts')
          .select('id')
          .where('name', '=', 'Bo')
          .execute();
        await (await admin.open(`/staff/accounts/${id}`)).press('Deactivate');
      },
    ],
  ];
  test.each(broken)('because it %s says the same as one that was never made', async (_, breakIt) => {
    const site = await openStaffSite();
    const link = await invite(site);
    const open = await site.visit(link);
    await breakIt(site, link);
    const never = await site.visit(`/staff/invitations/${'A'.repeat(43)}`);
    const seen = await site.visit(link);
    expect([seen.status, seen.html]).toEqual([410, never.html]);
    expect([never.status, never.heading]).toEqual([410, 'This link does not work any more']);
    // Nor does the form of a page that was opened while it still did.
    await open.answer({ name: 'Eve', passphrase: PASSPHRASE });
    expect([open.status, open.html]).toEqual([410, never.html]);
    const names = await site.db.selectFrom('accounts').select('name').execute();
    expect(names).not.toContainEqual({ name: 'Eve' });
  });

  test.each(['x', 'a'.repeat(5000), '%00', "' OR 1=1 --", '..%2f..', '<script>'])('such as %s', async (token) => {
    const site = await openStaffSite();
    const reply = await fetch(`${site.url}/staff/invitations/${encodeURIComponent(token)}`);
    expect(reply.status).toBe(410);
    expect(await reply.text()).not.toContain('<script>');
  });
});

test('of two who use a link at once, one has the account', async () => {
  const site = await openStaffSite();
  const link = await invite(site);
  const browsers = [await site.visit(link), await site.visit(link)];
  await Promise.all(
    browsers.map((browser, index) =>
      browser.answer({ name: `Bo ${['One', 'Two'][index]}`, passphrase: `${PASSPHRASE} ${index}` }),
    ),
  );
  expect(browsers.map(({ address }) => address.slice(0, 14)).sort()).toEqual(['/staff/invitat', '/staff/set-up']);
  const winner = browsers.findIndex(({ address }) => address === '/staff/set-up');
  const { name } = await site.db.selectFrom('accounts').select('name').executeTakeFirstOrThrow();
  expect(name).toBe(`Bo ${['One', 'Two'][winner]}`);
  expect((await auditOf(site.db)).filter((line) => line.includes('invitation_used'))).toHaveLength(1);
});

describe('a passphrase or name that is refused', () => {
  test.each([
    ['Bo', '', 'Enter a passphrase'],
    ['Bo', 'too short', 'The passphrase must have at least 12 characters'],
    ['Bo', 'a'.repeat(12), 'That passphrase is one of the first that somebody would try: choose another'],
    [
      'Bonita',
      'bonita on the hill',
      'The passphrase must not hold your name, your e-mail address or the word “soundings”',
    ],
    ['', PASSPHRASE, 'Enter your name: letters first, at most 100 characters'],
    ['<b>Bo</b>', PASSPHRASE, 'Enter your name: letters first, at most 100 characters'],
    ['Bo\u202Eevil', PASSPHRASE, 'Enter your name: letters first, at most 100 characters'],
  ])('name %j, passphrase %j', async (name, passphrase, message) => {
    const site = await openStaffSite();
    const browser = await site.visit(await invite(site));
    await browser.answer({ name, passphrase });
    expect([browser.status, browser.errors.map(({ text }) => text)]).toEqual([422, [message]]);
    // What was typed as a name stands in its box again, literally; a passphrase never does.
    expect(browser.entered).toEqual({ username: expect.any(String), ...(name !== '' && { name }) });
    expect(browser.html).not.toContain('<b>');
    // And the link still works.
    await browser.answer({ name: 'Bo', passphrase: PASSPHRASE });
    expect(browser.address).toBe('/staff/set-up');
  });
});

test('whoever stops before the second factor goes on with their passphrase, with a new key', async () => {
  const site = await openStaffSite();
  const first = await site.visit(await invite(site));
  await first.answer({ name: 'Bo', passphrase: PASSPHRASE });
  const key = keyOn(first);
  site.wait(20);
  expect((await first.answer({ code: '123456' })).address).toBe('/staff/sign-in');
  await first.answer({ email: 'bo@example.org', passphrase: PASSPHRASE });
  expect(first.address).toBe('/staff/set-up');
  expect(keyOn(first)).not.toBe(key);

  // Set up in two browsers: the first that confirms counts.
  const second = await site.visit();
  await second.answer({ email: 'bo@example.org', passphrase: PASSPHRASE });
  const codes = [first, second].map((browser) => site.code({ id: '', email: '', name: '', key: keyOn(browser) }));
  expect((await second.answer({ code: codes[1] ?? '' })).heading).toBe('Your recovery codes');
  expect((await first.answer({ code: codes[0] ?? '' })).address).toBe('/staff/sign-in');
});

test('the picture is the key as a QR code, without inline style or script', async () => {
  const site = await openStaffSite();
  const browser = await site.visit(await invite(site));
  await browser.answer({ name: 'Bo', passphrase: PASSPHRASE });
  const [, size = '', path = ''] =
    /<svg class="sn-qr" viewBox="0 0 (\d+) \d+"[\s\S]*?<path d="([^"]+)"/.exec(browser.html) ?? [];
  expect(Number(size)).toBeGreaterThan(30);
  expect(path).toMatch(/^(M\d+ \d+h1v1h-1z)+$/);
  expect(browser.html).not.toMatch(/style=|<style|<script>/);
});

test('links that have expired are deleted', async () => {
  const site = await openStaffSite();
  await invite(site, 'Bo');
  site.wait(24 * 60);
  await invite(site, 'Cy');
  site.wait(6 * 24 * 60);
  await expireInvitations(site.db, site.now());
  expect(await site.db.selectFrom('invitations').select('account').execute()).toHaveLength(1);
});
