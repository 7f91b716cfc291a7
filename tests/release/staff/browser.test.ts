/** The pages of releases for staff in every state: axe finds nothing, nothing scrolls sideways, it is valid HTML, nothing is refused by the policy. */
import { expect, test } from 'vitest';
import { withdraw } from '../../../src/release/ledger/ledger.ts';
import { recordDecision } from '../../../src/release/ledger/store.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { openStaffSite } from '../../support/staff.ts';
import { HOME, openReleases, recordFile, signInAs } from './staff-releases.ts';

const LONG = `Wilhelmina Featherstonehaugh-Cholmondeley-Majoribanks, ${'X'.repeat(60)}`;

test.each([320, 1280])('at %i pixels', async (width) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const send = async (name: string) => {
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name }).click()]);
  };
  const look = async (name: string, address: string | undefined, heading: string) => {
    if (address !== undefined) await page.goto(address);
    expect(await page.textContent('h1')).toContain(heading);
    await screenshot(page, `staff-release-${name}-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (width === 1280) await expectValidHtml(await page.content());
  };

  const site = await openReleases();
  const file = await recordFile(site.db, 'choirs', site.folder, LONG.slice(0, 100));
  const browser = await signInAs(site, 'Bo', 'approver');
  await browser.open(`${HOME}/${file}/bundle.zip`);
  await lendCookies(page, browser, site.url);
  const home = site.url + HOME;
  await look('list', home, 'Releases');
  await look('waiting', `${home}/2`, 'Release 2');
  await look('approve', `${home}/2/approve`, 'Approve release 2');
  await send('Approve and publish');
  await look('approve-wrong', undefined, 'Approve release 2');
  await look('refuse', `${home}/2/refuse`, 'Refuse release 2');
  await send('Refuse it');
  await look('refuse-wrong', undefined, 'Refuse release 2');
  await look('withdraw', `${home}/1/withdraw`, 'Withdraw release 1');
  await look('results', `${home}/2/results`, 'results');
  await look('file', `${home}/${file}`, `Release ${file}`);
  await look('report', `${home}/${file}/report`, 'A survey of clubs');
  await recordDecision(site.db, 'choirs', '2027-02-20', (ledger) => withdraw(ledger, 1, 'Bo', LONG.repeat(3)));
  await look('list-withdrawn', home, 'Releases');
  await look('overtaken', `${home}/2`, 'Release 2');
  await look('withdrawn', `${home}/1`, 'Release 1');

  const empty = await openStaffSite();
  await page.context().clearCookies();
  await lendCookies(page, await signInAs(empty, 'Bo', 'researcher', 'two-languages'), empty.url);
  await look('none', `${empty.url}/staff/surveys/two-languages/releases`, 'Releases');
  // The report stands alone and names no icon, so the browser asks for one.
  expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
});
