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
import { idsIn, linksIn, wordsIn } from '../../support/page-html.ts';
import { EXAMPLE } from './example.ts';
import { randomFile } from './random-file.ts';
import { STUDY } from './study.ts';

const render = (file: DataFile) =>
  renderPage(join(PATHS.views, 'release/codebook.ejs'), { codebook: codebookPage(file, STUDY) });
const page = render(EXAMPLE);
const real = render({
  ...randomFile(300, 20, 4),
  about: { ...EXAMPLE.about, synthetic: false, language: 'en', leftOut: [] },
});

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
    ] as const) {
      writeFileSync(path, html);
      await tab.goto(`file://${path}`);
      await expectNoSidewaysScroll(tab);
      await expectNoAxeViolations(tab);
      await screenshot(tab, `${name}-${width}`);
    }
  });
});
