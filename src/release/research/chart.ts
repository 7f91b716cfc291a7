/** The chart of what is shown: that of the public's pages, and one for grids that have nothing to sum their rows up. */
import { type Chart, drawChart } from '../page/chart.ts';
import { drawTable, MOST_BARS } from '../page/charts.ts';
import type { Speaker } from '../page/words.ts';
import { linesOf } from '../tables/figures.ts';
import { sayFigure } from './figure-words.ts';
import type { Shown } from './shown.ts';

interface ShownChart {
  /** Undefined where there would be too many bars, or nothing to draw: then there is the table. */
  readonly chart: Chart | undefined;
  /** The answers that nobody gave, which have no bars, in a sentence. */
  readonly nobody: string | undefined;
}

export function chartOf(shown: Shown, words: Speaker): ShownChart {
  const speaker = { ...words, figure: sayFigure };
  const { chart, nobody } = drawTable(shown.table, shown.groups, speaker);
  return {
    chart: chart ?? drawRows(shown, speaker),
    nobody: nobody.length > 0 ? `Nobody chose: ${nobody.join('; ')}.` : undefined,
  };
}

/** Each row of a grid with all its answers, for everybody. */
function drawRows({ table, groups }: Shown, { text, t }: Speaker): Chart | undefined {
  const [everybody] = groups;
  const lines = table.options.length + table.nets.length;
  if (everybody?.code !== '' || table.rows.length === 1 || table.rows.length * lines > MOST_BARS) return undefined;
  const drawn = table.rows.flatMap(({ label }, place) => {
    const row = everybody.rows[place];
    if (!row) return [];
    const own = linesOf(table, row).map(({ label: words, figure, measure }) => {
      const net = measure === 'net';
      return { label: net ? t('results.net', { label: text(words) }) : text(words), figure, net };
    });
    return [{ heading: text(label), lines: own }];
  });
  return drawChart({ id: `chart-${table.name.toLowerCase()}`, title: text(table.label) }, drawn, sayFigure);
}
