/** Signing in as a story (S2): the way in, the ways that are closed, and what is written down. */
import { createHook } from 'node:async_hooks';
import { describe, expect, test } from 'vitest';
import { auditOf, openStaffSite, PASSPHRASE, type Person, type StaffSite } from '../support/staff.ts';

test('passphrase, then code, then the first page', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const browser = await site.visit('/staff');
  expect([browser.address, browser.heading]).toEqual(['/staff/sign-in', 'Staff sign-in']);
  await browser.answer({ email: ' ADA@example.org', passphrase: PASSPHRASE });
  expect([browser.address, browser.heading]).toEqual(['/staff/sign-in/code', 'Enter a code']);
  const code = site.code(ada);
  await browser.answer({ code: `${code.slice(0, 3)} ${code.slice(3)}` });
  expect([browser.address, browser.status, browser.heading]).toEqual(['/staff', 200, 'Staff']);
  expect(await auditOf(site.db)).toEqual(['Ada: signed_in Ada']);
});

test('without a code nothing of staff can be seen', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada', { admin: true });
  const browser = await site.visit();
  await browser.answer({ email: ada.email, passphrase: PASSPHRASE });
  for (const address of [
    '/staff',
    '/staff/account',
    '/staff/accounts',
    '/staff/audit',
    '/staff/nowhere',
    '/staff/set-up',
  ]) {
    expect((await browser.open(address)).address).toBe('/staff/sign-in/code');
  }
  site.wait(15);
  expect((await browser.answer({ code: site.code(ada) })).address).toBe('/staff/sign-in');
});

/** What a stranger learns from a try: all that comes back but the address that they typed. */
async function tryOnce(site: StaffSite, email: string, passphrase: string) {
  const browser = await site.visit();
  await browser.answer({ email, passphrase });
  const { 'set-cookie': cookies, date: _, ...headers } = browser.headers;
  const { 'ratelimit-policy': __, ratelimit: ___, ...rest } = headers;
  const html = browser.html.replaceAll(email, '').replaceAll(email.toLowerCase(), '');
  return { status: browser.status, html, cookies, headers: { ...rest, 'content-length': undefined, etag: undefined } };
}

describe('known and unknown addresses look alike', () => {
  const WRONG = 'not the passphrase';

  test('to a wrong passphrase, and when slowed', async () => {
    const site = await openStaffSite();
    await site.add('Ada');
    const closed = await site.add('Closed');
    await site.db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', closed.id).execute();
    const invited = await site.add('Invited');
    await site.db.updateTable('accounts').set({ passphrase: null }).where('id', '=', invited.id).execute();

    for (let round = 1; round <= 6; round++) {
      const nobody = await tryOnce(site, 'nobody@example.org', WRONG);
      expect(nobody.status).toBe(round <= 5 ? 422 : 429);
      for (const email of ['ada@example.org', 'closed@example.org', 'invited@example.org', 'no address']) {
        expect(await tryOnce(site, email, WRONG)).toEqual(nobody);
      }
    }
  });

  test('and so do accounts that are closed, or wait for their link, to the right one', async () => {
    const site = await openStaffSite();
    const closed = await site.add('Closed');
    await site.db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', closed.id).execute();
    const nobody = await tryOnce(site, 'nobody@example.org', PASSPHRASE);
    expect(nobody.status).toBe(422);
    expect(await tryOnce(site, closed.email, PASSPHRASE)).toEqual(nobody);
  });
});

test('an address without an account costs the same work: no reply comes sooner for it', async () => {
  const site = await openStaffSite();
  const closed = await site.add('Closed');
  await site.db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', closed.id).execute();
  await site.add('Ada');
  let hashes = 0;
  const hook = createHook({
    init: (_, kind) => {
      if (kind === 'SCRYPTREQUEST') hashes += 1;
    },
  }).enable();
  for (const email of ['ada@example.org', 'nobody@example.org', closed.email, 'no address']) {
    hashes = 0;
    await tryOnce(site, email, 'a wrong one');
    expect([email, hashes]).toEqual([email, 1]);
  }
  hook.disable();
});

