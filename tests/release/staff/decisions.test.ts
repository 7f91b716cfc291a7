/** Approving, refusing and withdrawing in the browser: who may (R5), in two steps, once, with both records or neither. */
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { approve, refuse } from '../../../src/release/ledger/ledger.ts';
import { reasonSchema } from '../../../src/release/ledger/reason.ts';
import { readLedger, recordDecision } from '../../../src/release/ledger/store.ts';
import { auditOf, type StaffSite } from '../../support/staff.ts';
import { HOME, openReleases, recordFile, signInAs } from './staff-releases.ts';

/** What the ledger says was decided, the oldest first, after what the site began with. */
async function decided({ db }: StaffSite): Promise<string[]> {
  const { lines } = await readLedger(db, 'choirs');
  return lines
    .slice(3)
    .map(({ event, number, person, on, reason }) => `${event} ${number} by ${person} on ${on}: ${reason}`);
}
const deeds = async ({ db }: StaffSite) => (await auditOf(db)).filter((line) => line.includes('release_'));
const LOOKED = { looked: ['yes'] };

describe('approving', () => {
  test('is asked about first, publishes at once, and stands in the ledger and the audit', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/2`);
    await browser.follow('Approve');
    expect(browser.words).toContain('Everybody sees it at once, in the place of the release before it.');
    await browser.press('Approve and publish', LOOKED);
    expect([browser.address, browser.status]).toEqual([`${HOME}/2`, 200]);
    expect(browser.words).toMatch(/Made on 15 February 2027 by Ada Maker Approved on 1 March 2027 by Bo\b/);
    expect(await decided(site)).toEqual(['approved 2 by Bo on 2027-03-01: ']);
    expect(await deeds(site)).toEqual(['Bo: release_approved release 2 of choirs']);
    await browser.follow('Its published page');
    expect(browser.words).toContain('This is release 2');
  });

  test('needs the tick', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/2/approve`);
    await browser.press('Approve and publish');
    expect(browser.status).toBe(422);
    expect(browser.errors.map(({ text, href }) => [text, href])).toEqual([
      ['Look at the release first, then tick that you have', '#looked'],
    ]);
    expect(await decided(site)).toEqual([]);
  });

  test.each(['Ada Maker', 'maker, ADA', 'Àda. Maker'])('R5: its maker does not approve it: %s', async (name) => {
    const site = await openReleases();
    await site.add('Cy', { roles: [{ survey: 'choirs', role: 'researcher' }] });
    const browser = await signInAs(site, name, 'approver');
    await browser.open(`${HOME}/2`);
    expect(browser.words).toContain('You made it, so somebody else has to approve it.');
    expect(browser.links.map(({ text }) => text)).not.toContain('Approve');
    await browser.open(`${HOME}/2/approve`);
    expect(browser.address).toBe(`${HOME}/2`);
    await browser.post(`${HOME}/2/approve`, 'looked=yes');
    expect(browser.status).toBe(409);
    expect(browser.words).toContain('You made release 2, and a release is approved by another person.');
    expect([await decided(site), await deeds(site)]).toEqual([[], []]);
  });

  test('R5: nor under another name, by the account that made it', async () => {
    const site = await openReleases();
    await site.add('Cy', { roles: [{ survey: 'choirs', role: 'researcher' }] });
    const dee = await site.add('Dee', { roles: [{ survey: 'choirs', role: 'approver' }] });
    const number = await recordFile(site.db, 'choirs', site.folder, { name: 'Dee Before', account: dee.id });
    const browser = await site.signIn(dee);
    await browser.open(`${HOME}/${number}`);
    expect(browser.words).toContain('Made on 1 March 2027 by Dee Before');
    expect(browser.words).toContain('You made it, so somebody else has to approve it.');
    await browser.post(`${HOME}/${number}/approve`, 'looked=yes');
    expect(browser.status).toBe(409);
    expect(browser.words).toContain(`You made release ${number} as Dee Before, and a release is approved by`);
    // The list of who can leaves them out, under whatever name.
    expect(browser.words).toContain('Nobody: it has to be another person than its maker.');
  });

  describe('R5: by the only member of staff', () => {
    const openAlone = async () => {
      const site = await openReleases();
      return { site, browser: await signInAs(site, 'Ada Maker', 'approver') };
    };

    test('needs a reason, which stands on the record', async () => {
      const { site, browser } = await openAlone();
      await browser.open(`${HOME}/2`);
      expect(browser.words).toContain('You, with a reason for the record: nobody else has a part in this survey.');
      await browser.follow('Approve');
      await browser.press('Approve and publish', LOOKED);
      expect([browser.status, browser.errors.map(({ href }) => href)]).toEqual([422, ['#reason']]);
      await browser.press('Approve and publish', { ...LOOKED, reason: 'I am the only one here' });
      expect(browser.words).toContain('Approved on 1 March 2027 by Ada Maker: I am the only one here');
      expect(await decided(site)).toEqual(['approved 2 by Ada Maker on 2027-03-01: I am the only one here']);
    });

    test('is not possible once somebody else has a part in the survey, invited or not', async () => {
      const { site, browser } = await openAlone();
      await browser.open(`${HOME}/2/approve`);
      const cy = await site.add('Cy', { roles: [{ survey: 'choirs', role: 'researcher' }] });
      await site.db.updateTable('accounts').set({ passphrase: null }).where('id', '=', cy.id).execute();
      await browser.press('Approve and publish', { ...LOOKED, reason: 'I am the only one here' });
      expect(browser.status).toBe(409);
      await site.db.updateTable('accounts').set({ disabled_at: '2027-03-01' }).where('id', '=', cy.id).execute();
      await browser.open(`${HOME}/2`);
      expect(browser.links.map(({ text }) => text)).toContain('Approve');
      expect(await decided(site)).toEqual([]);
    });

    test('is not open to an admin who is no approver', async () => {
      const site = await openReleases();
      const admin = await site.signIn(await site.add('Ada Maker', { admin: true }));
      expect((await admin.post(`${HOME}/2/approve`, 'looked=yes&reason=because+I+am+alone')).status).toBe(404);
    });
  });

  test.each([
    ['is not there', (zip: string) => rmSync(zip)],
    ['is not as it was made', (zip: string) => appendFileSync(zip, '.')],
  ])('of a data file whose zip %s is refused, and whatever else can be done can be', async (what, harm) => {
    const site = await openReleases();
    const number = await recordFile(site.db, 'choirs', site.folder);
    harm(join(site.folder, `choirs-${number}-synthetic.zip`));
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/${number}/approve`);
    await browser.press('Approve', LOOKED);
    expect(browser.status).toBe(409);
    expect(browser.errors[0]?.text).toContain(
      `The data file choirs-${number}-synthetic.zip ${what}, so nobody can let it out.`,
    );
    expect(await deeds(site)).toEqual([]);
    await browser.post(`${HOME}/${number}/refuse`, 'reason=its+file+is+gone');
    expect(browser.words).toContain('Refused on 1 March 2027 by Bo');
  });

  test('of a data file as it was made lets it out', async () => {
    const site = await openReleases();
    const number = await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/${number}/approve`);
    await browser.press('Approve', LOOKED);
    expect(browser.words).toContain('Approved on 1 March 2027 by Bo');
  });

  test('comes too late where it was decided meanwhile, and the page says where it stands', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/2/approve`);
    await recordDecision(site.db, 'choirs', '2027-03-01', (ledger) => refuse(ledger, 2, 'Cy', 'a wrong label'));
    await browser.press('Approve and publish', LOOKED);
    expect(browser.status).toBe(409);
    expect(browser.errors.map(({ text }) => text)).toEqual(['Release 2 was refused. Each release is decided on once.']);
    expect(browser.words).toContain('Refused on 1 March 2027 by Cy: a wrong label');
    expect(await deeds(site)).toEqual([]);
  });

  test('is not possible once another was approved after it was made', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/2/approve`);
    await recordDecision(site.db, 'choirs', '2027-03-01', (ledger) => approve(ledger, 3, 'Cy', undefined));
    await browser.press('Approve and publish', LOOKED);
    expect(browser.status).toBe(409);
    expect(browser.errors[0]?.text).toContain('so release 2 was not checked beside it. Make it again.');
    expect(browser.links.map(({ text }) => text)).not.toContain('Approve');
    expect(browser.links.map(({ text }) => text)).toContain('Refuse');
  });

  test('two at the same moment are one decision', async () => {
    const site = await openReleases();
    const both = [await signInAs(site, 'Bo', 'approver'), await signInAs(site, 'Dee', 'approver')];
    await Promise.all(both.map((each) => each.post(`${HOME}/2/approve`, 'looked=yes')));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect([(await decided(site)).length, (await deeds(site)).length]).toEqual([1, 1]);
  });
});

