import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codebookPage } from '../../../src/release/bundle/codebook-page.ts';
import type { DataFile } from '../../../src/release/microdata/data-file.ts';
import { PATHS } from '../../../src/web/paths.ts';
import { renderPage } from '../../../src/web/render.ts';
import { expectNoAxeViolations, expectNoSidewaysScroll, openPage, screenshot } from '../../support/browser.ts';
import { testFolder } from '../../support/folder.ts';
import { expectValidHtml } from '../../support/html.ts';
import { idsIn, linksIn, partOf, wordsIn } from '../../support/page-html.ts';
import { EXAMPLE } from './example.ts';
import { GROUPED } from './grouped.ts';
import { randomFile } from './random-file.ts';
import { STUDY } from './study.ts';

const render = (file: DataFile) =>
  renderPage(join(PATHS.views, 'release/codebook.ejs'), { codebook: codebookPage(file, STUDY) });
const page = render(EXAMPLE);
const real = render({
  ...randomFile(300, 20, 4),
  about: { ...EXAMPLE.about, synthetic: false, language: 'en', leftOut: [] },
});

const grouped = render(GROUPED);

/** What a reader sees of the columns of a question. */
const blockOf = (name: string) =>
  wordsIn(partOf(grouped, new RegExp(`<section class="variable" id="of-${name}"`), '</section>'));

/** What a reader sees of a column. */
const sectionOf = (name: string) =>
  wordsIn(page.split(`<section class="variable" id="${name}">`)[1]?.split('</section>')[0] ?? '');

describe('codebook.html', () => {
  test('is this, to the byte', async () => {
    await expect(page).toMatchFileSnapshot('expected/codebook.html');
  });

  test('is valid, and needs nothing beside it', async () => {
    await expectValidHtml(page);
    await expectValidHtml(real);
    await expectValidHtml(grouped);
    expect(page).not.toMatch(/<script|<link|<img|url\(|@import|src=|https?:\/\/(?!example\.org)/);
  });

  test('has no id of its own that a column could have', () => {
    const variables = EXAMPLE.variables.map((variable, index) => ({
      ...variable,
      name: ['about', 'contents', 'missing', 'columns', 'all_columns'][index] ?? variable.name,
    }));
    const ids = idsIn(render({ ...EXAMPLE, variables }));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('leads to every column, each of which is there once', () => {
    const ids = idsIn(page);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { name } of EXAMPLE.variables) expect(ids).toContain(name);
    for (const { href } of linksIn(page)) expect(ids).toContain(href.slice(1));
  });

  test('shows question, who was asked, role, and each answer with how often it stands in the file', () => {
    expect(sectionOf('region')).toBe(
      'region Where the group meets Question REG Where the group meets Who was asked Everyone Worked out from R1, R2 ' +
        'Role Key: others could know it Withheld for some rows, to protect people. ' +
        '8 of 12 rows have an answer; percentages are of these Value Meaning Rows ' +
        '1 North 4 (50.0%) 2 South 4 (50.0%) 3 Ynys Môn 0 (0.0%) -6 Withheld to protect people 4 All columns',
    );
  });

  test('lists the numbers of a count where there are few, and the reasons for none of a column nobody answered', () => {
    expect(sectionOf('members')).toContain(
      '9 of 12 rows have an answer; percentages are of these Value Meaning Rows 0 1',
    );
    expect(sectionOf('nobody_asked')).toContain('0 of 12 rows have an answer Value Meaning Rows 1 Yes 0 (0.0%)');
    expect(sectionOf('weight')).toContain('A number with decimals.');
    expect(wordsIn(real)).toContain('A whole number, with more different values than are listed here.');
  });

  test('has the columns of a tick list in one table, with what is so in all of them said once', () => {
    expect(blockOf('t1_text')).toBe(
      'T1 Which tools do you use? Who was asked Everyone Role Answer Columns 3, with the same values ' +
        '0 Not ticked 1 Ticked -6 Withheld to protect people -1 Not asked: this question was not for them (2 rows in each column) ' +
        'How many of 12 rows have each value; percentages are of those with an answer ' +
        'Column 0 Not ticked 1 Ticked -6 Withheld to protect people ' +
        't1_text Writing 0 Not ticked 4 (40.0%) 1 Ticked 6 (60.0%) -6 Withheld to protect people 0 ' +
        't1_sound Sound Withheld for some rows, to protect people. ' +
        '0 Not ticked 5 (62.5%) 1 Ticked 3 (37.5%) -6 Withheld to protect people 2 ' +
        't1_none None 0 Not ticked 10 (100.0%) 1 Ticked 0 (0.0%) -6 Withheld to protect people 0 All columns',
    );
  });

  test('has the rows of a grid in one table, and leads to each of their names', () => {
    expect(blockOf('c1_cost')).toContain('None of 12 rows has an answer');
    expect(blockOf('c1_cost')).toContain('Withheld for some rows, in each column, to protect people.');
    const ids = idsIn(grouped);
    for (const { name } of GROUPED.variables) expect(ids).toContain(name);
    for (const { href } of linksIn(grouped)) expect(ids).toContain(href.slice(1));
    expect(new Set(ids).size).toBe(ids.length);
    expect(grouped.match(/<section/g)).toHaveLength(1 + 3);
  });

  test('leaves columns apart whose answers, roles or questions differ', () => {
    const [first, second, ...others] = GROUPED.variables.filter(({ question }) => question?.code === 'T1');
    if (!first || !second) throw new Error('no tick list');
    for (const change of [
      { role: 'sensitive' as const },
      { universe: 'Somebody else' },
      { categories: [...second.categories, { value: 2, label: 'Perhaps' }] },
      { question: { code: 'T1', text: 'Another wording?' } },
    ]) {
      const html = render({ ...GROUPED, variables: [first, { ...second, ...change }, ...others.slice(1)] });
      expect(html).not.toContain('class="matrix"');
    }
  });

  test('on paper no figure is cut off, and every page has its number', async () => {
    const path = join(testFolder(), 'codebook.html');
    writeFileSync(path, grouped);
    // A4 less its margins.
    const tab = await openPage({ width: 672 });
    await tab.emulateMedia({ media: 'print' });
    await tab.goto(`file://${path}`);
    await expectNoSidewaysScroll(tab);
    expect(await tab.evaluate('getComputedStyle(document.querySelector(".matrix thead")).display')).toBe(
      'table-header-group',
    );
    expect(grouped).toContain('counter(page)');
    await screenshot(tab, 'codebook-paper');
  });

  test('says in its title and first that made-up answers are made up, and nothing of the kind of people’s', () => {
    expect(page).toContain('<title>Synthetic data: Codebook of choirs, release 3</title>');
    expect(wordsIn(page.slice(page.indexOf('<body'), page.indexOf('<h1')))).toContain('every answer is made up');
    expect(real).not.toMatch(/synthetic data|made up/i);
  });

  test.each([320, 1280])('can be used by everybody at %i pixels, without scrolling sideways', async (width) => {
    const path = join(testFolder(), 'codebook.html');
    const tab = await openPage({ width });
    for (const [name, html] of [
      ['codebook', page],
      ['codebook-real', real],
      ['codebook-grouped', grouped],
    ] as const) {
      writeFileSync(path, html);
      await tab.goto(`file://${path}`);
      await expectNoSidewaysScroll(tab);
      await expectNoAxeViolations(tab);
      await screenshot(tab, `${name}-${width}`);
    }
  });
});
