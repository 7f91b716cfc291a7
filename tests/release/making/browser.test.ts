/** A release from the form to the public page, in a real browser, by two people who have never done it. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { HOME, type MakingSite, openMaking, signInAs } from './making-site.ts';

test.each([
  { width: 320, scripts: true },
  { width: 1280, scripts: false },
])('at $width pixels, scripts: $scripts', async ({ width, scripts }) => {
  const site = await openMaking();
  const complaints: string[] = [];
  const visit = async (name: string, role: 'researcher' | 'approver') => {
    const page = await openPage({ width, scripts });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    await lendCookies(page, await signInAs(site, name, role), site.url);
    await page.goto(`${site.url}/staff`);
    return page;
  };
  const look = async (page: Page, name: string) => {
    await screenshot(page, `making-${name}-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (!scripts) await expectValidHtml(await page.content());
  };
  const press = async (page: Page, name: string) => {
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
  };

  const ada = await visit('Ada', 'researcher');
  await ada.getByRole('link', { name: /^Releases/ }).click();
  await look(ada, 'none');
  await ada.getByRole('button', { name: 'Make the first release' }).click();
  await look(ada, 'form');
  await press(ada, 'Make this release');
  expect(await ada.title()).toMatch(/^Error: /);
  await look(ada, 'form-wrong');
  await ada.getByLabel('The results page and a data file, for everybody').check({ force: true });
  await ada.getByText('Make it where it would be refused', { exact: true }).click();
  await ada.getByLabel('A public data file of few responses').fill('x');
  await ada.getByLabel('Tables and a data file that tell more together than each').fill('They signed the agreement.');
  await press(ada, 'Make this release');
  await look(ada, 'form-reasons');
  await ada.getByLabel('A public data file of few responses').fill('');
  await ada.getByLabel('A data file, for the research network').check({ force: true });
  await ada.getByText('Settings of the data file', { exact: true }).click();
  await ada.getByLabel('How many rows at least look alike').fill('2');
  await press(ada, 'Compare settings');
  await look(ada, 'form-settings');
  await ada.getByLabel('How many rows at least look alike').fill('6');
  await press(ada, 'Compare settings');
  await look(ada, 'comparing');
  await follow(ada, site, scripts, 'Settings side by side');
  await look(ada, 'compared');
  await ada.getByRole('link', { name: 'At least 10 alike' }).click();
  await look(ada, 'form-chosen');
  await ada.getByLabel('The results page, for everybody').check({ force: true });
  await press(ada, 'Make this release');
  await look(ada, 'under-way');
  const work = ada.url();
  await ada.goto(`${site.url}/staff`);
  await look(ada, 'home');
  await ada.goto(site.url + HOME);
  await look(ada, 'list');
  await ada.goto(work);
  await follow(ada, site, scripts, 'Who can approve it');
  expect(new URL(ada.url()).pathname).toBe(`${HOME}/1`);
  await look(ada, 'made');

  const bo = await visit('Bo', 'approver');
  await look(bo, 'home-approver');
  await bo.getByRole('link', { name: 'Release 1 waits for you' }).click();
  await bo.getByRole('button', { name: 'Approve' }).click();
  await bo.getByLabel('I have looked at what is in it').check({ force: true });
  await press(bo, 'Approve and publish');
  await bo.getByRole('link', { name: 'Its published page' }).click();
  expect(await bo.textContent('main')).toContain('This is release 1');

  await ada.goto(`${site.url}${HOME}/new`);
  await ada.getByLabel('The results page, for everybody').check({ force: true });
  await press(ada, 'Make this release');
  await press(ada, 'Stop it');
  await look(ada, 'stopped');
  // The page with errors is answered with 422, which the browser notes too; a script that never came is our doing.
  expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
});

/** Waits for the work by itself where there are scripts, and by the page's link where there are none. */
async function follow(page: Page, site: MakingSite, scripts: boolean, until: string): Promise<void> {
  if (!scripts) {
    await site.settle();
    await page.getByRole('link', { name: 'Look how far it is by now' }).click();
  }
  await page.getByText(until).first().waitFor();
}
