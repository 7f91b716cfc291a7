import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { choirs, madeUp } from './choirs.ts';
import { addAnswers, HABITS, openChoirs, publishChoirs } from './published.ts';

const text = async (address: string) => (await fetch(address)).text();
type Line = Record<string, string>;
const csvOf = async (address: string): Promise<Line[]> => parse(await text(`${address}.csv`), { columns: true });

test('before anything is published the page says so, and there are no files', async () => {
  const { results } = await openChoirs(0);
  const page = await fetch(results);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('No results have been published yet.');
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

test('page, chart, CSV and JSON say the same of every figure, and the same of every hidden one', async () => {
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
      const own = lines.filter(
        (line) => line.question === question && line.segment === segment && line.state !== 'withheld',
      );
      if (own.length === 0) continue;
      const html = pages.map((page) => sectionOf(page, question)).find((part) => part !== undefined) ?? '';
      const printed = [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell = '']) => cell.trim());
      const expected = own.map(sayLine);
      // A table without segments has a column with the interval beside each figure.
      expect(printed.filter((cell) => !/% to |^$/.test(cell)).sort()).toEqual(
        segment === '' ? [...expected, ...expected.filter((each) => each === 'hidden')].sort() : expected.sort(),
      );
      const described = /<desc[^>]*>([^<]*)<\/desc>/.exec(html)?.[1];
      if (described) {
        const drawn = described.split('; ').map((part) => part.replace(/^.*: /, ''));
        expect(drawn.sort()).toEqual(own.map(sayLine).sort());
        expect(html.match(/class="sn-chart__bar"/g)?.length ?? 0).toBe(
          own.filter(({ state }) => state === 'shown').length,
        );
      }
    }
  }
});

function sayLine({ state, n, base, percent }: Line): string {
  return state === 'shown' ? `${n} of ${base} (${percent}%)` : 'hidden';
}

function sectionOf(page: string, question: string): string | undefined {
  const [, rest] = page.split(`id="${question.toLowerCase()}"`);
  return rest?.split('</section>')[0];
}

test('nothing public changes while answers come in: the next release does', async () => {
  const { db, results } = await openChoirs(92);
  const before = [await text(results), await text(`${results}.csv`), await text(`${results}.json`)];
  await addAnswers(db, madeUp(choirs, 20, 99, HABITS));
  expect([await text(results), await text(`${results}.csv`), await text(`${results}.json`)]).toEqual(before);
  await publishChoirs(db);
  expect(await text(results)).toContain('from the answers of 112 organisations');
  expect(await text(results)).toContain('This is release 2');
});

test('the headline stands first with its strict reading beside it, under the label of made-up data', async () => {
  const { results } = await openChoirs(92);
  const page = await text(results);
  expect(page).toContain('Synthetic data');
  expect(page).toContain('Stage, once is not enough');
  expect(page.indexOf('<svg class="sn-chart"')).toBeLessThan(page.indexOf('All questions'));
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

test.each(['?section=nothing', '?by=nothing', '?section=views&by=O1'])('there is no page %s', async (query) => {
  const { results } = await openChoirs(92);
  expect((await fetch(results + query)).status).toBe(404);
});

test('a survey that is not there has no results', async () => {
  const { results } = await openChoirs(0);
  for (const end of ['', '.csv', '.json']) {
    expect((await fetch(results.replace('choirs', 'nothing') + end)).status).toBe(404);
  }
});
