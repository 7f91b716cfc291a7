/** Releases made in the browser: in a process of their own, one at a time, with progress, stopped without a trace but its line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import { describe, expect, test } from 'vitest';
import { openWorkshop } from '../../../src/commands/release/workshop.ts';
import { expireJobs } from '../../../src/release/making/store.ts';
import { auditOf, type StaffSite } from '../../support/staff.ts';
import { choirs, madeUp } from '../choirs.ts';
import { addAnswers } from '../published.ts';
import { ask, filesIn, HOME, ledgerOf, openMaking, signInAs, whileRunning } from './making-site.ts';

const deeds = async ({ db }: StaffSite) => (await auditOf(db)).filter((line) => line.includes(': release_'));

describe('a release is made on the site', () => {
  test('of tables, waits for approval, and is approved by another person', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ada.open(HOME);
    await ada.follow('Make the first release');
    await ada.press('Make this release', { holds: 'tables' });
    expect(ada.heading).toBe('Making a release');
    expect(ada.words).toContain('tables for the public. Asked for by Ada, 1 March 2027 at 12:00 UTC');
    const { address } = ada;
    await site.settle();
    await ada.open(address);
    expect([ada.address, ada.heading]).toEqual([`${HOME}/1`, 'Release 1']);
    expect(await ledgerOf(site)).toEqual(['made 1 by Ada: ']);
    expect(await deeds(site)).toEqual(['Ada: release_made release 1 of choirs']);

    const bo = await signInAs(site, 'Bo', 'approver');
    await bo.open(`${HOME}/1/approve`);
    await bo.press('Approve and publish', { looked: ['yes'] });
    const page = await fetch(`${site.url}/surveys/choirs/results`);
    expect(await page.text()).toContain('This is release 1');
  });

  test('with a data file, whose zip then lies in its place, and nothing else beside it', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'file', k: '6' });
    await site.settle();
    // With its line in the ledger the release stands; its thread has still to tidy up, and is waited for.
    await site.close();
    expect(await ledgerOf(site)).toEqual(['made 1 by Ada: ']);
    expect(filesIn(site)).toEqual(['choirs-1-synthetic.zip']);
    await ada.open(`${HOME}/1/report`);
    expect(ada.html).toContain('6');
  });

  test('settings are compared first, and one of them is chosen', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Compare settings', { holds: 'file', k: '6' });
    const { address } = ada;
    await site.settle();
    await ada.open(address);
    expect(ada.words).toContain('Settings side by side');
    expect(ada.html).toMatch(/With filters, and side by side<\/span>/);
    expect(ada.words).toMatch(/\d+ of \d+ .*(none|\d+, by )/);
    expect(ada.words).toContain(
      'At least 6 alike, without Stage Keys in the file 1 of 1; coarser: Size, wide groups (size_wide)',
    );
    expect(await ledgerOf(site)).toEqual([]);
    expect(await deeds(site)).toEqual(['Ada: release_tried choirs']);
    await ada.follow('At least 10 alike');
    expect(ada.entered).toMatchObject({ holds: 'file', k: '10' });
    expect(ada.links.map(({ text }) => text)).toContain('Settings of a data file for the network');
  });
});

const jobs = async ({ db }: StaffSite) =>
  (await db.selectFrom('release_jobs').selectAll().orderBy('asked_at').execute()).map(
    ({ kind, state }) => `${kind} ${state}`,
  );

describe('what is stopped', () => {
  test('R1: in the middle leaves its line, and no file, no figure and no lock', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'file' });
    await whileRunning(site);
    await ada.press('Stop it');
    expect(ada.words).toContain('It was stopped Nothing was released.');
    await addAnswers(site.db, madeUp(choirs, 1, 9));
    await ask(ada, 'Compare settings', { holds: 'file' });
    await site.settle();
    expect(await jobs(site)).toEqual(['make cancelled', 'compare done']);
    expect(await ledgerOf(site)).toEqual(['cancelled - by Ada: Stopped by Ada.']);
    expect(await site.db.selectFrom('releases').selectAll().execute()).toEqual([]);
    expect(filesIn(site)).toEqual([]);
    expect(await deeds(site)).toEqual(['Ada: release_stopped choirs', 'Ada: release_tried choirs']);
  });

  test('R1: with the server is marked as failed, and so is what waited behind it', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'file' });
    const { address } = ada;
    await whileRunning(site);
    await site.close();
    await ada.open(address);
    expect(ada.words).toContain('The server stopped before it was done. Nothing was released: try it again.');
    expect(await ledgerOf(site)).toEqual([expect.stringMatching(/^failed - by Ada: The server stopped/)]);
    expect(filesIn(site)).toEqual([]);
  });

  test('R1: where the server fell, its next start marks it as failed and takes its file away', async () => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'file' });
    const { address } = ada;
    const id = address.split('/').at(-1) ?? '';
    await site.db.updateTable('release_jobs').set({ state: 'running', started_at: '2027-03-01' }).execute();
    const places = { answersPath: join(site.releasesPath, '../answers.sqlite'), releasesPath: site.releasesPath };
    const log = pino({ level: 'silent' });
    await (await openWorkshop({ db: site.db, log, now: site.now }, places)).close();
    await ada.open(address);
    expect(ada.words).toContain('It came to nothing');
    mkdirSync(site.releasesPath);
    writeFileSync(join(site.releasesPath, `.${id}.part`), 'half a file');
    writeFileSync(join(site.releasesPath, '.0123456789abcdef.part'), 'of somebody at the command line');
    await site.db.updateTable('release_jobs').set({ state: 'running', ended_at: null }).execute();
    await (await openWorkshop({ db: site.db, log, now: site.now }, places)).close();
    expect(filesIn(site)).toEqual(['.0123456789abcdef.part']);
    expect(await ledgerOf(site)).toHaveLength(2);
  });

  test('too late is not: the release stands, and its page is shown', async () => {
    const site = await openMaking();
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'tables' });
    const { address } = ada;
    await site.settle();
    await ada.post(`${address}/cancel`, '');
    expect(ada.address).toBe(`${HOME}/1`);
    expect(await ledgerOf(site)).toEqual(['made 1 by Ada: ']);
  });
});

describe('the list of work', () => {
  test('has one of a survey at a time: whoever comes second is shown the first', async () => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    const cy = await signInAs(site, 'Cy', 'researcher');
    const body = 'holds=tables&do=make';
    await Promise.all([ada.post(`${HOME}/new`, body), cy.post(`${HOME}/new`, 'holds=file&do=compare')]);
    expect(ada.address).toBe(cy.address);
    expect(await jobs(site)).toHaveLength(1);
    await cy.open(`${HOME}/new`);
    expect(cy.words).toContain('Of a survey one thing is worked out at a time.');
    expect(cy.links.map(({ href }) => href)).toContain(ada.address);
    await cy.open(HOME);
    expect(cy.links.map(({ href }) => href)).toContain(ada.address);
  });

  test('is not there for whoever has no part in it', async () => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', { holds: 'tables' });
    const { address } = ada;
    const other = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
    const approver = await signInAs(site, 'Bo', 'approver');
    for (const browser of [other, approver]) {
      expect((await browser.open(`${HOME}/new`)).status).toBe(404);
      expect((await browser.post(`${HOME}/new`, 'holds=tables&do=make')).status).toBe(404);
      expect((await browser.open(address)).status).toBe(404);
      expect((await browser.post(`${address}/cancel`, '')).status).toBe(404);
    }
    // Nor under the name of another survey.
    expect((await other.open(address.replace('choirs', 'two-languages'))).status).toBe(404);
    expect(await jobs(site)).toEqual(['make queued']);
  });

  test('is forgotten after 30 days, but for what is under way', async () => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Compare settings', { holds: 'file' });
    await ada.press('Stop it');
    await ask(ada, 'Compare settings', { holds: 'file' });
    await expireJobs(site.db, new Date('2027-03-31T11:00:00Z'));
    expect(await jobs(site)).toEqual(['compare cancelled', 'compare queued']);
    await expireJobs(site.db, new Date('2027-04-02T12:00:00Z'));
    expect(await jobs(site)).toEqual(['compare queued']);
  });
});

describe('the form', () => {
  test.each([
    ['nothing chosen', 'make', {}, '#holds', 'Choose what the release is to hold'],
    ['a comparison of tables', 'compare', { holds: 'tables' }, '#holds', 'There is nothing to compare for tables'],
    ['a k that is none', 'make', { holds: 'file', k: 'many' }, '#k', 'Enter a number'],
    ['a k that is too small', 'make', { holds: 'file', k: '2' }, '#k', 'Enter at least 3'],
    ['less than the survey promises', 'make', { holds: 'file', k: '4' }, '#k', 'the survey promises that at least 5'],
    [
      'a key kept that is left out',
      'make',
      { holds: 'file', keys: 'stage', keep: 'chosen', kept: 'size' },
      '#kept',
      'size',
    ],
    ['few responses for everybody', 'make', { holds: 'both' }, '#few', 'needs 200 responses, and there are fewer'],
    [
      'few responses for everybody, with reasons for other gates',
      'make',
      { holds: 'both', beside: 'they signed', seen: 'a label was wrong' },
      '#few',
      'needs 200 responses',
    ],
    ['a reason that is none', 'make', { holds: 'both', few: 'x' }, '#few', 'Enter a reason in words'],
    ['another that is none', 'make', { holds: 'tables', seen: 'x' }, '#seen', 'Enter a reason in words'],
  ])('says what is wrong: %s', async (_, button, entries, href, words) => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ada.post(`${HOME}/new`, new URLSearchParams({ ...entries, do: button }).toString());
    expect(ada.status).toBe(422);
    expect(ada.errors.map((error) => error.href)).toEqual([href]);
    expect(ada.errors[0]?.text).toContain(words);
    expect(ada.html).toContain(`id="${href.slice(1)}"`);
    expect(await jobs(site)).toEqual([]);
  });

  test.each([
    ['tables', { holds: 'tables' }, '#holds', 'Results are published from 10 responses on, and there are fewer'],
    ['a file', { holds: 'file', k: '10' }, '#k', 'Nobody can be hidden among 10: there are fewer responses'],
  ])('says that there are too few for %s, and not how many', async (_, entries, href, words) => {
    const site = await openMaking(madeUp(choirs, 9, 3), false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ask(ada, 'Make this release', entries);
    expect(ada.errors).toEqual([expect.objectContaining({ href, text: words })]);
    expect(ada.words).not.toMatch(/\b9 responses/);
    expect(await jobs(site)).toEqual([]);
  });

  test('keeps what was wished for to the letter, and drops what was not asked', async () => {
    const site = await openMaking(undefined, false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    const why = 'A <b>pilot</b> of made-up answers';
    await ada.post(
      `${HOME}/new`,
      new URLSearchParams({
        holds: 'both',
        do: 'make',
        k: '12',
        keys: 'stage',
        keep: 'chosen',
        few: why,
        beside: ' they signed ',
        audience: 'all',
      }).toString(),
    );
    const { wishes } = await site.db.selectFrom('release_jobs').selectAll().executeTakeFirstOrThrow();
    expect(JSON.parse(wishes)).toEqual({
      audience: 'public',
      tables: true,
      data: true,
      k: 12,
      keyNames: ['stage'],
      keep: [],
      overrides: [
        { gate: 'few', reason: why },
        { gate: 'beside', reason: 'they signed' },
      ],
    });
  });

  test('says so where nobody has answered', async () => {
    const site = await openMaking([], false);
    const ada = await signInAs(site, 'Ada', 'researcher');
    await ada.open(`${HOME}/new`);
    expect(ada.words).toContain('Nobody has answered yet, so there is nothing to release.');
    expect((await ada.post(`${HOME}/new`, 'holds=tables&do=make')).status).toBe(409);
  });
});
