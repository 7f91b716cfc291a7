import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { resultsCsv } from '../../src/release/tables/results-file.ts';
import { choirs, madeUp, protectAnswers } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

const text = async (address: string) => (await fetch(address)).text();
type Line = Record<string, string>;
const csvOf = async (address: string): Promise<Line[]> => parse(await text(`${address}.csv`), { columns: true });

test('before anything is published the page says so, and there are no files', async () => {
  const { results } = await openChoirs(0);
  const page = await fetch(results);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('No results are published at the moment.');
  expect((await fetch(`${results}.csv`)).status).toBe(404);
  expect((await fetch(`${results}.json`)).status).toBe(404);
});

test('the files of the 92 choirs are these, to the byte', async () => {
  const { results } = await openChoirs(92);
  await expect(await text(`${results}.csv`)).toMatchFileSnapshot('./expected/results.csv');
});

test('the CSV is UTF-8 without a mark, with CRLF, one line for each figure and the same columns in all', async () => {
  const { results } = await openChoirs(92);
  const response = await fetch(`${results}.csv`);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(response.headers.get('content-disposition')).toBe('attachment; filename=choirs-results-1-synthetic.csv');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.subarray(0, 8).toString()).toBe('question');
  const lines = bytes.toString('utf8').split('\r\n');
  expect(lines.some((line) => line.includes('\n'))).toBe(false);
  expect(new Set(parse(bytes).map((row: string[]) => row.length)).size).toBe(1);
  expect(bytes.toString()).toContain("'=A course");
});

