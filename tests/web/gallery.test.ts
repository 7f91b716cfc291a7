import express from 'express';
import { describe, expect, test } from 'vitest';
import { noStore, securityHeaders } from '../../src/web/headers.ts';
import { PATHS } from '../../src/web/paths.ts';
import { useTemplates } from '../../src/web/render.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { expectValidHtml } from '../support/html.ts';
import { serve } from '../support/site.ts';

const ERRORS = [
  { text: 'Choose an answer', href: '#S1' },
  { text: 'Choose an answer for “What it costs”', href: '#C1_cost' },
];

/** A page with every component, under the headers of the site. */
async function openGallery(): Promise<string> {
  const app = express();
  useTemplates(app);
  app.use(securityHeaders(undefined), noStore);
  app.use('/assets', express.static(PATHS.builtAssets));
  app.get('/:state', (request, response) => {
    const { state } = request.params;
    response.render(`${PATHS.root}tests/web/gallery.ejs`, {
      title: 'Every component',
      state,
      surveyTitle: 'AI in social enterprises',
      synthetic: true,
      back: { href: '/blank' },
      errors: state === 'wrong' ? ERRORS : [],
      languages: [
        { lang: 'en', name: 'English', href: '?lang=en' },
        { lang: 'cy', name: 'Cymraeg', href: '?lang=cy' },
      ],
    });
  });
  return serve(app);
}

describe.each([320, 1280])('at %i pixels', { timeout: 60_000 }, (width) => {
  describe.each([true, false])('with scripts: %s', (scripts) => {
    test.each(['blank', 'filled', 'wrong'])('axe finds nothing among the %s components', async (state) => {
      const page = await openPage({ width, scripts });
      await page.goto(`${await openGallery()}/${state}`);
      await screenshot(page, `gallery-${state}-${width}-${scripts ? 'scripts' : 'plain'}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
    });
  });
});

test.each([400, 500, 641, 700, 769, 800, 1024])(
  'nothing sticks out at %i pixels',
  { timeout: 60_000 },
  async (width) => {
    const page = await openPage({ width });
    await page.goto(`${await openGallery()}/wrong`);
    await expectNoSidewaysScroll(page);
  },
);

test.each(['blank', 'filled', 'wrong'])('the %s components are valid HTML', async (state) => {
  await expectValidHtml(await (await fetch(`${await openGallery()}/${state}`)).text());
});

test('the page asks for nothing but itself, its styles, its script and the font, and breaks no rule of its policy', {
  timeout: 60_000,
}, async () => {
  const page = await openPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(new URL(request.url()).pathname));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${await openGallery()}/wrong`, { waitUntil: 'networkidle' });
  expect(requests.filter((path) => path !== '')).toEqual([
    '/wrong',
    '/assets/soundings.css',
    '/assets/soundings.js',
    '/assets/atkinson-hyperlegible-next.woff2',
  ]);
  expect(complaints).toEqual([]);
});
