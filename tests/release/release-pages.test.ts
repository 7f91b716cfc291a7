/** What becomes of a release shows on its page: R1, R2 and the arrival of one more answer. */
import { appendFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { approve, withdraw } from '../../src/release/ledger/ledger.ts';
import { recordDecision } from '../../src/release/ledger/store.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { filledDatabase } from '../support/database.ts';
import { testFolder } from '../support/folder.ts';
import { makeTables } from '../support/release.ts';
import { serve, testContext } from '../support/site.ts';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

/** A release, one that took its place, and a third that waits. */
async function openThree() {
  const db = await filledDatabase('three releases of the choirs', async (empty) => {
    await addAnswers(empty, madeUp(choirs, 60, 3, HABITS));
    await publishChoirs(empty);
    await addAnswers(empty, madeUp(choirs, 30, 2, HABITS));
    await publishChoirs(empty, '2027-06-01');
    await addAnswers(empty, madeUp(choirs, 30, 4, HABITS));
    await makeTables(empty, 'choirs', '2027-07-01');
  });
  const results = `${await serve(createApp(await testContext({ db })))}/surveys/choirs/results`;
  const get = async (path: string) => {
    const reply = await fetch(results.replace('/results', path));
    return { status: reply.status, text: await reply.text(), type: reply.headers.get('content-type') };
  };
  const withdrawSecond = () =>
    recordDecision(db, 'choirs', '2027-08-01', (ledger) => withdraw(ledger, 2, 'Bo', 'A <b>wrong</b> label'));
  const withdrawFirst = () =>
    recordDecision(db, 'choirs', '2027-08-02', (ledger) => withdraw(ledger, 1, 'Bo', 'Another'));
  return { db, results, get, withdrawSecond, withdrawFirst };
}

describe('the page of a release', () => {
  test('R1: answers for ever, byte for byte, and says what stands in its place', async () => {
    const { get, withdrawSecond } = await openThree();
    const first = await get('/releases/1.csv');
    expect(first.status).toBe(200);
    const page = await get('/releases/1');
    expect(page.text).toContain('This is not the newest release. Release 2 stands in its place.');
    expect(page.text).toContain('60');
    expect((await get('/releases/2')).text).not.toContain('not the newest');
    await withdrawSecond();
    expect(await get('/releases/1.csv')).toEqual(first);
    expect((await get('/releases/1')).text).not.toContain('not the newest');
  });

  test('a withdrawn one says when and why, shows no figure, and the one before it stands again', async () => {
    const { get, withdrawSecond } = await openThree();
    await withdrawSecond();
    const page = await get('/releases/2');
    expect(page.status).toBe(410);
    expect(page.text).toContain('Release 2 was withdrawn on 1 August 2027.');
    expect(page.text).toContain('Why: A &lt;b&gt;wrong&lt;/b&gt; label');
    expect(page.text).not.toContain('sn-figures');
    expect([(await get('/releases/2.csv')).status, (await get('/releases/2.json')).status]).toEqual([404, 404]);
    const now = await get('/results');
    expect(now.text).toContain('Release 2, which stood here, was withdrawn on 1 August 2027.');
    expect(now.text).toContain('1 May 2027');
  });

  test('where everything was withdrawn, the way to all releases is there; where nothing was out, it is not', async () => {
    const { db, results } = await openChoirs(60);
    const read = async () => (await fetch(results)).text();
    await recordDecision(db, 'choirs', '2027-08-01', (ledger) => withdraw(ledger, 1, 'Bo', 'A wrong label'));
    expect(await read()).toContain('No results are published at the moment.');
    expect(await read()).toMatch(/<a [^>]*href="\/surveys\/choirs\/releases">All releases<\/a>/);
    const { results: none } = await openChoirs(0);
    expect(await (await fetch(none)).text()).not.toContain('/releases"');
  });

  test('one that waits, one that is not there and what is no number are the same to a stranger', async () => {
    const { get } = await openThree();
    const pages = await Promise.all(['3', '9', '02', 'one', '1.txt'].map((each) => get(`/releases/${each}`)));
    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await get('/releases/3.csv')).status).toBe(404);
    expect((await get('/releases/1/bundle.zip')).status).toBe(404);
  });

  test('all that were out stand in a list, the newest first', async () => {
    const { get, withdrawSecond } = await openThree();
    await withdrawSecond();
    const { text } = await get('/releases');
    const places = ['Release 2', 'withdrawn on 1 August 2027', 'Release 1', 'the newest'].map((each) =>
      text.indexOf(each),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(text).not.toContain('Release 3');
  });

  test('R2: nothing that the public sees changes when an answer comes, or a release waits', async () => {
    const { db, get } = await openThree();
    const all = () => Promise.all(['/results', '/results.csv', '/results.json', '/releases', '/releases/2'].map(get));
    const before = await all();
    await addAnswers(db, madeUp(choirs, 1, 9, HABITS));
    expect(await all()).toEqual(before);
    await makeTables(db, 'choirs', '2027-09-01').catch(() => {});
    expect(await all()).toEqual(before);
  });

  test.each([320, 1280])('looks right at %d pixels in each of its states', async (width) => {
    const { results, withdrawSecond, withdrawFirst } = await openThree();
    const page = await openPage({ width });
    const look = async (name: string, path: string) => {
      await page.goto(results.replace('/results', path));
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `release-${name}-${width}`);
    };
    await look('superseded', '/releases/1');
    await look('list', '/releases');
    await withdrawSecond();
    await look('withdrawn', '/releases/2');
    await look('after-withdrawal', '/results');
    await look('list-withdrawn', '/releases?lang=en');
    await withdrawFirst();
    await look('all-withdrawn', '/results');
  });
});

describe('the zip of a public data file', () => {
  test('R1: is given out byte for byte, and not at all once it was changed or lost', async () => {
    const folder = testFolder();
    const db = await filledDatabase('the choirs alone', (empty) => addAnswers(empty, madeUp(choirs, 60, 3, HABITS)));
    await makeTables(db, 'choirs', '2027-05-01', folder);
    const home = `${await serve(createApp(await testContext({ db, settings: { releasesPath: folder } })))}/surveys/choirs`;
    const take = async () => {
      const reply = await fetch(`${home}/releases/1/bundle.zip`);
      return { status: reply.status, body: await reply.text() };
    };
    const zip = join(folder, String(readdirSync(folder)[0]));
    const made = readFileSync(zip, 'utf8');
    expect(await take()).toMatchObject({ status: 404 });
    await recordDecision(db, 'choirs', '2027-05-02', (ledger) => approve(ledger, 1, 'Bo', undefined));
    expect(await (await fetch(`${home}/results`)).text()).toContain('/surveys/choirs/releases/1/bundle.zip');
    expect([await take(), await take()]).toEqual([
      { status: 200, body: made },
      { status: 200, body: made },
    ]);
    appendFileSync(zip, 'and more');
    const changed = await take();
    expect(changed.status).toBe(500);
    expect(changed.body).not.toContain(made);
    rmSync(zip);
    expect(await take()).toMatchObject({ status: 404 });
  });
});
