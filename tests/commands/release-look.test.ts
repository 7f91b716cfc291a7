/** A release that waits, as pages in a folder: what the public would see is what it sees once it is approved. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { openAnswers } from '../../src/db/open.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { CHOIRS, madeUp } from '../release/choirs.ts';
import { addAnswers, HABITS } from '../release/published.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { testFolder } from '../support/folder.ts';
import { expectValidHtml } from '../support/html.ts';
import { idsIn, linksIn, wordsIn } from '../support/page-html.ts';
import { makeTables } from '../support/release.ts';
import { runCommand } from '../support/run-command.ts';
import { serve, testContext } from '../support/site.ts';

const SOURCE = JSON.stringify({
  ...JSON.parse(CHOIRS),
  languages: ['en', 'cy'],
  citation: { author: 'The choir office', publisher: 'The choir press' },
});

/** A data folder in which releases of tables wait, and the command on it. */
async function waiting(releases = 1) {
  const folder = testFolder();
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  await addAnswers(db, madeUp(getSurvey(SOURCE), 60, 1, HABITS), SOURCE);
  for (let made = 0; made < releases; made++) await makeTables(db, 'choirs', '2027-05-01');
  await close();
  const release = (...words: string[]) => runCommand(['release', ...words], folder);
  const look = join(folder, 'look');
  const readLook = (name: string) => readFileSync(join(look, name), 'utf8');
  return { folder, release, look, readLook };
}

/** What a page says under its heading, without what can be taken away: that is the one thing that differs. */
const saidIn = (html: string) =>
  wordsIn(html.slice(html.indexOf('<h1'), html.indexOf('</main>')))
    .replace('All releases ', '')
    .replace('A report in sentences and charts ', '');

test('every page is there, leads to the others, and says that it is not published', async () => {
  const { release, look, readLook } = await waiting();
  const ran = await release('show', 'choirs', '1', '--page', look);
  expect([ran.exit, ran.err]).toEqual([0, '']);
  expect(ran.out).toContain(`Open in a browser: ${join(look, 'index.html')}`);
  const files = readdirSync(look);
  const pages = files.filter((name) => name.endsWith('.html'));
  expect(pages).toContain('results-views.by-stage.without-dont-know.cy.html');
  for (const name of pages) {
    const html = readLook(name);
    for (const { href } of linksIn(html)) {
      const [file = '', id] = href.split('#');
      expect(file === '' || files.includes(file), `${name} leads to ${href}`).toBe(true);
      if (id !== undefined) expect(idsIn(file === '' ? html : readLook(file))).toContain(id);
    }
    expect(html).not.toMatch(/(href|src)="\/|<script/);
    expect(html).toMatch(/waits for approval and is not published|ac nid yw wedi’i gyhoeddi/);
    expect(statSync(join(look, name)).mode & 0o077).toBe(0);
  }
  await expectValidHtml(readLook('index.html'));
  await expectValidHtml(readLook('results.html'));
});

test('the pages say what the site says once the release is approved', async () => {
  const { folder, release, look, readLook } = await waiting();
  await release('show', 'choirs', '1', '--page', look);
  await release('approve', 'choirs', '1', '--by', 'Bo');
  const { db, close } = await openAnswers(join(folder, 'answers.sqlite'));
  const url = await serve(createApp(await testContext({ db })));
  const get = async (query: string) => (await fetch(`${url}/surveys/choirs/results${query}`)).text();
  for (const [query, name] of [
    ['', 'results.html'],
    ['?section=views&by=stage', 'results-views.by-stage.html'],
    ['?section=views&dontknow=out&lang=cy', 'results-views.without-dont-know.cy.html'],
  ] as const) {
    const published = await get(query);
    expect(published).toContain('The choir press.');
    expect(saidIn(readLook(name))).toBe(
      saidIn(published).replace('Pob rhyddhad ', '').replace('Adroddiad mewn brawddegau a siartiau ', ''),
    );
  }
  expect(readLook('results.csv')).toBe(await get('.csv'));
  expect(JSON.parse(readLook('results.json'))).toEqual(JSON.parse(await get('.json')));
  await close();
});

test('one that can no longer be approved says so on every page, and why on the first', async () => {
  const { release, look, readLook } = await waiting(2);
  await release('approve', 'choirs', '1', '--by', 'Bo');
  await release('show', 'choirs', '2', '--page', look);
  expect(wordsIn(readLook('results.html'))).toContain('can no longer be approved');
  const index = wordsIn(readLook('index.html'));
  expect(index).toContain('Release 1 was approved after release 2 was made');
  expect(index).toContain('Make it again npx soundings release make choirs --audience public --tables --by NAME');
  expect(index).not.toContain('release approve');
});

test('a folder that holds something, and a file, are refused', async () => {
  const { folder, release, look } = await waiting();
  mkdirSync(look);
  writeFileSync(join(look, 'notes.txt'), 'mine');
  const held = await release('show', 'choirs', '1', '--page', look);
  expect([held.exit, held.err]).toEqual([1, `${look} holds something already. Name a new folder with --page.\n`]);
  expect(readdirSync(look)).toEqual(['notes.txt']);
  const file = await release('show', 'choirs', '1', '--page', join(folder, 'answers.sqlite'));
  expect([file.exit, file.err]).toEqual([1, expect.stringContaining('is a file. Name a new folder with --page.')]);
});

test.each([320, 1280])('opens from a disk and looks right at %d pixels', async (width) => {
  const { release, look } = await waiting();
  await release('show', 'choirs', '1', '--page', look);
  const page = await openPage({ width });
  await page.goto(`file://${join(look, 'index.html')}`);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await screenshot(page, `look-index-${width}`);
  await page.getByRole('link', { name: 'The results' }).click();
  await page.getByRole('link', { name: 'Start', exact: true }).click();
  await page.locator('.sn-results__choices').getByRole('link', { name: 'Stage' }).click();
  expect(page.url()).toContain('results-start.by-stage.html');
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  // Its stylesheet has come: without it the page would have no banner.
  expect(await page.evaluate('getComputedStyle(document.querySelector(".sn-banner")).fontWeight')).not.toBe('400');
  await screenshot(page, `look-results-${width}`);
});
