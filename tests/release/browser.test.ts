import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { openChoirs } from './published.ts';

const PAGES = ['', '?by=size', '?section=views', '?section=views&by=stage', '?section=start&by=size&dontknow=out'];

const openAll = (page: Page) =>
  page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');

test.each([
  [320, 'none', true],
  [320, 'none', false],
  [800, 'none', true],
  [1280, 'none', true],
  [1280, 'active', true],
] as const)(
  'results at %d pixels, forced colours %s, scripts %s: axe finds nothing and no page scrolls sideways',
  async (width, forcedColors, scripts) => {
    const { results } = await openChoirs(150);
    const page = await openPage({ width, forcedColors, scripts });
    for (const [index, query] of PAGES.entries()) {
      await page.goto(results + query);
      await openAll(page);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      await screenshot(page, `results-${index}-${width}${scripts ? '' : '-no-scripts'}`);
    }
  },
);

test('questions that too few answered are told without faults', async () => {
  const { results } = await openChoirs(25);
  const page = await openPage({ width: 320 });
  for (const query of ['', '?section=views', '?section=views&by=stage']) {
    await page.goto(results + query);
    await openAll(page);
    await expectNoAxeViolations(page);
    await expectNoSidewaysScroll(page);
  }
});

const sizeOf = (page: Page, selector: string, side: 'width' | 'height') =>
  page.evaluate<number[]>(`
    [...document.querySelectorAll('${selector}')].map((each) => each.getBoundingClientRect().${side})`);

/** Which of these stick out of the page, or of what scrolls by itself within it. */
const cutOff = (page: Page, selector: string) =>
  page.evaluate<string[]>(`
    [...document.querySelectorAll('${selector}')]
      .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth
        || each.closest('.sn-scroll') !== null)
      .map((each) => each.textContent)`);

test('on a phone every figure of every table and chart is in sight', async () => {
  const { results } = await openChoirs(150);
  const page = await openPage({ width: 320 });
  for (const query of PAGES) {
    await page.goto(results + query);
    await openAll(page);
    expect(await page.locator('.sn-figures__figure').count()).toBeGreaterThan(0);
    expect(await cutOff(page, '.sn-figures__figure, .sn-figures tbody th, .sn-chart__label, .sn-chart__value')).toEqual(
      [],
    );
    // A caption uses the width as well, instead of one word a line.
    const captions = await sizeOf(page, '.sn-figures caption:not(.govuk-visually-hidden)', 'width');
    expect(captions.filter((width) => width < 250)).toEqual([]);
  }
});

/** How often each role stands in the tree that a screen reader is given. */
async function rolesOf(page: Page): Promise<Record<string, number>> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const roles: Record<string, number> = {};
  for (const { ignored, role } of nodes) if (!ignored) roles[role?.value] = (roles[role?.value] ?? 0) + 1;
  return roles;
}

const displayOf = (page: Page, selector: string) =>
  page.evaluate<string>(`getComputedStyle(document.querySelector('${selector}')).display`);

test('a table told in cards is still a table for a screen reader, cell by cell', async () => {
  const { results } = await openChoirs(150);
  const [narrow, wide] = [await openPage({ width: 320 }), await openPage({ width: 1280 })];
  const tableRoles = ['table', 'row', 'columnheader', 'rowheader', 'cell'];
  const seen = [narrow, wide].map(async (page) => {
    await page.goto(results);
    await openAll(page);
    const roles = await rolesOf(page);
    return tableRoles.map((role) => roles[role]);
  });
  const [onPhone, onDesk] = await Promise.all(seen);
  expect(onPhone).toEqual(onDesk);
  // The stage, and the stage beside its stricter reading: three rows of two figures each, under three headings.
  expect(onDesk).toEqual([2, 8, 6, 6, 12]);
  expect(await displayOf(narrow, '.sn-figures td')).toBe('flex');
  expect(await displayOf(wide, '.sn-figures td')).toBe('table-cell');
  expect(await narrow.locator('.sn-figures__label').first().isVisible()).toBe(true);
  expect(await wide.locator('.sn-figures__label').first().isVisible()).toBe(false);
});

