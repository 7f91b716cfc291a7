/** What staff see of releases: where each stands, what is in one before it is out, and who took its files. */
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { refuse, withdraw } from '../../../src/release/ledger/ledger.ts';
import { recordDecision, sealsOf } from '../../../src/release/ledger/store.ts';
import { auditOf, openStaffSite } from '../../support/staff.ts';
import { HOME, openReleases, recordFile, signInAs } from './staff-releases.ts';

describe('the list', () => {
  test('says what to do where nothing was released', async () => {
    const site = await openStaffSite();
    const browser = await signInAs(site, 'Bo', 'researcher', 'two-languages');
    await browser.open('/staff/surveys/two-languages/releases');
    expect(browser.status).toBe(200);
    expect(browser.words).toContain('Nothing has been released yet.');
    expect(browser.link('Make the first release').href).toBe('/staff/surveys/two-languages/releases/new');
  });

  test('shows every release with its state, who made it and who decided, the newest first', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open('/staff');
    await browser.follow('Releases of Choirs and recording (synthetic)');
    expect(browser.address).toBe(HOME);
    expect(browser.words).toContain('The public sees release 1 .');
    expect(browser.words).toMatch(
      /Release 2 waits for approval tables for the public Made on 15 February 2027 by Ada Maker Next: look at it and decide/,
    );
    expect(browser.words).toMatch(
      /Release 1 approved tables for the public Made on 1 February 2027 by Ada Maker Approved on 1 February 2027 by Bo Checker/,
    );
    expect(browser.html).toContain('<time datetime="2027-02-15" title="2027-02-15, UTC">15 February 2027</time>');
    expect(browser.words).toMatch(/After 3 lines it has this seal: [0-9a-f]{64} Copy it/);
  });

  test('says of a seal that was kept whether the ledger has had it', async () => {
    const site = await openReleases();
    const [first = '', ...later] = await sealsOf(site.db, 'choirs');
    const browser = await signInAs(site, 'Bo', 'researcher');
    const look = async (seal: string) => {
      await browser.open(HOME);
      await browser.open(`${HOME}?${browser.filledIn({ seal }, 'Look for it in the ledger').body}`);
      return [browser.status, browser.words] as const;
    };
    expect(await look(` ${first.toUpperCase()} `)).toEqual([
      200,
      expect.stringContaining(
        `The ledger had this seal after one line of ${later.length + 1}. Nothing up to there was changed`,
      ),
    ]);
    expect(await look('0'.repeat(64))).toEqual([
      200,
      expect.stringContaining('The ledger of this survey never had this seal.'),
    ]);
    expect(await look('<b>')).toEqual([422, expect.stringContaining('This is no seal: one has 64 characters')]);
  });

  test('is sorted by number, by where each stands, and by whom it is for', async () => {
    const site = await openReleases();
    await recordDecision(site.db, 'choirs', '2027-02-20', (ledger) => refuse(ledger, 2, 'Bo', 'Too early'));
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(HOME);
    const numbers = () => browser.links.flatMap(({ text }) => /^Release (\d)$/.exec(text)?.[1] ?? []);
    expect(numbers()).toEqual(['2', '1']);
    await browser.follow('number, newest first');
    expect(numbers()).toEqual(['1', '2']);
    await browser.follow('where it stands');
    expect(numbers()).toEqual(['1', '2']);
    await browser.follow('where it stands, waiting first');
    expect(numbers()).toEqual(['2', '1']);
  });

  test('says why one can no longer be approved, and shows reasons to the letter', async () => {
    const site = await openReleases();
    const why = '<img src=x onerror=alert(1)> & "wrong"';
    await recordDecision(site.db, 'choirs', '2027-02-20', (ledger) => withdraw(ledger, 1, 'Bo', why));
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(HOME);
    expect(browser.words).toContain('waits, and can no longer be approved');
    expect(browser.words).toContain(
      'Release 1 was withdrawn after release 2 was made, so release 2 was not checked beside it. Refuse it, and make it again.',
    );
    expect(browser.words).toContain(`Withdrawn on 20 February 2027 by Bo: ${why}`);
    expect(browser.html).not.toContain('<img');
    expect(browser.words).toContain('The public sees no release.');
  });
});

