/** A respondent who goes on in a real browser. */
import type { Page } from 'playwright-core';
import type { PageState } from './every-page.ts';
import type { Fieldwork } from './fieldwork.ts';
import type { Entries, Respondent } from './respondent.ts';

/** Lends a respondent's cookies to the browser. */
export async function lendCookies(page: Page, { cookies }: Respondent, url: string): Promise<void> {
  const pairs = cookies.split(';').filter((pair) => pair.trim() !== '');
  await page.context().addCookies(
    pairs.map((pair) => {
      const [name = '', value = ''] = pair.trim().split('=');
      return { name, value, url };
    }),
  );
}

/** Brings the browser to a page in a state. */
export async function show(page: Page, fieldwork: Fieldwork, state: PageState): Promise<void> {
  await lendCookies(page, await state.arrive(fieldwork), fieldwork.url);
  await page.goto(fieldwork.url + state.address);
  await state.before?.(fieldwork);
  if (state.send) await send(page, state.send);
}

/** Fills the page's form in and presses its first button. */
export async function send(page: Page, entries: Entries): Promise<void> {
  await fillIn(page, entries);
  await Promise.all([page.waitForNavigation(), page.click('main form button >> nth=0')]);
}

async function fillIn(page: Page, entries: Entries): Promise<void> {
  for (const [name, value] of Object.entries(entries)) {
    const ticked = page.locator(`input[name="${name}"][type=checkbox]:checked`);
    while (await ticked.count()) await ticked.first().uncheck({ force: true });
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) {
      const code = /^\w+$/.test(each) ? each : '';
      const choice = page.locator(`input[name="${name}"][value="${code}"]:is([type=radio], [type=checkbox])`);
      const list = page.locator(`select[name="${name}"]`);
      if (await choice.count()) await choice.check({ force: true });
      else if (await list.count()) await list.selectOption(each);
      else await page.locator(`input[name="${name}"]:not([type=checkbox]), textarea[name="${name}"]`).fill(each);
    }
  }
}