test('on a desk the bars take more than half of the width, and all of them the same', async () => {
  const { results } = await openChoirs(150);
  const page = await openPage({ width: 1280 });
  await page.goto(results);
  const widths = await sizeOf(page, '#stage .sn-chart__picture', 'width');
  const [main = 0] = await sizeOf(page, 'main', 'width');
  expect(widths.length).toBe(4);
  expect(new Set(widths).size).toBe(1);
  expect(widths[0]).toBeGreaterThan(main / 2);
});

test('nobody has no bar at all, and what is hidden looks different', async () => {
  const { results } = await openChoirs(92);
  const page = await openPage({ width: 320 });
  await page.goto(`${results}?section=start&by=stage`);
  const drawn = (words: string) =>
    page.evaluate<string[]>(`
      [...document.querySelectorAll('.sn-chart__line')]
        .filter((line) => line.querySelector('.sn-chart__value')?.textContent.startsWith('${words}'))
        .map((line) => [...line.querySelectorAll('svg > :not(.sn-chart__tick)')].map((each) => each.getAttribute('class')).join())`);
  expect(new Set(await drawn('0 of'))).toEqual(new Set(['']));
  expect(new Set(await drawn('hidden'))).toEqual(new Set(['sn-chart__hidden']));
});

test('what is hidden is drawn as short on every line, far from a whole bar', async () => {
  const { results } = await openChoirs(92);
  const page = await openPage({ width: 320 });
  await page.goto(`${results}?section=start&by=stage`);
  const boxes = await sizeOf(page, '.sn-chart__hidden', 'width');
  const scale = Math.max(...(await sizeOf(page, '.sn-chart__picture', 'width')));
  expect(boxes.length).toBeGreaterThan(0);
  expect(new Set(boxes).size).toBe(1);
  expect(Math.max(...boxes)).toBeLessThan(scale / 4);
});

test('on a phone a line of a chart without a bar is as high as its words', async () => {
  const { results } = await openChoirs(92);
  const page = await openPage({ width: 320 });
  await page.goto(`${results}?section=start&by=stage`);
  const heights = async (mark: string) => new Set(await sizeOf(page, `.sn-chart__line--${mark}`, 'height'));
  const [nobody, hidden, bar] = [await heights('nobody'), await heights('hidden'), await heights('bar')];
  expect(Math.min(...nobody, ...hidden)).toBeGreaterThan(0);
  expect(Math.max(...nobody, ...hidden)).toBeLessThan(Math.min(...bar) - 20);
});

test('by keyboard: skip to the figures, choose a group, open a table, and no stop in between', async () => {
  const { results } = await openChoirs(92);
  const page = await openPage({ width: 1280 });
  await page.goto(results);
  const stops: string[] = [];
  for (let stop = 0; stop < 9; stop += 1) {
    await page.keyboard.press('Tab');
    stops.push(await page.evaluate<string>('document.activeElement.textContent.trim().replace(/\\s+/g, " ")'));
  }
  expect(stops).toEqual([
    'Skip to main content',
    'Soundings',
    'Choirs and recording (synthetic)',
    'How to read the figures',
    'Size',
    'See the figures as a table – Stage',
    'Start',
    'Recording',
    'How many sing?',
  ]);
  await page.locator('summary').first().focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('#stage table').isVisible()).toBe(true);
});

test('on paper: the tables stand open, nothing is there to press, and no figure is cut off', async () => {
  const { results } = await openChoirs(150);
  const page = await openPage({ width: 718 });
  await page.emulateMedia({ media: 'print' });
  for (const query of ['', '?section=views&by=stage']) {
    await page.goto(results + query);
    expect(await displayOf(page, '.sn-figures')).toBe('table');
    expect(Math.min(...(await sizeOf(page, '.sn-figures', 'height')))).toBeGreaterThan(50);
    expect(
      await page.locator('.sn-results__tables summary, .sn-results__choices').filter({ visible: true }).count(),
    ).toBe(0);
    expect(await cutOff(page, '.sn-figures__figure, .sn-chart__value')).toEqual([]);
    await expectNoSidewaysScroll(page);
    await screenshot(page, `results-paper${query === '' ? '' : '-by-stage'}`);
  }
});

test('a page of results without any published can be used by everyone', async () => {
  const { results } = await openChoirs(0);
  const page = await openPage({ width: 320 });
  await page.goto(results);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  await page.getByRole('link', { name: 'Go to the survey' }).click();
  expect(page.url()).toBe(results.replace('/results', ''));
});
