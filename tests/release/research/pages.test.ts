/** Results for researchers who are signed in: the network tier's figures, and for nobody else. */
import { describe, expect, test } from 'vitest';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { expectValidHtml } from '../../support/html.ts';
import { lendCookies } from '../../support/in-browser.ts';
import { linksIn } from '../../support/page-html.ts';
import { madeUp } from '../network/made-up-farms.ts';
import { HOME, openFarms } from './farms-site.ts';
import { tablesIn } from './figures-in.ts';

const GROWN = madeUp(3000, 4);

describe('the overview', () => {
  test('says which release the figures come from, and of every question what can be seen', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(HOME);
    expect(ida.status).toBe(200);
    expect(ida.words).toContain('release 1, made on 1 May 2027');
    expect(ida.words).toContain('100 rows');
    expect(ida.words).toContain('(k = 5)');
    expect(ida.words).toContain('Its rows are in 4 groups of at least 10.');
    expect(ida.words).toContain('Q2 . Crops With filters and side by side.');
    expect(ida.words).toContain(
      'Q3 . Question Q3? Withheld: even for everybody together some figures would be of fewer',
    );
    expect(ida.words).toContain('K1 . Question K1? How many there are of each.');
    expect(ida.words).toContain('K2 . Question K2? Not in the data file: it is not among the columns');
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
    // On paper stays who is shown, and nothing to press.
    expect(ida.html).toContain('<section aria-labelledby="who">');
    expect(ida.html).toMatch(/<form class="sn-no-print" method="get"/);
    expect(ida.html).toMatch(/<h3 class="govuk-heading-s sn-no-print" id="files">/);
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

  test('of who respondents are says how many there are of each, as filters count them', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/K1`);
    expect(tablesIn(ida.html)[0]?.rows).toEqual([
      ['North', '50 of 100 (50%)', '40.4% to 59.6%'],
      ['South', '50 of 100 (50%)', '40.4% to 59.6%'],
    ]);
    await ida.open(`${HOME}/size`);
    expect(tablesIn(ida.html).map(({ caption, rows }) => [caption, rows.length])).toEqual([
      ['size', 4],
      ['Size, wide', 2],
    ]);
  });

  test('leads to the one before and after it, and back to all', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/Q2`);
    const links = linksIn(ida.html).map(({ text, href }) => `${text} ${href}`);
    expect(links).toContain(`Before: Q1. Question Q1? ${HOME}/Q1`);
    expect(links).toContain(`Next: Q3. Question Q3? ${HOME}/Q3`);
    expect(links).toContain(`All questions ${HOME}`);
  });

  test('can be sorted by any column and back; what is taken together stays last', async () => {
    const { ida } = await openFarms(['approved', GROWN]);
    const labels = async (query: string) => {
      await ida.open(`${HOME}/Q2${query}`);
      return tablesIn(ida.html)[0]?.rows.map(([label]) => label);
    };
    const last = 'Together: Any grain';
    expect(await labels('')).toEqual(['q2_wheat', 'q2_rye', 'q2_none', last]);
    expect(await labels('?sort=figure&order=up')).toEqual(['q2_none', 'q2_rye', 'q2_wheat', last]);
    expect(await labels('?sort=answer&order=down')).toEqual(['q2_wheat', 'q2_rye', 'q2_none', last]);
    expect(await labels('?sort=answer&order=up')).toEqual(['q2_none', 'q2_rye', 'q2_wheat', last]);
    expect(ida.html).toContain('aria-sort="ascending"');
    expect(await labels('?sort=nothing')).toEqual(['q2_wheat', 'q2_rye', 'q2_none', last]);
  });

  test('says in words which groups differ clearly, and plainly that none do', async () => {
    const { ida } = await openFarms(['approved']);
    await ida.open(`${HOME}/Q2?by=k1`);
    expect(ida.words).toContain('q2_wheat: North (48%) more often than South (20%).');
    expect(ida.words).toContain('corrected for the comparisons on this page');
    await ida.open(`${HOME}/Q2?by=size`);
    expect(ida.words).toContain('No clear difference between these groups');
    expect(ida.words).not.toContain('more often than');
    await ida.open(`${HOME}/Q2`);
    expect(ida.words).not.toContain('lear difference');
  });

  test('T11: is weighted where the file has weights, with unweighted counts and bases; not with filters', async () => {
    const { ida } = await openFarms(['approved', GROWN.map((row) => ({ ...row, weight: row.size === 1 ? 0.7 : 1.6 }))]);
    await ida.open(`${HOME}/Q2`);
    expect(ida.words).toContain(
      'Percentages are weighted to the population, and numbers are of people. Design effect 1.1',
    );
    expect(ida.words).toMatch(/effective base \d+\./);
    expect(ida.words).toMatch(/\d+% \(\d+ of \d+\)/);
    const bases = /(\d+) selected/.exec(ida.words)?.[1];
    await ida.follow('Show without weights');
    expect(ida.words).toMatch(/\d+ of \d+ \(\d+%\)/);
    expect(ida.words).not.toMatch(/% \(\d+ of/);
    expect(/(\d+) selected/.exec(ida.words)?.[1]).toBe(bases);
    await ida.open(`${HOME}/Q2?where_size_wide=smaller`);
    expect(ida.words).toContain('Not weighted. With filters nothing is');
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
      ['key', '/size'],
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
