/** The report of the made-up pilot: all of it, word for word; each of its numbers is published; on paper and on screens. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { inLanguage } from '../../../src/questionnaire/text.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { wordsIn } from '../../support/page-html.ts';
import { runCommand } from '../../support/run-command.ts';
import { findUntold, type Published } from './report-numbers.ts';

const FOLDER = join(import.meta.dirname, '../../../surveys/ai-adoption');

const folder = mkdtempSync(join(tmpdir(), 'soundings-'));
const file = join(folder, 'report.html');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let html: string;
let published: Published;

beforeAll(async () => {
  for (const words of [
    ['init'],
    ['publish', join(FOLDER, '1.0.json')],
    ['import', join(FOLDER, 'pilot92.csv'), '--survey', 'ai-adoption', '--synthetic'],
    ['release', 'make', 'ai-adoption', '--audience', 'public', '--tables', '--by', 'Ada Maker'],
    ['release', 'approve', 'ai-adoption', '1', '--by', 'Bo Checker'],
    ['results', 'ai-adoption', '--report', file],
  ]) {
    const { exit, err } = await runCommand(words, folder);
    expect(exit, err).toBe(0);
  }
  html = readFileSync(file, 'utf8');
  const { questions } = getSurvey(readFileSync(join(FOLDER, '1.0.json'), 'utf8'));
  const labels = [...questions.values()].map(({ short, text }) => inLanguage(short ?? text, 'en', 'en'));
  published = { ...JSON.parse((await runCommand(['results', 'ai-adoption', '--json'], folder)).out), labels };
}, 240_000);

/** What a reader reads, a line for each paragraph, point, heading and bar. */
function readAloud(page: string): string {
  const body = page
    .slice(page.indexOf('<body>'))
    .replace(/<svg[\s\S]*?<\/svg>/g, '')
    .replaceAll('\n', ' ');
  const marked = body
    .replace(/<h(\d)\b/g, (tag, level) => `\n${'#'.repeat(Number(level))} ${tag}`)
    .replace(/<li class="sn-chart[^>]*>/g, '\n    | ')
    .replace(/<(?:p class="sn-chart|figcaption)[^>]*>/g, '\n    [ ')
    .replace(/<li\b[^>]*>/g, '\n- ')
    .replace(/<p\b/g, '\n<p');
  return marked
    .split('\n')
    .map((line) => (/^\s+[|[]/.test(line) ? `    ${wordsIn(line)}` : wordsIn(line)))
    .join('\n')
    .replace(/\n\s*\n+/g, '\n')
    .trim();
}

test('reads, from its title to its fingerprint, as this file says', async () => {
  const [year = '', month, day] = published.madeOn.split('-');
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${year}-${month}-${day}T00:00:00Z`),
  );
  const words = readAloud(html).replaceAll(published.release.hash, 'HASH').replaceAll(date, 'DAY');
  await expect(`${words}\n`).toMatchFileSnapshot('pilot92-report.txt');
});

test('says no number that is not published, of that question, those people and that answer', () => {
  expect(findUntold(html, published)).toEqual([]);
});

test('a number that is planted anywhere is found', () => {
  const places = [...html.matchAll(/<(?:p|li|span)\b[^>]*>[^<]*?\d[^<]*</g)].flatMap(({ 0: piece, index }) =>
    [...piece.matchAll(/\d+/g)].map((number) => ({ at: index + (number.index ?? 0), digits: number[0] })),
  );
  const inText = places.filter(
    ({ at }) => html.lastIndexOf('>', at) > html.lastIndexOf('<', at) && at > html.indexOf('<body>'),
  );
  expect(inText.length).toBeGreaterThan(500);
  // Every seventh: each attack reads the whole report.
  const unseen = inText
    .filter((_, index) => index % 7 === 0)
    .filter(({ at, digits }) => {
      const planted = html.slice(0, at) + String(Number(digits) + 1) + html.slice(at + digits.length);
      return findUntold(planted, published).length === 0;
    });
  expect(unseen.map(({ at }) => html.slice(at - 40, at + 20))).toEqual([]);
}, 120_000);

test('is valid HTML that loads nothing from elsewhere', async () => {
  await expectValidHtml(html);
  expect(html).not.toMatch(/<(?:script|link rel="stylesheet"|img|iframe)|url\(|@import/);
});

test.each([320, 1280])('at %i pixels, and on paper', async (width) => {
  const page = await openPage({ width });
  await page.goto(pathToFileURL(file).href);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  const shots = process.env.SCREENSHOTS;
  if (shots) await page.screenshot({ path: `${shots}/report-${width}.png`, fullPage: true });
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav').first().isVisible()).toBe(false);
  const breaks = await page.evaluate<string[]>(
    `[...document.querySelectorAll('main > section > h2')].map((each) => getComputedStyle(each).breakBefore)`,
  );
  expect(new Set(breaks)).toEqual(new Set(['page']));
  if (shots && width === 1280)
    await page.pdf({ path: `${shots}/report.pdf`, preferCSSPageSize: true, printBackground: true });
});