describe('refusing', () => {
  test('is open to its maker too, and its reason stands to the letter', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Ada Maker', 'researcher');
    await browser.open(`${HOME}/2`);
    await browser.follow('Refuse');
    const why = '<script>alert(1)</script> "wrong" & more';
    await browser.press('Refuse it', { reason: why });
    expect(browser.words).toContain(`Refused on 1 March 2027 by Ada Maker: ${why}`);
    expect(browser.html).not.toContain('<script>alert');
    expect(await deeds(site)).toEqual(['Ada Maker: release_refused release 2 of choirs']);
    expect(browser.links.map(({ text }) => text)).not.toContain('Refuse');
  });

  test.each([
    ['nothing', '', 'Enter a reason in words, of at most 500 characters'],
    ['too much', 'x'.repeat(501), 'Enter a reason in words, of at most 500 characters'],
    ['a turn of direction', 'safe \u202e txt', 'Enter a reason without characters that cannot be seen'],
  ])('needs a reason: %s', async (_, reason, message) => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(`${HOME}/2/refuse`);
    await browser.press('Refuse it', { reason });
    expect(browser.status).toBe(422);
    expect(browser.errors.map(({ text }) => text)).toEqual([message]);
    expect(browser.entered.reason ?? '').toBe(reason);
    expect(await decided(site)).toEqual([]);
  });
});

