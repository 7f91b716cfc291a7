/** The whole survey with the keyboard alone; where the focus goes when something is wrong. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { findLiveSurvey } from '../../src/fieldwork/store.ts';
import { openPage } from '../support/browser.ts';
import { STATES } from '../support/every-page.ts';
import { openFieldwork, sourceOf, storedAnswers } from '../support/fieldwork.ts';
import { show } from '../support/in-browser.ts';
import { openStaffSite, PASSPHRASE } from '../support/staff.ts';

/** What has the focus: its name or words, its value, its id, and whether somebody can see that it has it. */
interface Focus {
  readonly name: string;
  readonly value: string;
  readonly id: string;
  readonly words: string;
  readonly visible: boolean;
}

const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(`(() => {
    const element = document.activeElement;
    const shown = (style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none' || style.borderStyle === 'solid' && style.opacity === '1';
    const drawn = element.labels?.[0] ? [getComputedStyle(element.labels[0], '::before')] : [];
    const box = element.getBoundingClientRect();
    return {
      name: element.name ?? '',
      value: element.value ?? '',
      id: element.id,
      words: element.textContent.trim().replace(/\\s+/g, ' '),
      visible: [getComputedStyle(element), ...drawn].some(shown) && box.bottom > 0 && box.top < innerHeight,
    };
  })()`);

/** Presses Tab until the focus is where it should be. */
async function tabTo(page: Page, wanted: (focus: Focus) => boolean): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    expect(focus).toMatchObject({ visible: true });
    if (wanted(focus)) return;
  }
  throw new Error(`Tab never comes there on ${page.url()}.`);
}

const field = (name: string) => (focus: Focus) => focus.name === name;
const words = (text: string) => (focus: Focus) => focus.words === text;

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

