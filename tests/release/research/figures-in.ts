/** The figures of a page of research as a reader finds them, without the code that made it. */
import { partOf, wordsIn } from '../../support/page-html.ts';

/** A table of the page: its headings, and the words of each row with its label first. */
export interface TableOnPage {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function tablesIn(html: string): TableOnPage[] {
  return [...html.matchAll(/<table class="[^"]*sn-figures[\s\S]*?<\/table>/g)].map(([table]) => ({
    caption: wordsIn(partOf(table, /<caption/, '</caption>')),
    head: [...table.matchAll(/<th[^>]*columnheader[^>]*>([\s\S]*?)<\/th>/g)].map(([, words = '']) => wordsIn(words)),
    rows: [...table.matchAll(/<tr[^>]*>\s*<th[^>]*rowheader[^>]*>([\s\S]*?)<\/th>([\s\S]*?)<\/tr>/g)].map(
      ([, label = '', cells = '']) => [
        wordsIn(label),
        ...[...cells.matchAll(/sn-figures__figure">([\s\S]*?)<\/span>/g)].map(([, words = '']) => wordsIn(words)),
      ],
    ),
  }));
}

/** The bars of the page's chart: heading, label and value. */
export function barsIn(html: string): string[] {
  return [
    ...html.matchAll(/sn-chart__label">([\s\S]*?)<\/span>\s*<span class="sn-chart__value[^>]*>([\s\S]*?)<\/span>/g),
  ].map(([, label = '', value = '']) => `${wordsIn(label)}: ${wordsIn(value)}`);
}

/** The bars of a chart's file; long words stand on several lines there. */
export function barsInSvg(svg: string): string[] {
  const texts = [...svg.matchAll(/<text class="([\w-]+)"[^>]*>([^<]*)<\/text>/g)].map(([, name, words = '']) => ({
    name,
    words: wordsIn(words),
  }));
  const bars: string[] = [];
  let [label, value] = ['', ''];
  const end = () => {
    if (value !== '') bars.push(`${label}: ${value}`);
    [label, value] = ['', ''];
  };
  for (const { name, words } of texts) {
    if (name === 'label') {
      if (value !== '') end();
      label = label === '' ? words : `${label} ${words}`;
    } else if (name === 'value' || name === 'hidden-value') value = value === '' ? words : `${value} ${words}`;
    else end();
  }
  end();
  return bars;
}

/** "12 of 25" wherever it stands in a cell; NaN where the figure is hidden. */
export function countIn(cell: string): { n: number; base: number } {
  const [, n, base] = /(\d+) of (\d+)/.exec(cell) ?? [];
  return { n: Number(n), base: Number(base) };
}