describe('a release', () => {
  test('shows its pages as they would be published, says that it waits, and keeps none of it in the browser', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(`${HOME}/2`);
    expect(browser.words).toContain('Nobody outside sees it.');
    await browser.follow('The results');
    expect(browser.html).toContain('Release 2 waits for approval and is not published.');
    expect(browser.words).toContain('Known for 90 of 90.');
    expect(browser.link('All figures as a table (CSV)').href).toBe(`${HOME}/2/results.csv`);
    const { href } = browser.links.find((link) => link.href.startsWith('?section=')) ?? { href: 'none' };
    await browser.open(`${HOME}/2/results${href.split('#')[0]}`);
    expect([browser.status, browser.html.includes('is not published')]).toEqual([200, true]);
    for (const file of ['results.csv', 'results.json', 'results', 'results?section=none']) {
      await browser.open(`${HOME}/2/${file}`);
      expect([file, browser.headers['cache-control']]).toEqual([file, 'no-store']);
    }
    expect(browser.status).toBe(404);
  });

  test('shows the disclosure report in full, with its own styles and no others', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(`${HOME}/3`);
    await browser.follow('The disclosure report in full');
    expect(browser.html).toContain('Release 3 waits for approval and is not published.');
    expect(browser.html).toContain('For staff only.');
    const policy = browser.headers['content-security-policy'] ?? '';
    expect(policy).toMatch(/style-src 'sha256-[\w+/]{43}='(;|$)/);
    expect(policy).toContain("script-src 'self'");
    await browser.follow('Release 3');
    expect(browser.address).toBe(`${HOME}/3`);
    expect((await browser.open(`${HOME}/2/report`)).status).toBe(404);
  });

  test('says who can approve it: approvers who can sign in, but not its maker', async () => {
    const site = await openReleases();
    const approver = { roles: [{ survey: 'choirs', role: 'approver' as const }] };
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(`${HOME}/2`);
    expect(browser.words).toContain('Nobody: it has to be another person than its maker.');
    await site.add('maker, ada', approver);
    await site.add('Dee <b>Bold</b>', approver);
    const gone = await site.add('Eve', approver);
    await site.db.updateTable('accounts').set({ disabled_at: '2027-01-01' }).where('id', '=', gone.id).execute();
    await browser.open(`${HOME}/2`);
    expect(browser.words).toContain('Approvers who did not make it: Dee <b>Bold</b>.');
  });

  test.each(['0', '3', '02', 'one', '2.csv', '1e0'])('of no such number is not there: %s', async (number) => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'researcher');
    expect((await browser.open(`${HOME}/${number}`)).status).toBe(404);
  });
});

describe('the data file', () => {
  test('is given to the survey’s staff, and each download is a line with who, what and when', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(`${HOME}/3`);
    expect(browser.words).toContain('Nobody yet.');
    await browser.open(browser.link('The data file with its codebook (zip, 2 KiB)').href);
    expect(browser.headers['content-disposition']).toBe('attachment; filename=choirs-3-synthetic.zip');
    expect(browser.headers['cache-control']).toBe('no-store');
    expect(browser.headers['content-type']).toBe('application/zip');
    expect(await auditOf(site.db)).toEqual(['Bo: signed_in Bo', 'Bo: release_taken release 3 of choirs']);
    await browser.open(`${HOME}/3`);
    expect(browser.words).toContain('Bo, 1 March 2027 at 12:00 UTC');
    const admin = await site.signIn(await site.add('Root', { admin: true }));
    await admin.open('/staff/audit?action=release_taken');
    expect(admin.words).toContain('Bo downloaded the data file of release 3 of choirs.');
  });

  test('asked about only, or in part, is not taken without a line', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const { cookies: cookie } = await signInAs(site, 'Bo', 'researcher');
    const ask = (init: RequestInit) => fetch(`${site.url}${HOME}/3/bundle.zip`, init);
    expect((await ask({ method: 'HEAD', headers: { cookie } })).status).toBe(200);
    expect((await auditOf(site.db)).filter((line) => line.includes('taken'))).toEqual([]);
    const part = await ask({ headers: { cookie, range: 'bytes=0-3' } });
    expect([part.status, await part.text()]).toEqual([200, 'the zip of release 3']);
    expect((await auditOf(site.db)).filter((line) => line.includes('taken'))).toHaveLength(1);
  });

  test('that was changed after it was made is given to nobody, and leaves no line', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'researcher');
    for (const zip of readdirSync(site.folder)) appendFileSync(join(site.folder, zip), 'and more');
    expect((await browser.open(`${HOME}/3/bundle.zip`)).status).toBe(500);
    expect(browser.html).not.toContain('the zip of');
    expect((await auditOf(site.db)).filter((line) => line.includes('taken'))).toEqual([]);
  });

  test('of what was refused is given to nobody, and leaves no line', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    await recordDecision(site.db, 'choirs', '2027-03-01', (ledger) => refuse(ledger, 3, 'Bo', 'too early'));
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(`${HOME}/3`);
    expect(browser.words).toContain('Its data file is not given out.');
    expect((await browser.open(`${HOME}/3/bundle.zip`)).status).toBe(404);
    expect((await auditOf(site.db)).filter((line) => line.includes('taken'))).toEqual([]);
  });
});

describe('the short address', () => {
  test('leads whoever has a part in the survey to the release', async () => {
    const site = await openReleases();
    await recordFile(site.db, 'choirs', site.folder);
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open('/staff/releases/choirs-2');
    expect([browser.address, browser.status]).toEqual([`${HOME}/2`, 200]);
    await browser.open('/staff/releases/choirs-3/bundle.zip');
    expect(browser.headers['content-disposition']).toContain('choirs-3');
  });

  test('is not there for anybody else, whether there is such a release or not', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Cy', 'researcher', 'two-languages');
    for (const release of ['choirs-2', 'choirs-9', 'none-1', 'choirs', 'choirs-1-2', '..-1'])
      expect([release, (await browser.open(`/staff/releases/${release}`)).status]).toEqual([release, 404]);
  });
});
