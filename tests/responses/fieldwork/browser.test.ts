/** Every page of following fieldwork: axe finds nothing, nothing scrolls sideways, it is valid HTML, the policy refuses nothing. */
import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import {
  expectNoAxeViolations,
  expectNoSidewaysScroll,
  openDetails,
  openPage,
  screenshot,
} from '../../support/browser.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { openStaffSite, type StaffSite } from '../../support/staff.ts';
import { begin, endWeek, getLive, madeUpAnswers, send, sendMadeUp } from '../../support/weeks.ts';

const CODE = 'ai-adoption';
const PAGE = `/staff/surveys/${CODE}/fieldwork`;

async function fill({ db }: StaffSite): Promise<void> {
  await sendMadeUp(db, CODE, 47, '2027-W04', 1);
  for (let n = 0; n < 24; n++) await begin(db, CODE, { A1: 'yes' }, n < 13 ? '2027-W05' : '2027-W14');
  await endWeek(db, CODE, '2027-W04');
  await sendMadeUp(db, CODE, 66, '2027-W06', 2);
  await endWeek(db, CODE, '2027-W06');
  const twice = madeUpAnswers(await getLive(db, CODE), 1, 1).map(({ answers }) => answers);
  await send(db, CODE, twice, '2027-W07');
  await sendMadeUp(db, CODE, 38, '2027-W08', 3);
  await endWeek(db, CODE, '2027-W08');
}

const STATES = [
  { name: 'nobody', heading: 'Fieldwork', address: PAGE },
  { name: 'nobody listed', heading: 'Answers to look at', address: `${PAGE}/doubts` },
  { name: 'weeks', heading: 'Fieldwork', address: PAGE, fill },
  { name: 'doubts', heading: 'Answers to look at', address: `${PAGE}/doubts` },
  { name: 'decision', heading: 'Decide about answers', address: `${PAGE}/doubts`, press: ['Decide about'] },
  {
    name: 'decision, nothing chosen',
    heading: 'Decide about answers',
    address: `${PAGE}/doubts`,
    press: ['Decide about', 'Decide'],
  },
] as const;

test.each([320, 1280])('at %i pixels', async (width) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const faults: string[] = [];
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf(CODE), '2027-01-01');
  await lendCookies(page, await site.signIn(await site.add('Ada', { admin: true })), site.url);
  for (const state of STATES) {
    try {
      if ('fill' in state) await state.fill(site);
      await page.goto(site.url + state.address);
      for (const press of 'press' in state ? state.press : []) {
        const target = page.locator('main').locator(`a:has-text("${press}"), button:has-text("${press}")`).first();
        await Promise.all([page.waitForNavigation(), target.click()]);
      }
      await openDetails(page);
      expect(await page.textContent('h1')).toContain(state.heading);
      await screenshot(page, `fieldwork-${state.name.replaceAll(/\W+/g, '-')}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    } catch (error) {
      faults.push(`${state.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  expect(faults).toEqual([]);
  expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
});