async function goOn(page: Page, button = 'Continue'): Promise<void> {
  await tabTo(page, words(button));
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

test('from the first page to the receipt with Tab, arrows, space and Enter', async () => {
  const { url, db } = await openFieldwork('every-type');
  const page = await openPage();
  await page.goto(`${url}/surveys/every-type`);
  await page.keyboard.press('Tab');
  expect((await focusOf(page)).words).toBe('Skip to main content');

  await tabTo(page, field('A1'));
  await press(page, 'Space');
  await goOn(page, 'Start');
  await tabTo(page, field('A2'));
  await press(page, 'Space');
  await goOn(page);
  // One of several, with a box that opens.
  await tabTo(page, field('B1'));
  await press(page, 'ArrowDown', 'ArrowDown', 'Tab');
  expect((await focusOf(page)).name).toBe('B1_other');
  await page.keyboard.type('Purple');
  await goOn(page);
  // Several of several.
  await tabTo(page, field('B2'));
  await press(page, 'Space', 'Tab', 'Space');
  await goOn(page);
  // A list that can be shortened.
  await tabTo(page, ({ id }) => id === 'B3-search');
  await page.keyboard.type('cell');
  await press(page, 'Enter', 'ArrowDown');
  expect(await focusOf(page)).toMatchObject({ name: 'B3', value: 'cellar' });
  await goOn(page);
  // A grid: one stop for each row.
  for (const row of ['work_time', 'fun', 'peace']) {
    await tabTo(page, field(`B4_${row}`));
    await press(page, 'ArrowRight', 'ArrowRight');
  }
  await goOn(page);
  await tabTo(page, field('B5'));
  await press(page, ...Array.from({ length: 7 }, () => 'ArrowRight'));
  await goOn(page);
  await tabTo(page, field('B6_size'));
  await page.keyboard.type('1');
  await goOn(page);
  await tabTo(page, field('W1'));
  await page.keyboard.type('1,000');
  await goOn(page);
  await tabTo(page, field('W2_day'));
  await page.keyboard.type('29');
  await press(page, 'Tab');
  await page.keyboard.type('2');
  await press(page, 'Tab');
  await page.keyboard.type('2020');
  await goOn(page);
  await tabTo(page, field('W3'));
  await page.keyboard.type('Bertie');
  await tabTo(page, field('W4'));
  await page.keyboard.type('Round.\nSoft.');
  await goOn(page);
  await tabTo(page, field('E1'));
  await press(page, 'Space');
  await goOn(page);
  // Two pages that may be left blank: asked about once.
  for (const heading of ['All together', 'Questions with odd names']) {
    expect(await page.textContent('h1')).toContain(heading);
    await goOn(page);
    expect((await focusOf(page)).words).toContain('You have left these blank');
    await goOn(page);
  }
  await goOn(page, 'Send your answers');
  expect(await page.textContent('h1')).toContain('Your answers have been sent');
  expect(await storedAnswers(db)).toEqual([
    expect.objectContaining({
      B1: 'other',
      B1_other: 'Purple',
      B2: ['red', 'blue'],
      B3: 'cellar',
      B4_work_time: 'good',
      B4_fun: 'good',
      B4_peace: 'good',
      B5: '7',
      B6: ['size'],
      W1: '1000',
      W2: '2020-02-29',
      W3: 'Bertie',
      W4: 'Round.\r\nSoft.',
      E1: 'big',
    }),
  ]);
});

test('a page that came back: its summary has the focus, and each link in it moves the focus to the input', async () => {
  const page = await openPage({ width: 320 });
  const summary = '[data-module=govuk-error-summary]';
  for (const state of STATES.filter(({ name, send }) => send && /wrong|pause/.test(name))) {
    await page.context().clearCookies();
    await show(page, await openFieldwork('every-type'), state);
    expect(
      await page.evaluate(`document.activeElement === document.querySelector('${summary}')`),
      `${state.name}: the summary has the focus`,
    ).toBe(true);
    const targets = await page.$$eval(`${summary} a`, (links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(targets.length).toBeGreaterThan(0);
    for (const [index, target] of targets.entries()) {
      await page.locator(`${summary} a`).nth(index).focus();
      await page.keyboard.press('Enter');
      const focus = await focusOf(page);
      expect([`#${focus.id}`, focus.visible], `${state.name}: ${target}`).toEqual([target, true]);
    }
  }
});

test('staff sign in, send a survey, mend what is wrong and publish it, with the keyboard alone', async () => {
  const site = await openStaffSite();
  const ada = await site.add('Ada', { admin: true });
  const page = await openPage();
  await page.goto(`${site.url}/staff/sign-in`);
  await press(page, 'Tab');
  expect((await focusOf(page)).words).toBe('Skip to main content');
  await press(page, 'Enter');
  await tabTo(page, field('email'));
  await page.keyboard.type(ada.email);
  await tabTo(page, field('passphrase'));
  await page.keyboard.type(PASSPHRASE);
  await goOn(page);
  await tabTo(page, field('code'));
  await page.keyboard.type(site.code(ada));
  await goOn(page, 'Sign in');

  await goOn(page, 'Surveys');
  await goOn(page, 'Begin a new survey');
  const save = 'Check and save as a draft';
  await goOn(page, save);
  // Nothing was sent: the summary has the focus, and leads to the box.
  expect((await focusOf(page)).words).toContain('Choose the survey’s file, or paste it');
  await press(page, 'Tab', 'Enter');
  expect((await focusOf(page)).id).toBe('source');
  await page.keyboard.insertText(sourceOf('every-type', (file) => Object.assign(file, { segments: ['NONE'] })));
  await goOn(page, save);
  expect(await page.textContent('main')).toContain('There is no question or variable "NONE"');
  await goOn(page, 'Change or replace the file');
  await tabTo(page, field('source'));
  await press(page, 'Control+A');
  await page.keyboard.insertText(sourceOf('every-type'));
  await goOn(page, save);
  await goOn(page, 'Publish version 1.0');
  expect(await page.textContent('h1')).toContain('Every type of question');
  expect((await findLiveSurvey(site.db, 'every-type'))?.survey.file.version).toBe('1.0');
});