test('T6: page, chart, CSV and JSON say the same of every figure, and the same of every hidden one', async () => {
  const { results } = await openChoirs(92);
  const lines = await csvOf(results);
  const { figures } = JSON.parse(await text(`${results}.json`));
  expect(figures.map(({ state, n }: { state: string; n?: number }) => [state, String(n ?? '')])).toEqual(
    lines.map(({ state, n }) => [state, n]),
  );
  for (const segment of ['', 'stage', 'size']) {
    const pages = await Promise.all(
      ['start', 'views'].map((section) => text(`${results}?section=${section}&by=${segment}`)),
    );
    for (const question of ['V1', 'U1', 'S1']) {
      const all = lines.filter((line) => line.question === question && line.segment === segment);
      // A group of which everything is hidden is told in words.
      const told = new Set(all.filter(({ state }) => state === 'shown').map((line) => line.segment_value));
      const own = all.filter((line) => told.has(line.segment_value));
      if (own.length === 0) continue;
      const html = pages.map((page) => sectionOf(page, question)).find((part) => part !== undefined) ?? '';
      const printed = [...html.matchAll(/"sn-figures__figure">([^<]*)</g)].map(([, cell = '']) => cell.trim());
      const expected = own.map(sayLine);
      // A table without segments has a column with the interval beside each figure.
      expect(printed.filter((cell) => !/% to |^$/.test(cell)).sort()).toEqual(
        segment === '' ? [...expected, ...expected.filter((each) => each === 'hidden')].sort() : expected.sort(),
      );
      const drawn = [...html.matchAll(/class="sn-chart__value [^>]*>([^<]*)</g)].map(([, value]) => value);
      if (drawn.length === 0) continue;
      const countOf = (part: string) => html.split(`class="${part}"`).length - 1;
      expect(drawn.sort()).toEqual(own.map(sayLine).sort());
      expect(countOf('sn-chart__bar')).toBe(own.filter(({ state, n }) => state === 'shown' && n !== '0').length);
      expect(countOf('sn-chart__hidden')).toBe(own.filter(({ state }) => state === 'hidden').length);
    }
  }
});

function sayLine({ state, n, base, percent }: Line): string {
  return state === 'shown' ? `${n} of ${base} (${percent}%)` : 'hidden';
}

const mainOf = (page: string) => /<main.*<\/main>/s.exec(page)?.[0] ?? '';

/** What a reader sees of some HTML: of a page, its main part. */
function wordsOf(html: string): string {
  return (mainOf(html) || html)
    .replaceAll(/<svg.*?<\/svg>|<[^>]*>/gs, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function sectionOf(page: string, question: string): string | undefined {
  const [, rest] = page.split(`id="${question.toLowerCase()}"`);
  return rest?.split('</section>')[0];
}

test('R2: nothing public changes while answers come in: the next release does', async () => {
  const { db, results } = await openChoirs(92);
  const before = [await text(results), await text(`${results}.csv`), await text(`${results}.json`)];
  await addAnswers(db, madeUp(choirs, 20, 99, HABITS));
  expect([await text(results), await text(`${results}.csv`), await text(`${results}.json`)]).toEqual(before);
  await publishChoirs(db);
  expect(await text(results)).toContain('112 answered by 1 May 2027. This is release 2.');
  expect(await text(results)).toContain('This is release 2');
});

test('the headline stands first with its strict reading beside it, under the label of made-up data', async () => {
  const { results } = await openChoirs(92);
  const page = await text(results);
  expect(page).toContain('Synthetic data');
  expect(page).toContain('Stage, once is not enough');
  expect(page.indexOf('class="sn-chart"')).toBeGreaterThan(0);
  expect(page.indexOf('class="sn-chart"')).toBeLessThan(page.indexOf('All questions'));
});

test('the heading says whose results they are, and then how many answered, when, and that they are made up', async () => {
  const { results } = await openChoirs(92);
  const [overview, section] = [wordsOf(await text(results)), wordsOf(await text(`${results}?section=views`))];
  expect(overview).toMatch(
    /^Choirs and recording \(synthetic\): results 92 answered by 1 May 2027\. This is release 1\. All these answers are made up/,
  );
  expect(section).toMatch(
    /^All results Choirs and recording \(synthetic\): results Views 92 answered by 1 May 2027\. This is release 1\./,
  );
});

test('who answers is called by no name that a survey has not given', async () => {
  const { results } = await openChoirs(92);
  for (const query of ['', '?by=size', '?section=views', '?section=views&by=stage']) {
    expect(wordsOf(await text(results + query))).not.toMatch(/organisation|enterprise|people who said/i);
  }
});

test('questions that too few answered stand apart, without a link, and a sentence says why', async () => {
  const { results } = await openChoirs(25);
  const overview = mainOf(await text(results));
  const [withFigures = '', without = ''] = overview.split('id="too-few"');
  for (const title of ['How many sing?', 'Is recording worth it?', 'What would help?']) {
    expect(withFigures).toMatch(new RegExp(`<a [^>]*>${title.replace('?', '\\?')}</a>`));
  }
  for (const title of ['Recording', 'Do recordings show children?', 'How good do they sound?']) {
    expect(withFigures).not.toContain(`>${title}<`);
    expect(without).toContain(`<li>${title}</li>`);
  }
  expect(wordsOf(without)).toContain('Fewer than 10 answered these questions');
  expect(wordsOf(without)).toContain('See the questions without figures: 5');
});

test('a section lists them at its end, under the address that led to them before', async () => {
  const { results } = await openChoirs(25);
  const section = mainOf(await text(`${results}?section=views`));
  const [shown = '', silent = ''] = section.split('Too few answers to show</h2>');
  expect([...shown.matchAll(/sn-results__question" id="(\w+)"/g)].map(([, id]) => id)).toEqual([
    'v1',
    'u1',
    'c1',
    'c1_count',
  ]);
  expect([...silent.matchAll(/<li id="(\w+)"/g)].map(([, id]) => id)).toEqual(['h1', 'n1', 'k1', 'r1']);
});

test('a section without any figures is marked among the sections', async () => {
  const { results } = await openChoirs(16, 3, ({ sections }) => {
    const pages = sections[1]?.pages.splice(1) ?? [];
    sections.push({ code: 'recordings', title: 'Recordings', pages });
  });
  const [, sections = ''] = (await text(`${results}?section=start`)).split('id="sections"');
  expect(wordsOf(sections)).toContain('Recordings (too few answers to show)');
  expect(wordsOf(sections)).not.toContain('Views (too few');
});

test('a group of which everything is hidden is told in a sentence, and has no bars and no column', async () => {
  const { results } = await openChoirs(92);
  const headline = sectionOf(await text(`${results}?by=size`), 'stage') ?? '';
  expect(wordsOf(headline)).toContain('More than 20 or not known: too few gave each answer to show anything.');
  expect(headline).not.toContain('sn-chart__hidden');
  expect(headline.match(/role="columnheader"/g)).toHaveLength(2);
});

test('every part of a table says what it is, for browsers that forget it where styles make cards', async () => {
  const { results } = await openChoirs(92);
  const page = await text(results);
  for (const [tag, role] of [
    ['table', 'table'],
    ['thead', 'rowgroup'],
    ['tbody', 'rowgroup'],
    ['tr', 'row'],
    ['td', 'cell'],
  ]) {
    const own = page.match(new RegExp(`<${tag}\\b[^>]*>`, 'g')) ?? [];
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((each) => !each.includes(`role="${role}"`))).toEqual([]);
  }
  const heads = page.match(/<th\b[^>]*>/g) ?? [];
  expect(heads.filter((each) => !/role="(columnheader" scope="col|rowheader" scope="row)"/.test(each))).toEqual([]);
});

test('a question that cannot be shown by the groups asked for says so before its figures', async () => {
  const { results } = await openChoirs(92);
  const question = wordsOf(sectionOf(await text(`${results}?section=start&by=size`), 'S1') ?? '');
  expect(question.indexOf('Shown for everyone only')).toBeGreaterThan(0);
  expect(question.indexOf('Shown for everyone only')).toBeLessThan(question.indexOf('Often'));
});

test('each state in the files is explained on the page, in the JSON and in the documents', async () => {
  const { results } = await openChoirs(25);
  const lines = await csvOf(results);
  const json = JSON.parse(await text(`${results}.json`));
  const states = Object.keys(json.states);
  expect(new Set(lines.map(({ state }) => state))).toEqual(new Set(states));
  const page = await text(results);
  const documented = readFileSync(new URL('../../docs/files.md', import.meta.url), 'utf8');
  for (const state of states) {
    expect(page).toContain(`<code>${state}</code>`);
    expect(documented).toContain(`| \`${state}\` |`);
  }
  for (const column of Object.keys(lines[0] ?? {})) expect(documented, column).toContain(`| \`${column}\` |`);
});

test('each line of the CSV says whether its figure is made up', async () => {
  const { results } = await openChoirs(92);
  expect(new Set((await csvOf(results)).map(({ synthetic }) => synthetic))).toEqual(new Set(['true']));
  const real: Line[] = parse(
    resultsCsv((await protectAnswers(choirs, madeUp(choirs, 92, 3), { synthetic: false })).tables),
    {
      columns: true,
    },
  );
  expect(new Set(real.map(({ synthetic }) => synthetic))).toEqual(new Set(['false']));
});

test('another language is of the same figures, and stays', async () => {
  const { results } = await openChoirs(92, 3, (file) => {
    file.languages = ['en', 'cy'];
  });
  const english = await fetch(`${results}?section=views&by=stage`);
  const [, href = ''] = /<a [^>]*href="([^"]*)" hreflang="cy"/.exec(await english.text()) ?? [];
  expect(href.replaceAll('&amp;', '&')).toBe('?section=views&by=stage&lang=cy');
  const welsh = await fetch(results + href.replaceAll('&amp;', '&'));
  expect(await welsh.text()).toContain('canlyniadau');
  const cookie = welsh.headers.get('set-cookie')?.split(';')[0] ?? '';
  expect(await (await fetch(results, { headers: { cookie } })).text()).toContain('canlyniadau');
});

test('before anything is published the page is called by the survey, and leads to it', async () => {
  const { results } = await openChoirs(0);
  const page = mainOf(await text(results));
  expect(wordsOf(page)).toMatch(
    /^Choirs and recording \(synthetic\): results No results are published at the moment\./,
  );
  expect(page).toContain('href="/surveys/choirs"');
});

test('"leave out don’t know" changes the base and prints the new one', async () => {
  const { results } = await openChoirs(400);
  const baseIn = (page: string) => / of (\d+) \(/.exec(sectionOf(page, 'V1') ?? '')?.[1];
  const [kept, out] = [await text(`${results}?section=views`), await text(`${results}?section=views&dontknow=out`)];
  const v1 = (await csvOf(results)).filter((line) => line.question === 'V1' && line.segment === '');
  const dontKnow = Number(v1.find((line) => line.option === 'dk')?.n);
  expect(dontKnow).toBeGreaterThan(0);
  expect(Number(baseIn(kept)) - Number(baseIn(out))).toBe(dontKnow);
  expect(sectionOf(out, 'V1')).not.toContain('>Don’t know<');
});

test('the switch is not offered where it would change nothing, and says what it did where it does', async () => {
  const { results } = await openChoirs(400);
  const page = wordsOf(await text(`${results}?section=views&dontknow=out`));
  expect(page).toContain('“Don’t know” is left out of these figures');
  expect(page).toContain('Include those who said “Don’t know”');
  expect(wordsOf(await text(`${results}?section=views`))).not.toContain('is left out of these figures');
  const nobody = await openChoirs(92, 3, undefined, ['V1', 'U1', 'N1']);
  expect(wordsOf(await text(`${nobody.results}?section=views`))).not.toContain('Don’t know”');
});

test('leaving out "don’t know" makes no question vanish', async () => {
  for (const n of [25, 60, 92, 150]) {
    const { results } = await openChoirs(n);
    for (const by of ['', '&by=stage', '&by=size']) {
      for (const section of ['start', 'views']) {
        const pages = [`${results}?section=${section}${by}`, `${results}?section=${section}${by}&dontknow=out`];
        const [kept, out] = await Promise.all(
          pages.map(async (page) => (await text(page)).match(/__question" id="\w+"/g)),
        );
        expect(out, `${n} ${section} ${by}`).toEqual(kept);
      }
    }
  }
});

test('questions that nobody answered stand apart from those that too few did, and made-up answers say what they lack', async () => {
  const { results } = await openChoirs(92, 3, undefined, ['C1', 'Z1']);
  const overview = mainOf(await text(results));
  expect(wordsOf(overview)).toContain('They cover only part of the questionnaire: nobody answered 1 of its questions.');
  const [before = '', nobody = ''] = overview.split('id="nobody"');
  expect(wordsOf(nobody)).toContain('See the questions that nobody answered: 1');
  expect(nobody).toContain('<li>How much of a problem is each?</li>');
  expect(before).not.toContain('How much of a problem is each?');
  // It is worked out from that question, and was asked of nobody.
  expect(overview).not.toContain('Problems raised');
  const section = wordsOf(await text(`${results}?section=views`));
  expect(section).toMatch(
    /Questions that nobody answered No answer is hidden here: there is none\. How much of a problem/,
  );
  expect(section).not.toContain('They cover only part');
  expect(wordsOf(await text((await openChoirs(92)).results))).not.toContain('nobody answered');
});

test('the headline says what its stages mean and where they come from', async () => {
  const { results } = await openChoirs(92, 3, ({ stageRule }) => {
    const [stage, strict] = stageRule.gives;
    if (!stage || !strict) throw new Error('the choirs have two readings');
    stage.description = 'Whether a choir records itself.';
    for (const value of stage.values) value.description = `It says ${value.code}.`;
    strict.description = 'Once does not count.';
  });
  const page = await text(results);
  const told = wordsOf(sectionOf(page, 'stage') ?? '');
  expect(told).toMatch(
    /Stage Whether a choir records itself\. Worked out from the answers to: “Recording”\. Known for 92 of 92\./,
  );
  // Under the chart, where the eye comes to it from the bars.
  expect(told).toMatch(
    / Records It says user\. Will record It says future\. Does not record It says non\. See the figures/,
  );
  expect(wordsOf(page)).toContain('Stage, once is not enough Once does not count.');
  expect(wordsOf(page)).not.toContain('For everyone.');
  expect(wordsOf(await text(`${results}?by=size`))).toContain('Other ways to count For everyone.');
});

test('a count is told in a sentence with the most that it can be', async () => {
  const { results } = await openChoirs(92);
  const mean = (await csvOf(results)).find(
    ({ variable, measure, segment }) => variable === 'c1_count' && measure === 'mean' && segment === '',
  )?.mean;
  const count = sectionOf(await text(`${results}?section=views`), 'c1_count') ?? '';
  expect(wordsOf(count)).toContain(`Average: ${mean} of 2.`);
  expect(count).toMatch(/<details [^>]*open/);
});

test('how to read the figures is one step from the top of every page, in words that need no statistics', async () => {
  const { results } = await openChoirs(92);
  for (const query of ['', '?section=views']) {
    const page = mainOf(await text(results + query));
    expect(page.indexOf('href="#how-to-read"')).toBeLessThan(page.indexOf('id="show-by"'));
    expect(page).toContain('id="how-to-read"');
    expect(wordsOf(page)).toContain('Each number from 1 to 4 is hidden');
    expect(wordsOf(page)).not.toMatch(/Wilson|confidence|less than 5/);
  }
});

test.each(['?section=nothing', '?by=nothing', '?section=views&by=O1'])(
  'T1: what is published is a list of tables, and there is no page %s',
  async (query) => {
    const { results } = await openChoirs(92);
    expect((await fetch(results + query)).status).toBe(404);
  },
);

test('a survey that is not there has no results', async () => {
  const { results } = await openChoirs(0);
  for (const end of ['', '.csv', '.json']) {
    expect((await fetch(results.replace('choirs', 'nothing') + end)).status).toBe(404);
  }
});