describe('guessing is slowed, and nobody is locked out by it', () => {
  const guess = async (site: StaffSite, { email }: Person) => {
    const browser = await site.visit();
    await browser.answer({ email, passphrase: 'a wrong one' });
    return browser;
  };

  test('after five wrong tries there is a wait, which grows', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    for (let tries = 0; tries < 5; tries++) expect((await guess(site, ada)).status).toBe(422);
    expect((await guess(site, ada)).words).toContain('Wait 30 seconds');
    site.wait(0.5);
    expect((await guess(site, ada)).status).toBe(422);
    expect((await guess(site, ada)).words).toContain('Wait 60 seconds');
    // Told of once, however long it goes on.
    expect(await auditOf(site.db)).toEqual(['Somebody: sign_in_slowed Ada']);
    // The right one is not tried either: the wait would tell it.
    const browser = await site.visit();
    expect((await browser.answer({ email: ada.email, passphrase: PASSPHRASE })).status).toBe(429);
    site.wait(1);
    expect((await browser.answer({ email: ada.email, passphrase: PASSPHRASE })).address).toBe('/staff/sign-in/code');
  });

  test('who has signed in before in this browser is not held up by strangers, nor by their own address', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const own = await site.signIn(ada);
    await own.press('Sign out');
    for (let tries = 0; tries < 40; tries++) await guess(site, ada);
    expect((await guess(site, ada)).status).toBe(429);
    expect((await site.signIn(ada, own)).address).toBe('/staff');
  });

  test('a known browser’s own wrong tries count too', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const own = await site.signIn(ada);
    await own.press('Sign out');
    for (let tries = 0; tries < 5; tries++) {
      expect((await own.answer({ email: ada.email, passphrase: 'a wrong one' })).status).toBe(422);
    }
    expect((await own.answer({ email: ada.email, passphrase: PASSPHRASE })).status).toBe(429);
    // And nobody else is held up by them.
    const other = await site.visit();
    expect((await other.answer({ email: ada.email, passphrase: PASSPHRASE })).address).toBe('/staff/sign-in/code');
  });

  test('tries made at once are counted one by one', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const statuses = await Promise.all(Array.from({ length: 12 }, async () => (await guess(site, ada)).status));
    expect(statuses.filter((status) => status === 422)).toHaveLength(5);
  });

  test('tries from one network address are held up, whoever they claim to be', async () => {
    const site = await openStaffSite();
    const statuses: number[] = [];
    for (let tries = 0; tries < 32; tries++) {
      const reply = await fetch(`${site.url}/staff/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': `203.0.113.${tries}` },
        body: `email=person${tries}@example.org`,
      });
      statuses.push(reply.status);
    }
    expect(statuses).toEqual([...Array(30).fill(422), 429, 429]);
  });

  test('behind a proxy that is configured, visitors are told apart', async () => {
    const site = await openStaffSite({ proxies: 1 });
    for (let tries = 0; tries < 32; tries++) {
      const reply = await fetch(`${site.url}/staff/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': `203.0.113.${tries}` },
        body: 'email=x',
      });
      expect(reply.status).toBe(422);
    }
  });
});

