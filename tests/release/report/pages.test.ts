/** The report on the site: for everybody of what is published, for staff, as a file; and what stands there before. */
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { openStaffSite } from '../../support/staff.ts';
import { CHOIRS, madeUp } from '../choirs.ts';
import { addAnswers, HABITS, openChoirs } from '../published.ts';
import { openReleases, signInAs } from '../staff/staff-releases.ts';

const STAFF = '/staff/surveys/choirs/results/report';

describe('for everybody', () => {
  test('it is of the latest approved release and changes with nothing else', async () => {
    const { db, results, entry } = await openChoirs(60);
    const before = await (await fetch(`${results}/report`)).text();
    expect(before).toContain(`The figures are those of release ${entry?.number}`);
    expect(before).toContain('60 answered.');
    await addAnswers(db, madeUp(getSurvey(CHOIRS), 30, 2, HABITS));
    expect(await (await fetch(`${results}/report`)).text()).toBe(before);
  });

  test('there is none while nothing is published', async () => {
    const { results } = await openChoirs(0);
    expect((await fetch(`${results}/report`)).status).toBe(404);
    expect((await fetch(`${results}/report.html`)).status).toBe(404);
  });

  test('as a file it says the same, without links around it', async () => {
    const { results } = await openChoirs(60);
    const file = await fetch(`${results}/report.html`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename=choirs-report-1-synthetic.html');
    const [page, text] = [await (await fetch(`${results}/report`)).text(), await file.text()];
    expect(text).not.toContain('Download as one HTML file');
    expect(text).toBe(page.replace(/<nav class="bar[\s\S]*?<\/nav>\n/, ''));
    await expectValidHtml(text);
  });

  test('only its own styles may be used', async () => {
    const { results } = await openChoirs(60);
    const policy = (await fetch(`${results}/report`)).headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/style-src 'sha256-[^']+'(?:;|$)/);
    expect(policy).not.toContain('unsafe');
  });

  test('it speaks the languages of the survey', async () => {
    const { results } = await openChoirs(60, 3, (file) => {
      file.languages = ['en', 'cy'];
    });
    const english = await (await fetch(`${results}/report`)).text();
    expect(english).toContain('hreflang="cy"');
    const welsh = await (await fetch(`${results}/report?lang=cy`)).text();
    expect(welsh).toContain('Adroddiad yn ôl cam');
    expect(welsh).toMatch(/\d+ o \d+ \(\d+%, cyfwng 95% \d+% i \d+%\)/);
    expect(welsh).not.toContain('95% interval');
  });

  test('what would run as markup is words', async () => {
    const { results } = await openChoirs(60, 3, (file) => {
      const [, views] = file.sections;
      if (views) views.title = '<script>alert(1)</script>';
    });
    const page = await (await fetch(`${results}/report`)).text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script');
  });
});

describe('for staff', () => {
  test('it says what to do while there is nothing to report on', async () => {
    const site = await openStaffSite();
    const browser = await signInAs(site, 'Bo', 'researcher', 'two-languages');
    await browser.open('/staff/surveys/two-languages/results/report');
    expect(browser.words).toContain(
      'make a release for the public or for the network, and have another person approve it',
    );
    expect(browser.link('Go to the releases').href).toBe('/staff/surveys/two-languages/releases');
    await browser.open('/staff/surveys/two-languages/results/report.html');
    expect(browser.address).toBe('/staff/surveys/two-languages/results/report');
  });

  test('it is of what is approved, not of what waits', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'researcher');
    await browser.open(STAFF);
    expect(browser.html).toContain('The figures are those of release 1');
    expect(browser.headers['cache-control']).toBe('no-store');
    await browser.follow('Download as one HTML file');
    expect(browser.headers['content-disposition']).toContain('choirs-report-1-synthetic.html');
  });

  test('an approver who is no researcher finds nothing there', async () => {
    const site = await openReleases();
    const browser = await signInAs(site, 'Bo', 'approver');
    await browser.open(STAFF);
    expect(browser.status).toBe(404);
  });
});

test.each([320, 1280])('at %i pixels nobody meets a fault', async (width) => {
  const page = await openPage({ width });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  const { results } = await openChoirs(92);
  await page.goto(`${results}/report`);
  await screenshot(page, `report-choirs-${width}`);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  const site = await openStaffSite();
  await lendCookies(page, await signInAs(site, 'Bo', 'researcher', 'two-languages'), site.url);
  await page.goto(`${site.url}/staff/surveys/two-languages/results/report`);
  await screenshot(page, `report-none-${width}`);
  await expectNoAxeViolations(page);
  await expectNoSidewaysScroll(page);
  expect(complaints).toEqual([]);
});
