/** Walking from page to page in a real browser, looking at each. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, screenshot } from './browser.ts';
import { expectValidHtml } from './html.ts';

/** @param story the first part of the names of its screenshots */
export function walkIn(page: Page, story: string, width: number) {
  return {
    /** The page has this heading, axe finds nothing, nothing scrolls sideways, and the HTML is valid at the greater width. */
    look: async (name: string, heading: string): Promise<void> => {
      expect(await page.textContent('h1')).toContain(heading);
      await screenshot(page, `${story}-${name}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    },
    press: async (name: string | RegExp): Promise<void> => {
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name, exact: true }).click()]);
    },
  };
}