describe('a code', () => {
  /** Somebody who has given their passphrase. */
  const half = async (site: StaffSite, { email }: Person) => {
    const browser = await site.visit();
    return browser.answer({ email, passphrase: PASSPHRASE });
  };

  test('works once, also in another browser within its half minute', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const [one, other] = [await half(site, ada), await half(site, ada)];
    const code = site.code(ada);
    expect((await one.answer({ code })).address).toBe('/staff');
    expect((await other.answer({ code })).status).toBe(422);
    site.wait(0.5);
    expect((await other.answer({ code: site.code(ada) })).address).toBe('/staff');
  });

  test('given twice at once lets one in', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const browsers = [await half(site, ada), await half(site, ada)];
    const code = site.code(ada);
    await Promise.all(browsers.map((browser) => browser.answer({ code })));
    expect(browsers.map(({ address }) => address).sort()).toEqual(['/staff', '/staff/sign-in/code']);
  });

  test('typed wrong ten times: after five the passphrase is asked for again, and then there is a wait', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const browser = await half(site, ada);
    for (let tries = 0; tries < 4; tries++) {
      expect((await browser.answer({ code: '000000' })).status).toBe(422);
      expect(browser.errors[0]?.text).toBe('The code is wrong, or was used before');
    }
    await browser.answer({ code: '000000' });
    expect(browser.address).toBe('/staff/sign-in?after=codes');
    expect(browser.words).toContain('There were too many wrong codes.');
    await browser.answer({ email: ada.email, passphrase: PASSPHRASE });
    const waits: number[] = [];
    for (let tries = 0; tries < 5; tries++) waits.push((await browser.answer({ code: site.code(ada) })).status);
    expect(waits).toEqual([429, 429, 429, 429, 429]);
    site.wait(0.5);
    expect((await browser.answer({ code: site.code(ada) })).address).toBe('/staff');
  });

  test.each(['', ' ', '12345', '1234567', 'abcdef', '٠٠٠٠٠٠', '<script>', 'A'.repeat(5000), '000000\u202E'])(
    'that is none is refused: %s',
    async (code) => {
      const site = await openStaffSite();
      const browser = await half(site, await site.add('Ada'));
      expect((await browser.answer({ code })).status).toBe(422);
      expect(browser.html).not.toContain('<script>');
    },
  );

  test('a recovery code works once, typed as people type', async () => {
    const site = await openStaffSite();
    const ada = await site.add('Ada');
    const own = await site.signIn(ada);
    await own.open('/staff/account');
    await own.press('Make new recovery codes', { passphrase: PASSPHRASE });
    const codes = [...own.html.matchAll(/<li class="sn-code">([^<]+)</g)].map(([, code = '']) => code);
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);

    const lower = (codes[3] ?? '').toLowerCase().replaceAll(' ', '-').replaceAll('o', '0');
    expect((await (await half(site, ada)).answer({ code: lower })).address).toBe('/staff');
    expect((await (await half(site, ada)).answer({ code: lower })).status).toBe(422);
    expect(await auditOf(site.db)).toContain('Ada: recovery_code_used Ada');
    expect((await own.open('/staff/account')).words).toContain('Recovery codes left 9');
  });

  test('of somebody else does not do', async () => {
    const site = await openStaffSite();
    const [ada, bo] = [await site.add('Ada'), await site.add('Bo')];
    expect((await (await half(site, ada)).answer({ code: site.code(bo) })).status).toBe(422);
  });
});

test('without SECRET nobody signs in, and the page says that it is not working', async () => {
  const site = await openStaffSite({ secret: undefined });
  const browser = await site.visit();
  await browser.answer({ email: 'ada@example.org', passphrase: PASSPHRASE });
  expect(browser.status).toBe(503);
  expect(site.lines.map(({ msg }) => msg)).toContain('nobody can sign in: the setting SECRET is missing');
});

test('the log holds no address, name, token or code', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada');
  const own = await site.signIn(ada);
  await site.visit('/staff/invitations/a-token-in-an-address');
  const log = JSON.stringify(site.lines);
  expect(log).toContain('/staff/invitations/:token');
  const [, token = 'none'] = /staff=([^;]+)/.exec(own.cookies) ?? [];
  for (const secret of ['ada', 'example.org', 'a-token-in-an-address', token, PASSPHRASE]) {
    expect(log.toLowerCase()).not.toContain(secret.toLowerCase());
  }
});
