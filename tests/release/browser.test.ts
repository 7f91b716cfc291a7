import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../support/browser.ts';
import { openChoirs } from './published.ts';

const PAGES = ['', '?by=size', '?section=views', '?section=views&by=stage', '?section=start&by=size&dontknow=out'];

test.each([
  [320, 'none'],
  [1280, 'none'],
  [1280, 'active'],
] as const)(
  'results at %d pixels, forced colours %s: axe finds nothing and no page scrolls sideways',
  async (width, forcedColors) => {
    const { results } = await openChoirs(150);
    const page = await openPage({ width, forcedColors });
    for (const query of PAGES) {
      await page.goto(results + query);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
    }
  },
);

test('words in a chart stay inside it on a phone', async () => {
  const { results } = await openChoirs(150);
  const page = await openPage({ width: 320 });
  await page.goto(`${results}?section=views`);
  const wide = await page.evaluate<string[]>(`
    [...document.querySelectorAll('.sn-chart__text')]
      .filter((text) => text.getBoundingClientRect().right > document.documentElement.clientWidth)
      .map((text) => text.textContent)`);
  expect(wide).toEqual([]);
});

test('a page of results without any published can be used by everyone', async () => {
  const { results } = await openChoirs(0);
  const page = await openPage({ width: 320 });
  await page.goto(results);
  await expectNoAxeViolations(page);
});
