/** A real browser: the Chromium that comes through npm, or the system's. */
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { unpackBrowser } from './bundled-browser.ts';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** One for all files that a process runs. It goes with the process, whose end closes the pipe between the two. */
let browser: Promise<Browser> | undefined;

const OPTIONS = {
  // A name that is not "localhost": what browsers do on plain http elsewhere can be tested.
  args: ['--no-sandbox', '--host-resolver-rules=MAP soundings.test 127.0.0.1'],
  // A process that waits for its browser to close would not end when it is told to.
  handleSIGINT: false,
  handleSIGTERM: false,
  handleSIGHUP: false,
};

/**
 * Everybody tests with the browser that comes through npm: its version is the same everywhere, and without a window it takes a
 * third of the time that a desktop's takes. Where it does not start, or with BROWSER=installed, the system's is used.
 */
async function launch(): Promise<Browser> {
  const programs = [
    ...(process.env.BROWSER === 'installed' ? [] : [unpackBrowser]),
    ...INSTALLED.filter(existsSync).map((executablePath) => () => ({ executablePath, env: {} })),
  ];
  const reasons: unknown[] = [];
  for (const find of programs) {
    try {
      const { executablePath, env } = find();
      return await chromium.launch({ ...OPTIONS, executablePath, env: { ...process.env, ...env } });
    } catch (error) {
      // Some systems keep a stub under the name, which only says how to install it.
      reasons.push(error);
    }
  }
  throw new AggregateError(reasons, 'There is no browser to test with: run npm ci, or install Chromium.');
}

export interface PageOptions {
  /** CSS pixels; 320 is the narrowest phone, and 1280 at 400% zoom. */
  readonly width?: number;
  /** False: our scripts never arrive, as on a bad line. Scripts as such stay possible, for axe needs them. */
  readonly scripts?: boolean;
  readonly forcedColors?: 'active' | 'none';
}

/** A fresh page with its own cookies, closed when the test ends. */
export async function openPage({
  width = 1280,
  scripts = true,
  forcedColors = 'none',
}: PageOptions = {}): Promise<Page> {
  browser ??= launch();
  const context = await (await browser).newContext({
    viewport: { width, height: 900 },
    forcedColors,
    reducedMotion: 'reduce',
  });
  onTestFinished(() => context.close());
  // On a busy machine a page may take its time; no test measures it.
  context.setDefaultTimeout(100_000);
  if (!scripts) await context.route(/\.js(\?|$)/, (route) => route.abort());
  return context.newPage();
}

/** Fails with the rule and the elements where axe finds a fault in the page as it is now. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  // Every rule is tried; what passes it is not listed element by element, which would take as long again.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ['violations'] })
    .analyze();
  expect(violations.map(({ id, nodes }) => ({ id, where: nodes.map((node) => node.html) }))).toEqual([]);
}

/** Fails where the page scrolls sideways, and says which elements stick out. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  // As text: the browser's own names are not known to the types of a program for Node.
  const tooWide = await page.evaluate<string[]>(`
    const width = document.documentElement.clientWidth;
    document.documentElement.scrollWidth <= width ? [] : [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1)
      .map((element) => element.tagName + ' ' + element.className)`);
  expect(tooWide).toEqual([]);
}

/** Opens all that is folded, so that it is looked at too. */
export async function openDetails(page: Page): Promise<void> {
  // As text: the browser's own names are not known to the types of a program for Node.
  await page.evaluate('for (const box of document.querySelectorAll("details")) box.open = true');
}

/** Saves a picture of the whole page where SCREENSHOTS names a folder; else does nothing. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}
