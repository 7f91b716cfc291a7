/** Every page of a preview: axe finds nothing, nothing scrolls sideways, it is valid HTML, and the keyboard is enough. */
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
import { lendCookies, send } from '../../support/in-browser.ts';
import { entryOf, homeOf, openPreviewSite } from '../../support/preview.ts';
import { answerPages, type Respondent } from '../../support/respondent.ts';

interface PageState {
  readonly name: string;
  readonly heading: string;
  /** Beginning at the entry. @returns where to look */
  readonly arrive: (staff: Respondent, entry: string) => Promise<string>;
  /** Filled in and sent from there. */
  readonly send?: Readonly<Record<string, string>>;
}

const began =
  (from: string, page = '') =>
  async (staff: Respondent, entry: string) => {
    await (await staff.open(entry)).press('Begin the preview', { from });
    return page === '' ? staff.address : homeOf(staff) + page;
  };
/** With made-up answers up to the last page of questions. */
const walked = (page: string) => async (staff: Respondent, entry: string) => {
  await began('as:adopter')(staff, entry);
  await staff.press('z1');
  await answerPages(staff);
  return homeOf(staff) + page;
};

const STATES: readonly PageState[] = [
  { name: 'entry', heading: 'Preview version 1.0', arrive: async (_, entry) => entry },
  { name: 'information, wrong', heading: 'AI adoption in UK social', arrive: began('start'), send: {} },
  { name: 'information, begun', heading: 'AI adoption in UK social', arrive: began('as:future', '/') },
  { name: 'declined', heading: 'Thank you', arrive: began('start'), send: { A1: 'no' } },
  { name: 'right after the stage', heading: 'How long has your organisation used AI?', arrive: began('as:adopter') },
  { name: 'a question, wrong', heading: 'How long has your', arrive: began('as:adopter'), send: {} },
  {
    name: 'not for them',
    heading: 'Thank you',
    arrive: began('as:non', '/answer/a2'),
    send: { A2: 'no' },
  },
  { name: 'no page of the path', heading: 'Page not found', arrive: began('as:non', '/answer/t1') },
  { name: 'save', heading: 'Come back later', arrive: began('as:adopter', '/save') },
  { name: 'elsewhere', heading: 'Not part of a preview', arrive: began('as:adopter', '/resume') },
  { name: 'check', heading: 'Check your answers before', arrive: walked('/check') },
  { name: 'receipt', heading: 'Your answers have been sent', arrive: walked('/done') },
];

test.each([320, 1280])(
  'at %i pixels',
  async (width) => {
    const page = await openPage({ width });
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    const faults: string[] = [];
    const { ada, entry, url } = await openPreviewSite('ai-adoption');
    await lendCookies(page, ada, url);
    for (const { name, heading, arrive, send: entries } of STATES) {
      try {
        await page.goto(url + (await arrive(ada, entry)));
        if (entries) await send(page, entries);
        expect(await page.textContent('h1')).toContain(heading);
        if (name !== 'entry')
          expect(await page.textContent('.sn-banner')).toContain('nothing you type here is stored with answers');
        await openDetails(page);
        await screenshot(page, `preview-${name.replaceAll(/\W+/g, '-')}-${width}`);
        await expectNoAxeViolations(page);
        await expectNoSidewaysScroll(page);
        if (width === 1280) await expectValidHtml(await page.content());
      } catch (error) {
        faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
      }
    }
    expect(faults).toEqual([]);
    expect(complaints.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  },
  300_000,
);

test('in two languages, the banner and the panel stay in English', async () => {
  const page = await openPage({ width: 320 });
  const site = await openPreviewSite('every-type');
  await publishVersion(site.db, sourceOf('two-languages'), '2027-03-01');
  const browser = await site.signIn(await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
  await lendCookies(page, browser, site.url);
  await page.goto(site.url + (await entryOf(site, 'two-languages')));
  await expectNoAxeViolations(page);
  await screenshot(page, 'preview-entry-languages-320');
  await page.getByRole('radio', { name: 'Welsh' }).check({ force: true });
  await page.getByRole('button', { name: 'Begin the preview' }).click();
  expect(await page.getAttribute('html', 'lang')).toBe('cy');
  expect(await page.getAttribute('.sn-banner', 'lang')).toBe('en');
  expect(await page.getAttribute('#preview', 'lang')).toBe('en');
  await openDetails(page);
  await screenshot(page, 'preview-welsh-320');
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
});

test('with the keyboard alone: to the panel, through it, on to a page, and out', async () => {
  const page = await openPage({ width: 320 });
  const { ada, entry, url } = await openPreviewSite('two-languages');
  await lendCookies(page, ada, url);
  await page.goto(url + entry);
  const focused = () => page.evaluate<string>('document.activeElement.textContent.trim()');
  const tabTo = async (words: string) => {
    for (let presses = 0; presses < 40; presses++) {
      await page.keyboard.press('Tab');
      if ((await focused()) === words) return;
    }
    throw new Error(`Tab does not come to "${words}".`);
  };
  const press = async (words: string) => {
    await tabTo(words);
    await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  };
  await press('Begin the preview');
  // The link in the banner leads past the page to what the author wants to know.
  await tabTo('About this page');
  await page.keyboard.press('Enter');
  await tabTo('About this page, for its author');
  await page.keyboard.press('Enter');
  expect(await page.isVisible('text=The path, as the answers so far lead it')).toBe(true);
  await press('b2');
  expect(page.url()).toMatch(/\/answer\/b2$/);
  await page.keyboard.press('Tab');
  expect(await focused()).toBe('Skip to main content');
  await press('End the preview');
  expect(page.url()).toBe(url + entry);
});

test('without scripts all of it works as well', async () => {
  const page = await openPage({ width: 1280, scripts: false });
  const { ada, entry, url } = await openPreviewSite('two-languages');
  await lendCookies(page, ada, url);
  await page.goto(url + entry);
  await page.click('text=Begin the preview');
  await send(page, { A1: 'yes' });
  await page.click('summary');
  await page.click('#preview button[value=b3]');
  expect(page.url()).toMatch(/\/answer\/b3$/);
  await page.click('text=Start again');
  expect(page.url()).toMatch(/\/preview\/[0-9A-Z]{26}\/en$/);
});
