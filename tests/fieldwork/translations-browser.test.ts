/** The pages of translations in a browser: axe finds nothing, nothing scrolls sideways, it is valid HTML. */
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { expectValidHtml } from '../support/html.ts';
import { lendCookies } from '../support/in-browser.ts';
import { openStaffSite } from '../support/staff.ts';

const NEXT = sourceOf('two-languages', (file) => {
  file.version = '1.1';
  file.title = { en: 'The bus in your town, and the way to it', cy: 'Y bws yn eich pentref' };
  file.wave = 'Second test';
});

test.each([320, 1280])('at %i pixels', async (width) => {
  const site = await openStaffSite();
  const { hash } = await publishVersion(site.db, NEXT, '2027-03-02');
  const single = await publishVersion(site.db, sourceOf('every-type'), '2027-03-02');
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await lendCookies(page, await site.signIn(await site.add('Ada', { admin: true })), site.url);
  const addresses = {
    none: `/staff/surveys/every-type/versions/${single.hash}/translations`,
    languages: `/staff/surveys/two-languages/versions/${hash}/translations`,
    texts: `/staff/surveys/two-languages/versions/${hash}/translations/cy`,
    stale: `/staff/surveys/two-languages/versions/${hash}/translations/cy?show=stale`,
  };
  for (const [name, address] of Object.entries(addresses)) {
    await page.goto(site.url + address);
    await screenshot(page, `translations-${name}-${width}`);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
    if (width === 1280) await expectValidHtml(await page.content());
  }
  expect(complaints).toEqual([]);
});
