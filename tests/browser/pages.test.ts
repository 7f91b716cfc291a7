/** Every page of a respondent in every state: axe finds nothing, and nothing scrolls sideways. */
import { expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { STATES } from '../support/every-page.ts';
import { openFieldwork } from '../support/fieldwork.ts';
import { show } from '../support/in-browser.ts';

/** The narrow phone meets every page with its errors, the wide screen every question filled in. */
const CASES = STATES.flatMap((state) => {
  const filled = /filled|fresh/.test(state.name);
  const both = /^(information|grid, wrong|together, wrong|pause over blanks|check|receipt|save)$/.test(state.name);
  return [...(filled && !both ? [] : [320]), ...(filled || both ? [1280] : [])].map((width) => ({ ...state, width }));
}).filter(({ name }) => !name.endsWith('fresh') || name.startsWith('together'));

test.each(CASES)('$name, at $width pixels', async ({ width, ...state }) => {
  const page = await openPage({ width });
  await show(page, await openFieldwork('every-type'), state);
  expect(await page.textContent('h1')).toContain(state.heading);
  await screenshot(page, `${state.name.replaceAll(/\W+/g, '-')}-${width}`);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
});
