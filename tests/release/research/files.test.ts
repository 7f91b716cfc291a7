/** A question's files: the same figures as its page, cell by cell, each file saying what it is of. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readZipText } from '../../../src/commands/bundle/unzip.ts';
import { csvLines } from '../../../src/release/csv-lines.ts';
import { testFolder } from '../../support/folder.ts';
import { madeUp } from '../network/made-up-farms.ts';
import { HOME, openFarms } from './farms-site.ts';
import { barsIn, barsInSvg, tablesIn } from './figures-in.ts';

const ROWS = madeUp(3000, 4);
const WEIGHED = ROWS.map((row) => ({ ...row, weight: row.size === 1 ? 0.7 : 1.6 }));

type Line = Readonly<Record<string, string>>;

function linesOf(rows: readonly (readonly string[])[]): Line[] {
  const [head = [], ...lines] = rows;
  return lines.map((cells) => Object.fromEntries(head.map((name, place) => [name, cells[place] ?? ''])));
}

const readCsv = (bytes: Buffer) => linesOf(csvLines(bytes.toString('utf8')).map(({ cells }) => cells));

/** The cells of a sheet as texts. */
async function readSheet(bytes: Buffer, sheet: number): Promise<string[][]> {
  const path = join(testFolder(), 'table.xlsx');
  writeFileSync(path, bytes);
  const xml = await readZipText(path, `sheet${sheet}.xml`);
  return [...xml.matchAll(/<row>([\s\S]*?)<\/row>/g)].map(([, row = '']) =>
    [...row.matchAll(/<c\/>|<c>\s*<v>([^<]*)<\/v><\/c>|<c t="inlineStr"><is><t[^>]*>([^<]*)<\/t><\/is><\/c>/g)].map(
      ([, number, text]) => (number ?? text ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ),
  );
}

/** A figure of a line in the words of a table's cell. */
function sayLine({ state, n, base, percent, low, high, weighted_percent, weighted_low, weighted_high }: Line): string {
  if (state !== 'shown') return state === 'none' ? 'no answer' : 'hidden';
  if (weighted_percent) {
    return `${weighted_percent}% (${n} of ${base}), ${weighted_low}% to ${weighted_high}%`;
  }
  return `${n} of ${base} (${percent}%), ${low}% to ${high}%`;
}

const ADDRESSES = [
  '/Q1',
  '/Q2',
  '/Q2?by=k1',
  '/Q1?by=size_wide',
  '/Q2?by=k1&where_size_wide=smaller',
  '/Q3?by=size_wide',
];

describe.each([
  ['not weighted', ROWS],
  ['weighted', WEIGHED],
])('figures that are %s', (kind, rows) => {
  test.each(ADDRESSES)('%s: page, CSV, workbook and chart say the same, cell by cell', async (address) => {
    const { ida, get } = await openFarms(['approved', rows]);
    await ida.open(HOME + address);
    expect(ida.status).toBe(200);
    const file = (ending: string) => get(address.replace(/(\?|$)/, `.${ending}$1`));
    const lines = readCsv((await file('csv')).bytes);
    const [table] = tablesIn(ida.html);
    const groups = [...new Set(lines.map(({ segment_value: group }) => group))];
    expect(table?.rows.length).toBe(lines.length / groups.length);
    // An overall table has the range in a column of its own.
    const cells = table?.rows.map(([, ...own]) => (groups.length === 1 ? [own.filter(Boolean).join(', ')] : own));
    const said = table?.rows.map((_, place) =>
      groups.map((group) => sayLine(lines.filter(({ segment_value: value }) => value === group)[place] ?? {})),
    );
    expect(
      cells?.map((row) => row.map((cell) => cell.replace('about ', '').replace('hidden, hidden', 'hidden'))),
    ).toEqual(said);

    const sheet = linesOf(await readSheet((await file('xlsx')).bytes, 1));
    expect(sheet).toEqual(lines);

    const svg = (await file('svg')).bytes.toString('utf8');
    expect(barsIn(ida.html).length).toBeGreaterThan(0);
    expect(barsInSvg(svg)).toEqual(barsIn(ida.html));
    const inTables = tablesIn(ida.html).flatMap((each) => each.rows.flatMap(([, ...own]) => own.join(' ')));
    for (const bar of barsIn(ida.html)) expect(inTables.join(' ')).toContain(bar.split(': ').at(-1));
    if (kind === 'weighted' && !address.includes('where'))
      expect(lines.some(({ weighted_percent: percent }) => percent !== '')).toBe(true);
    if (kind === 'not weighted' || address.includes('where'))
      expect(lines.every(({ weighted_percent: percent }) => percent === undefined)).toBe(true);
  });
});

describe('a file', () => {
  test('says in each line which question, release, filters and base it is of', async () => {
    const { get } = await openFarms(['approved', ROWS]);
    const { headers, bytes } = await get('/Q2.csv?by=k1&where_size=micro&where_size=small');
    expect(headers.get('content-disposition')).toContain('farms-1-Q2-by-k1-filtered-synthetic.csv');
    const text = bytes.toString('utf8');
    expect(text).toMatch(/^survey,release,made_on,question,question_text,asked_of,filters,/);
    expect(text).not.toMatch(/[^\r]\n/);
    for (const line of readCsv(bytes)) {
      expect(line).toMatchObject({
        survey: 'farms',
        release: '1',
        made_on: '2027-05-01',
        question: 'Q2',
        question_text: 'Which crops?',
        asked_of: 'everyone',
        filters: 'size=micro|small',
        segment: 'k1',
        synthetic: 'true',
      });
    }
  });

  test('of a chart is one by itself: the wording, the source with the base, and that all of it is made up', async () => {
    const { get } = await openFarms(['approved', ROWS]);
    const svg = (await get('/Q1.svg?by=k1')).bytes.toString('utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="960"/);
    expect(svg).toContain('<style>');
    expect(svg).not.toMatch(/href|url\(|@import/);
    expect(svg).toContain('Question Q1?');
    const words = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text).join(' ');
    expect(words).toContain('release 1 for the network, made on 1 May 2027');
    expect(words).toMatch(/North: base \d+, those who answered of \d+ selected\./);
    expect(words).toContain('All these answers are made up (synthetic data).');
  });

  test('of a workbook says on a second sheet what the figures are', async () => {
    const { get } = await openFarms(['approved', WEIGHED]);
    const about = await readSheet((await get('/Q1.xlsx')).bytes, 2);
    expect(about).toContainEqual(['question_text', 'Question Q1?']);
    expect(about.map(([what]) => what)).toContain('base');
    expect(about.flat().join(' ')).toContain('Design effect 1.1');
  });

  test.each(['/Q3.csv', '/Q9.csv', '/Q2.csv?by=colour', '/Q3.png', '/K1.svg'])('%s is not there', async (address) => {
    const { get } = await openFarms(['approved']);
    expect((await get(address)).status).toBe(404);
  });
});
