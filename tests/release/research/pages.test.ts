/** Results for researchers who are signed in: the network tier's figures, and for nobody else. */
import { describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { linksIn } from '../../support/page-html.ts';
import { HOME, openFarms } from './farms-site.ts';

describe('the overview', () => {
  test('says which release the figures come from, and of every question what can be seen', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(HOME);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('release 1, made on 1 May 2027');
    expect(ida.words).toContain('100 rows');
    expect(ida.words).toContain('(k = 5)');
    expect(ida.words).toContain('Its rows are in 4 groups of at least 10.');
    expect(ida.words).toContain('Q2 . Crops with filters and side by side');
    expect(ida.words).toContain('No figures: withheld: even for everybody together some figures would be of fewer than 5');
    expect(ida.words).toContain('No figures: no figures of its own: the others are filtered and shown side by side by it');
    const addresses = linksIn(ida.html).map(({ href }) => href);
    expect(addresses).toContain(`${HOME}/Q2`);
    expect(addresses).toContain('/surveys/farms/results');
  });

  test('says what to do next where there is no release', async () => {
    const { ida } = await openFarms(['refused']);
    await ida.open(HOME);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('There are no figures for researchers yet.');
    expect(linksIn(ida.html)).toContainEqual({
      text: 'Make a release for the network',
      href: '/staff/surveys/farms/releases/new',
    });
  });

  test('says what is waited for where a release waits', async () => {
    const { ida } = await openFarms([]);
    await ida.open(HOME);
    expect(ida.words).toContain('Release 1 waits to be approved');
    expect((await ida.open(`${HOME}/Q2`)).address).toBe(HOME);
  });

  test('an approver, a researcher of another survey and the public find nothing there (S1)', async () => {
    const { site } = await openFarms(['approved']);
    const approver = await site.signIn(await site.add('Bo', { roles: [{ survey: 'farms', role: 'approver' }] }));
    const other = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
    for (const address of [HOME, `${HOME}/Q2`, `${HOME}/Q2.csv`, `${HOME}/Q2.png`]) {
      for (const somebody of [approver, other]) expect((await somebody.open(address)).status).toBe(404);
      const stranger = await fetch(site.url + address, { redirect: 'manual' });
      expect([stranger.status, stranger.headers.get('location')]).toEqual([303, '/staff/sign-in']);
    }
  });
});

describe('a question', () => {
  test('T9: stands word for word, with its base, its figures and their intervals, side by side and with filters', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/Q2?by=k1&where_size=micro&where_size=small`);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('Which crops?');
    expect(ida.words).toContain('North: base 25, those who answered of 25 selected.');
    expect(ida.words).toContain('12 of 25 (48%), 30% to 66.5%');
    expect(ida.words).toContain('5 of 25 (20%), 8.9% to 39.1%');
    // What is on, and the way out of each.
    expect(ida.words).toContain('size: Micro or Small Remove');
    expect(linksIn(ida.html).map(({ href }) => href)).toContain(`${HOME}/Q2?by=k1`);
    expect(ida.html).toMatch(/<option value="k1" selected/);
    expect(ida.html).toMatch(/value="micro" checked/);
  });

  test('shows what is taken together as a row of its own, told in the same groups', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/Q2`);
    expect(ida.words).toContain('Together: Any grain');
  });

  test.each([
    ['one that is not there', 'Q7', 404, 'Page not found'],
    ['one that is withheld', 'Q3', 200, 'Q3 cannot be shown'],
    ['one that is a key', 'K1', 200, 'No figures'],
    ['one with a value that is none', 'Q2?where_size=%3Cb%3E', 422, '&quot;&lt;b&gt;&quot; is not a value of size'],
    ['one with a filter by what is none', 'Q2?where_colour=red', 422, 'Nothing called &quot;colour&quot;'],
    ['one by what is none', 'Q2?by=colour', 422, 'Nothing called &quot;colour&quot;'],
    ['one asked for as no page does', 'Q2?by=k1&by=size', 400, 'address'],
    ['one by a word that is too long', `Q2?by=${'k'.repeat(300)}`, 400, 'address'],
  ])('%s is refused in words and without a figure', async (_, address, status, words) => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/${address}`);
    expect(ida.status).toBe(status);
    expect(ida.html).toContain(words);
    expect(ida.html).not.toContain('sn-figures');
  });

  test.each([320, 1280])('looks right at %i pixels', { timeout: 120_000 }, async (width) => {
    const page = await openPage({ width });
    const { site, ida } = await openFarms(['approved']);
    await lendCookies(page, ida, site.url);
    for (const [name, address] of [
      ['overview', ''],
      ['question', '/Q2'],
      ['groups', '/Q2?by=k1&where_size=micro&where_size=large&sort=north&order=up'],
      ['withheld', '/Q3'],
      ['wrong', '/Q2?by=colour'],
    ] as const) {
      await page.goto(site.url + HOME + address);
      await screenshot(page, `research-${name}-${width}`);
      await expectNoAxeViolations(page);
      await expectNoSidewaysScroll(page);
      if (width === 1280) await expectValidHtml(await page.content());
    }
  });
});
