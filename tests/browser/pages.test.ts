/** Every page of a respondent in every state: axe finds nothing, and nothing scrolls sideways. */
import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { type PageState, STATES } from '../support/every-page.ts';
import { openFieldwork } from '../support/fieldwork.ts';
import { show } from '../support/in-browser.ts';

const isFilled = ({ name }: PageState) => /filled$|^together, fresh$/.test(name);
const isFresh = (state: PageState) => state.name.endsWith('fresh') && !isFilled(state);
const isWide = ({ name }: PageState) =>
  /^(information|grid, wrong|together, wrong|pause over blanks|check|receipt|save)$/.test(name);

// The narrow phone meets every page with its errors, the wide screen every question filled in.
test.each([
  [320, STATES.filter((state) => !isFilled(state) && !isFresh(state))],
  [1280, STATES.filter((state) => isFilled(state) || isWide(state))],
])('at %i pixels', async (width, states) => {
  const page = await openPage({ width });
  const faults: string[] = [];
  for (const state of states) {
    try {
      await page.context().clearCookies();
      await show(page, await openFieldwork('every-type'), state);
      expect(await page.textContent('h1')).toContain(state.heading);
      await screenshot(page, `${state.name.replaceAll(/\W+/g, '-')}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
    } catch (error) {
      faults.push(`${state.name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  expect(states.length).toBeGreaterThan(15);
  expect(faults).toEqual([]);
});