describe('withdrawing', () => {
  test('takes it off its page, which says why in these words', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/1`);
    await browser.follow('Withdraw');
    expect(browser.words).toContain('Its public page shows these words');
    await browser.press('Withdraw it', { reason: 'A label\nwas <b>wrong</b>' });
    expect(browser.words).toContain('Withdrawn on 1 March 2027 by Bo: A label was <b>wrong</b>');
    expect(await deeds(site)).toEqual(['Bo: release_withdrawn release 1 of choirs']);
    const page = await fetch(`${site.url}/surveys/choirs/releases/1`);
    expect([page.status, await page.text()]).toEqual([410, expect.stringContaining('A label was &lt;b&gt;wrong')]);
  });

  test('of what only waits is refused, with what to do instead', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/2/withdraw`);
    expect(browser.address).toBe(`${HOME}/2`);
    await browser.post(`${HOME}/2/withdraw`, 'reason=a+wrong+label');
    expect(browser.status).toBe(409);
    expect(browser.errors[0]?.text).toContain('so there is nothing to withdraw. Refuse it instead.');
  });
});

test('only an approver approves and withdraws; nobody of another survey does anything', async () => {
  const site = await openReleases();
  const researcher = await signInAs(site, 'Bo', 'researcher');
  const admin = await site.signIn(await site.add('Root', { admin: true }));
  const stranger = await signInAs(site, 'Cy', 'approver', 'two-languages');
  for (const [browser, verbs] of [
    [researcher, ['2/approve', '1/withdraw']],
    [admin, ['2/approve', '1/withdraw']],
    [stranger, ['2/approve', '2/refuse', '1/withdraw']],
  ] as const)
    for (const verb of verbs)
      expect([verb, (await browser.post(`${HOME}/${verb}`, 'looked=yes&reason=because')).status]).toEqual([verb, 404]);
  expect([await decided(site), await deeds(site)]).toEqual([[], []]);
  await researcher.open(`${HOME}/1`);
  expect(researcher.links.map(({ text }) => text)).not.toContain('Withdraw');
});

test('where the audit cannot be written, nothing is decided and nothing is given out', async () => {
  const site = await openReleases();
  await recordFile(site.db, 'choirs', site.folder);
  const browser = await signInAs(site, 'Bo', 'approver');
  await sql`CREATE TRIGGER no_room BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'no room'); END`.execute(site.db);
  expect((await browser.post(`${HOME}/2/approve`, 'looked=yes')).status).toBe(500);
  expect((await browser.open(`${HOME}/3/bundle.zip`)).status).toBe(500);
  expect(browser.html).not.toContain('the zip of');
  expect(await decided(site)).toEqual([expect.stringMatching(/^made 3/)]);
});

test('a reason from the command line is held to the same', () => {
  expect(reasonSchema.parse('  a wrong\n label ')).toBe('a wrong label');
  expect(reasonSchema.safeParse('red \u001b[31m text').success).toBe(false);
});

test('what no page sends decides nothing, whatever the field (S5)', async () => {
  const site = await openReleases();
  const browser = await signInAs(site, 'Bo', 'approver');
  const long = 'x'.repeat(100_000);
  for (const verb of ['2/approve', '2/refuse', '1/withdraw'])
    for (const field of ['looked', 'reason'])
      for (const value of ['%ED%A0%80', '%FF', 'a%00reason', `one&${field}=two`, `&__proto__=x`, `${long}`]) {
        await browser.post(`${HOME}/${verb}`, `${field}=${value}`);
        expect([400, 422]).toContain(browser.status);
      }
  expect([await decided(site), await deeds(site)]).toEqual([[], []]);
});
