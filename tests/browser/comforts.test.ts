/** What a browser adds or may take away: double clicks, Back, no scripts, other colours, paper. */
import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { STATES } from '../support/every-page.ts';
import { goTo, PAGES } from '../support/every-type.ts';
import { openFieldwork, storedAnswers } from '../support/fieldwork.ts';
import { lendCookies, send, show } from '../support/in-browser.ts';

const HOME = '/surveys/every-type';
const state = (name: string) => {
  const found = STATES.find((each) => each.name === name);
  if (!found) throw new Error(`There is no state "${name}".`);
  return found;
};

test.each([true, false])(
  'a double click sends once, and Back shows the receipt again (scripts: %s)',
  async (scripts) => {
    const fieldwork = await openFieldwork('every-type');
    const page = await openPage({ scripts });
    await lendCookies(page, await goTo(await fieldwork.begin(), 'check'), fieldwork.url);
    await page.goto(`${fieldwork.url}${HOME}/check`);
    await page.dblclick('main form button');
    await page.waitForURL('**/done');
    const code = await page.textContent('.sn-secret');
    await page.goBack();
    await page.waitForURL('**/done');
    expect(await page.textContent('.sn-secret')).toBe(code);
    expect(await storedAnswers(fieldwork.db)).toHaveLength(1);
  },
);

test('without scripts the whole survey can be answered', async () => {
  const fieldwork = await openFieldwork('every-type');
  const page = await openPage({ width: 320, scripts: false });
  await page.goto(`${fieldwork.url}${HOME}`);
  await send(page, { A1: 'yes' });
  for (const { code, answer, wrong } of PAGES) {
    expect(page.url()).toContain(`/answer/${code}`);
    if (wrong) {
      await send(page, wrong);
      expect(await page.title()).toMatch(/^Error: /);
    }
    await send(page, answer);
  }
  await send(page, {});
  expect(await page.textContent('h1')).toContain('Your answers have been sent');
  expect(await storedAnswers(fieldwork.db)).toHaveLength(1);
});

test.each(['one, filled', 'words, wrong', 'together, fresh', 'receipt'])(
  'without scripts axe finds nothing on: %s',
  async (name) => {
    const page = await openPage({ width: 320, scripts: false });
    await show(page, await openFieldwork('every-type'), state(name));
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
  },
);

test('in forced colours what is chosen, and what has the focus, can still be told', async () => {
  const page = await openPage({ forcedColors: 'active' });
  await show(page, await openFieldwork('every-type'), state('together, filled'));
  await screenshot(page, 'together-filled-forced-colours');
  for (const [chosen, other] of [
    ['#M1', '#M1-2'],
    ['#M2', '#M2-2'],
    ['#M4_r1', '#M4_r1-2'],
    ['#M5-4', '#M5'],
  ] as const) {
    const picture = async (id: string) => {
      await page.locator(id).scrollIntoViewIfNeeded();
      const box = await page.locator(id).boundingBox();
      if (!box) throw new Error(`${id} cannot be seen`);
      return page.screenshot({ clip: box });
    };
    const [one, two] = [await picture(chosen), await picture(other)];
    expect(one.equals(two)).toBe(false);
    await page.locator(other).focus();
    expect((await picture(other)).equals(two)).toBe(false);
  }
});

test('on paper the receipt keeps its code and leaves out what cannot be pressed', async () => {
  const page = await openPage();
  await show(page, await openFieldwork('every-type'), state('receipt'));
  expect(await page.isVisible('button:has-text("Print this page")')).toBe(true);
  await page.emulateMedia({ media: 'print' });
  await screenshot(page, 'receipt-on-paper');
  expect(await page.isVisible('.sn-secret')).toBe(true);
  expect(await page.isVisible('h1')).toBe(true);
  for (const hidden of ['button:has-text("Print this page")', 'text=Skip to main content', '.sn-footer']) {
    expect(await page.isVisible(hidden)).toBe(false);
  }
});

test('a page asks our own site for three files and the font, and nobody else for anything', async () => {
  const fieldwork = await openFieldwork('every-type');
  const page = await openPage();
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await lendCookies(page, await goTo(await fieldwork.begin(), 'together'), fieldwork.url);
  await page.goto(`${fieldwork.url}${HOME}/answer/together`, { waitUntil: 'networkidle' });
  const paths = asked
    .filter((url) => !url.startsWith('data:'))
    .map((url) => url.replace(fieldwork.url, '').split('?')[0]);
  expect(paths).toEqual([
    `${HOME}/answer/together`,
    '/assets/soundings.css',
    '/assets/soundings.js',
    '/assets/atkinson-hyperlegible-next.woff2',
  ]);
  expect(complaints).toEqual([]);
});
