/** What everybody can read: the pages, the CSV and the JSON of published results, each as lines of figures. */
import { parse } from 'csv-parse/sync';
import type { PublishedLine } from '../attacker.ts';

const NUMBERS = ['asked', 'base', 'n', 'percent', 'mean'];

/** `results.csv` as lines. */
export function linesOfCsv(text: string): PublishedLine[] {
  const rows: Record<string, string>[] = parse(text, { columns: true });
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([column, cell]) => [
        column,
        !NUMBERS.includes(column) ? cell : cell === '' ? null : Number(cell),
      ]),
    ),
  );
}

// A connection kept while a program is solved would be gone by the next request.
export const textOf = async (address: string) => (await fetch(address, { headers: { connection: 'close' } })).text();

export async function readCsv(results: string): Promise<PublishedLine[]> {
  return linesOfCsv(await textOf(`${results}.csv`));
}

export async function readJson(results: string): Promise<PublishedLine[]> {
  const { figures }: { figures: PublishedLine[] } = JSON.parse(await textOf(`${results}.json`));
  return figures;
}

/** Every page of the results that a link leads to, by its address after the question mark. */
export async function readEveryPage(results: string): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  const due = [''];
  for (const query of due) {
    const html = await textOf(results + query);
    pages.set(query, html);
    for (const [, href = ''] of html.matchAll(/href="(\?[^"#]*)[^"]*"/g)) {
      const next = href.replaceAll('&amp;', '&');
      if (!due.includes(next) && !next.includes('lang=')) due.push(next);
    }
  }
  return pages;
}

/**
 * The lines with the figures that stand on the pages, and those only. @param skeleton the lines of the JSON, for the
 * names that go with the words
 */
export async function readPages(results: string, skeleton: readonly PublishedLine[]): Promise<PublishedLine[]> {
  const found = new Map<string, string>();
  for (const html of (await readEveryPage(results)).values())
    for (const [key, cell] of cellsIn(html)) found.set(key, cell);
  return skeleton.map((line) => {
    const { n: _, ...named } = line;
    const row = line.variable === String(line.question).toLowerCase() ? '' : String(line.variable_text);
    const cell = found.get(
      [String(line.question), row, String(line.option_text), String(line.segment_text ?? '')].join('|').toLowerCase(),
    );
    const [, n] = /^(\d+) of \d+/.exec(cell ?? '') ?? [];
    return n === undefined ? named : { ...named, n: Number(n) };
  });
}

/** The cells of every table of figures: question, row of a grid, answer and group, with what stands in them. */
function* cellsIn(html: string): Generator<[string, string]> {
  for (const [, id = '', body = ''] of html.matchAll(/<section[^>]* id="([^"]+)"[^>]*>(.*?)<\/section>/gs)) {
    for (const [, table = ''] of body.matchAll(/<table class="govuk-table sn-figures"(.*?)<\/table>/gs)) {
      const caption = /<caption([^>]*)>(.*?)<\/caption>/s.exec(table);
      const row = caption?.[1]?.includes('visually-hidden') ? '' : wordsIn(caption?.[2] ?? '');
      const [, ...columns] = [...table.matchAll(/scope="col">(.*?)<\/th>/gs)].map(([, words = '']) => wordsIn(words));
      for (const [, answer = '', cells = ''] of table.matchAll(/scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)) {
        const figures = [...cells.matchAll(/sn-figures__figure">(.*?)<\/span>/gs)].map(([, words = '']) =>
          wordsIn(words),
        );
        for (const [index, figure] of figures.entries()) {
          const column = columns[index] === 'How many' ? '' : (columns[index] ?? '');
          yield [[id, row, wordsIn(answer), column].join('|').toLowerCase(), figure];
        }
      }
    }
  }
}

function wordsIn(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&amp;', '&')
    .replaceAll('&#39;', '’')
    .trim();
}
