/** What the script adds, in a real browser; and that nothing depends on it. */
import express from 'express';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { PATHS } from '../../src/web/paths.ts';
import { useTemplates } from '../../src/web/render.ts';
import { openPage, type PageOptions } from '../support/browser.ts';
import { serve, testContext } from '../support/site.ts';

const TIMEOUT = { timeout: 60_000 };

async function openGallery(state: string, options?: PageOptions): Promise<Page> {
  const app = express();
  useTemplates(app);
  app.use('/assets', express.static(PATHS.builtAssets));
  app.get('/', (_request, response) => {
    const errors = state === 'wrong' ? [{ text: 'Choose an answer', href: '#S1' }] : [];
    response.render(`${PATHS.root}tests/web/gallery.ejs`, { title: 'Every component', state, errors });
  });
  const page = await openPage(options);
  await page.goto(await serve(app));
  return page;
}

describe('with scripts', TIMEOUT, () => {
  test('"None of these" clears the rest, and the rest clears it', async () => {
    const page = await openGallery('filled');
    await page.getByLabel('None of these').check();
    expect(await page.getByLabel('Writing and editing').isChecked()).toBe(false);
    await page.getByLabel('Pictures').check();
    expect(await page.getByLabel('None of these').isChecked()).toBe(false);
  });

  test('the box of "something else" is folded, and not sent, until that is ticked', async () => {
    const page = await openGallery('blank');
    const box = page.getByLabel('Please say what');
    expect(await box.isVisible()).toBe(false);
    expect(await box.isDisabled()).toBe(true);
    await page.getByLabel('Something else').check();
    expect(await box.isVisible()).toBe(true);
    expect(await box.isDisabled()).toBe(false);
  });

  test('a box with an error stays in sight, whatever is ticked', async () => {
    const page = await openGallery('wrong');
    await page.getByLabel('Something else').uncheck();
    expect(await page.getByLabel('Please say what').isVisible()).toBe(true);
  });

  test('"Don’t know" clears what was typed, and typing clears it', async () => {
    const page = await openGallery('filled');
    const number = page.getByLabel('How many people work for you?').and(page.locator('input[type=text]'));
    const mark = page.getByRole('group', { name: 'How many people work for you?' }).getByLabel('Don’t know');
    await mark.check();
    expect(await number.inputValue()).toBe('');
    await number.fill('7');
    expect(await mark.isChecked()).toBe(false);
  });

  test('characters are counted as the server counts them', async () => {
    const page = await openGallery('blank');
    await page.getByLabel('In a few words').fill('ŵ😀\n');
    expect(await page.locator('.govuk-character-count__message').textContent()).toBe('Characters left: 37');
    await page.getByLabel('In a few words').fill('x'.repeat(42));
    expect(await page.locator('.govuk-character-count__message').textContent()).toBe('Characters too many: 2');
  });

  test('typing shortens a long list, without regard to accents, and keeps what was chosen', async () => {
    const page = await openGallery('filled');
    await page.getByLabel('Type to shorten the list').fill('SCÓT');
    const list = page.getByLabel('Where are you based?');
    expect(await list.locator('option').allTextContents()).toEqual(['Choose', 'Scotland', 'Wales (Cymru)']);
    expect(await list.inputValue()).toBe('wal');
  });

  test('the error summary has the focus when a page comes back', async () => {
    const page = await openGallery('wrong');
    expect(await page.evaluate('document.activeElement.className')).toBe('govuk-error-summary');
  });

  test('a button offers to print', async () => {
    const page = await openGallery('blank');
    expect(await page.getByRole('button', { name: 'Print this page' }).isVisible()).toBe(true);
  });
});

describe('without scripts', TIMEOUT, () => {
  test('every box and list can be seen and sent, and no button stands there that does nothing', async () => {
    const page = await openGallery('blank', { scripts: false });
    expect(await page.getByLabel('Please say what').isVisible()).toBe(true);
    expect(await page.getByLabel('Please say what').isDisabled()).toBe(false);
    expect(await page.getByLabel('Where are you based?').isVisible()).toBe(true);
    expect(await page.getByText('Type to shorten the list').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Print this page' }).count()).toBe(0);
  });

  test('an error in the summary leads to its field', async () => {
    const page = await openGallery('wrong', { scripts: false });
    await page.getByRole('link', { name: 'Choose an answer', exact: true }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('S1');
  });
});

describe.each([320, 1280])('with a keyboard alone at %i pixels', TIMEOUT, (width) => {
  test('the first stop skips to the content, and a row of the grid is one stop with arrows inside', async () => {
    const page = await openGallery('blank', { width });
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    await page.locator('[name=C1_privacy]').first().focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('[name=C1_privacy]:checked').inputValue()).toBe('2');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.name')).toBe('C1_cost');
  });
});

test.each([320, 1280])('a screen reader meets each row of a grid by its name, at %i pixels', TIMEOUT, async (width) => {
  const page = await openGallery('wrong', { width });
  const row = page.getByRole('radiogroup', { name: 'What it costs', exact: true }).first();
  expect(await row.getByRole('radio').count()).toBe(5);
  expect(await row.getByRole('radio', { name: 'Very worried' }).count()).toBe(1);
  expect(await row.ariaSnapshot()).toContain('Choose an answer for “What it costs”');
});

test('our own forms come through on plain http, where browsers say least', TIMEOUT, async () => {
  const context = await testContext();
  const app = createApp(context, [
    {
      method: 'get',
      path: '/form',
      who: 'everyone',
      handle: (_, response) => response.render('layout/problem', { title: 'Form' }),
    },
    {
      method: 'post',
      path: '/kept',
      who: 'everyone',
      handle: (request, response) =>
        void response.json({ origin: request.get('origin'), site: request.get('sec-fetch-site') ?? null }),
    },
  ]);
  const { port } = new URL(await serve(app));
  const page = await openPage();
  await page.goto(`http://soundings.test:${port}/form`);
  await page.evaluate(`
    const form = Object.assign(document.createElement('form'), { method: 'post', action: '/kept' });
    document.body.append(form);
    form.submit();`);
  await page.waitForURL('**/kept');
  expect(JSON.parse(await page.locator('body').innerText())).toEqual({
    origin: `http://soundings.test:${port}`,
    site: null,
  });
});
