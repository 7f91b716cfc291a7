import express, { type Express } from 'express';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { createApp, routesOf } from '../../src/app.ts';
import { PATHS } from '../../src/web/paths.ts';
import { useTemplates } from '../../src/web/render.ts';
import { mountRoutes } from '../../src/web/route-table.ts';
import { type OpenSurvey, siteRoutes } from '../../src/web/routes.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../support/browser.ts';
import { expectValidHtml } from '../support/html.ts';
import { openSite, serve, testContext } from '../support/site.ts';

const SURVEYS: readonly OpenSurvey[] = [
  {
    survey: 'ai-adoption',
    lang: 'en',
    title: 'AI in social enterprises',
    summary: 'How organisations like yours take up AI, or why they do not.',
    minutes: 'about 10 to 15 minutes',
    synthetic: true,
  },
  { survey: 'b', lang: 'cy', title: '<i>B</i>', summary: 'A & B', minutes: '1 minute', synthetic: false },
];

/** The site's own pages with these surveys open. */
function siteWith(surveys: readonly OpenSurvey[], checkStore = async () => {}): Express {
  const app = express();
  useTemplates(app);
  app.use('/assets', express.static(PATHS.builtAssets));
  mountRoutes(
    app,
    siteRoutes({
      findOpenSurveys: async () => surveys,
      findClosedSurveys: async () => [],
      hasEvents: async () => false,
      checkStore,
    }),
  );
  return app;
}

describe('the list of surveys', () => {
  test('names each open survey and leads to it', async () => {
    const { text } = await supertest(siteWith(SURVEYS)).get('/');
    expect(text).toContain('<a class="govuk-link" href="/surveys/ai-adoption">AI in social enterprises</a>');
    expect(text).toContain('Takes about 10 to 15 minutes');
    expect(text.match(/Synthetic data/g)).toHaveLength(1);
    expect(text).toContain('<section class="sn-card" lang="cy">');
    expect(text).toContain('&lt;i&gt;B&lt;/i&gt;');
  });

  test('says so when there is none', async () => {
    const { text } = await supertest(siteWith([])).get('/');
    expect(text).toContain('No survey is open at the moment.');
  });
});

describe('/health', () => {
  test('says ok while the store answers', async () => {
    const response = await supertest(createApp(await testContext())).get('/health');
    expect([response.status, response.body]).toEqual([200, { status: 'ok' }]);
  });

  test('is 503 while it does not', async () => {
    const locked = siteWith([], () => Promise.reject(new Error('locked')));
    const response = await supertest(locked).get('/health');
    expect([response.status, response.body]).toEqual([503, { status: 'unavailable' }]);
  });
});

test('every address that the site answers stands in the route table, and the other way round', async () => {
  const context = await testContext();
  const app = createApp(context);
  const answered = app.router.stack.flatMap(({ route }) =>
    // A route layer's methods are in its own stack, each with every handler that a request goes through.
    route ? [...new Set(route.stack.map(({ method }) => `${method} ${route.path}`))] : [],
  );
  expect(answered).toEqual(routesOf(context).map(({ method, path }) => `${method} ${path}`));
});

describe('each page is sound', { timeout: 60_000 }, () => {
  const PAGES = ['/', '/privacy', '/accessibility', '/nowhere'] as const;

  test.each(PAGES)('%s is valid HTML', async (path) => {
    const { url } = await openSite();
    await expectValidHtml(await (await fetch(url + path)).text());
  });

  test('the content begins under the name of the site, however short it is', async () => {
    const page = await openPage();
    await page.goto(`${(await openSite()).url}/nowhere`);
    const left = async (selector: string) => (await page.locator(selector).boundingBox())?.x;
    expect(await left('h1')).toBe(await left('.sn-header__name'));
  });

  test('the list of surveys is valid HTML', async () => {
    await expectValidHtml((await supertest(siteWith(SURVEYS)).get('/')).text);
  });

  test.each(PAGES.flatMap((path) => [320, 1280].map((width) => [path, width] as const)))(
    'axe finds nothing on %s at %i',
    async (path, width) => {
      const page = await openPage({ width });
      await page.goto((await openSite()).url + path);
      await screenshot(page, `site-${path.slice(1) || 'home'}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
    },
  );

  test.each([320, 1280])('axe finds nothing on the list of surveys at %i', async (width) => {
    const page = await openPage({ width });
    await page.goto(await serve(siteWith(SURVEYS)));
    await screenshot(page, `site-surveys-${width}`);
    await expectNoAxeViolations(page);
  });
});
