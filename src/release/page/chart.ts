/** The geometry of a bar chart, for a template to draw: plain numbers and lines of text, no markup. */
import { scaleLinear } from 'd3-scale';
import type { Figure } from '../figures.ts';

export interface ChartLine {
  /** Words above a group of bars; left out where every bar has its own. */
  readonly heading?: string;
  readonly label: string;
  readonly figure: Figure;
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** The whole chart in words. */
  readonly description: string;
  /** Pixels; the width is that of the page, so that text keeps its size on a phone. */
  readonly height: number;
  readonly ticks: readonly {
    readonly x: string;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
  readonly axis: number;
  readonly words: readonly {
    readonly y: number;
    readonly text: string;
    readonly value: string;
    readonly heading: boolean;
  }[];
  readonly bars: readonly {
    readonly y: number;
    readonly width: string;
    readonly interval: { readonly y: number; readonly from: string; readonly to: string };
  }[];
}

const LINE = 21;
const BAR = 14;
const GAP = 13;
const AXIS = 24;
/** As many letters as fit a line of a 320-pixel page. */
const LETTERS = 36;

const scale = scaleLinear().domain([0, 100]).range([0, 100]);

/**
 * A chart of shares from 0 to 100%, one bar under the other, each with its words and figure above it. What is hidden
 * or has no percentage has no bar: the words say why.
 * @param say a figure as text, the same that the table prints
 */
export function drawChart(
  about: { readonly id: string; readonly title: string },
  lines: readonly ChartLine[],
  say: (figure: Figure) => string,
): Chart {
  const words: Chart['words'][number][] = [];
  const bars: Chart['bars'][number][] = [];
  let y = 0;
  const write = (text: string, value: string, heading: boolean) => {
    const rows = wrap(text, value);
    rows.forEach((row, index) => {
      y += LINE;
      words.push({ y: y - 5, text: row, value: index === rows.length - 1 ? value : '', heading });
    });
  };
  for (const { heading, label, figure } of lines) {
    if (heading !== undefined) {
      y += y === 0 ? 0 : GAP;
      write(heading, '', true);
    }
    write(label, say(figure), false);
    const share = figure.state === 'shown' ? figure.share : undefined;
    if (share) {
      const interval = { y: y + BAR + 3, from: percent(share.low), to: percent(share.high) };
      bars.push({ y, width: percent(share.percent), interval });
      y += BAR + 6;
    }
    y += GAP;
  }
  return {
    ...about,
    description: lines
      .map(({ heading, label, figure }) => `${heading === undefined ? '' : `${heading}. `}${label}: ${say(figure)}`)
      .join('; '),
    height: y + AXIS,
    axis: y,
    ticks: scale.ticks(2).map((tick) => ({
      x: percent(tick),
      label: `${tick}%`,
      anchor: tick === 0 ? 'start' : tick === 100 ? 'end' : 'middle',
    })),
    words,
    bars,
  };
}

function percent(share: number): string {
  return `${scale(share)}%`;
}

/** Breaks words into lines; the last leaves room for the figure after it. */
function wrap(text: string, value: string): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(/\s+/)) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (longer.length > LETTERS && row !== '') {
      rows.push(row);
      row = word;
    } else row = longer;
  }
  rows.push(row);
  return row.length + value.length + 2 > LETTERS && value !== '' ? [...rows, ''] : rows;
}
