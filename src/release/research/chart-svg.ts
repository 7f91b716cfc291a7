/**
 * A chart as a file: an SVG that needs no other file, with its title, its source and what has to be known of it. It is
 * drawn from the same words and shares as the chart of a page.
 */

import { escapeXml } from '../../questionnaire/picture/escape-xml.ts';
import { wrap } from '../../questionnaire/picture/wrap.ts';
import type { Chart } from '../page/chart.ts';

export interface ChartWords {
  /** The question as it was put. */
  readonly title: string;
  /** What it is of: filters, groups, who was asked. */
  readonly under: readonly string[];
  /** Below the bars: the source with the release and the base, and what else has to be known. */
  readonly notes: readonly string[];
}

const WIDTH = 960;
const MARGIN = 28;
const INSIDE = WIDTH - 2 * MARGIN;
const [LABELS, VALUES, GAP] = [300, 190, 18];
const BARS = INSIDE - LABELS - VALUES - 2 * GAP;
const LEFT = MARGIN + LABELS + GAP;
const RIGHT = LEFT + BARS + GAP;

const SIZES = { title: 24, under: 16, heading: 17, label: 15, note: 14 } as const;
type Kind = keyof typeof SIZES;
const leading = (kind: Kind) => Math.round(SIZES[kind] * 1.35);

const STYLE = `text{font-family:"Atkinson Hyperlegible Next","Segoe UI",Arial,sans-serif;fill:#16262e}
.title{font-size:24px}.under{font-size:16px;fill:#45565e}.heading{font-size:17px;font-weight:700}
.label{font-size:15px}.value{font-size:15px;font-weight:700}.hidden-value{font-size:15px;fill:#45565e}
.note,.tick-words{font-size:14px;fill:#45565e}.bar{fill:#0b5563}.tick{stroke:#bccbca;stroke-width:1}
.interval{stroke:#16262e;stroke-width:2}.rule{stroke:#16262e;stroke-width:2}
.hidden{fill:none;stroke:#45565e;stroke-dasharray:3 5}`;

/** Draws from the top down, each piece where the last one ended. */
class Canvas {
  private readonly pieces: string[] = [];
  height = MARGIN;

  text(lines: readonly string[], kind: Kind, x = MARGIN, name: string = kind): void {
    for (const line of lines) {
      this.height += leading(kind);
      this.put(`<text class="${name}" x="${x}" y="${this.height - 6}">${escapeXml(line)}</text>`);
    }
  }

  put(piece: string): void {
    this.pieces.push(piece);
  }

  skip(by: number): void {
    this.height += by;
  }

  done(title: string, description: string): string {
    const height = this.height + MARGIN;
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">
<title id="title">${escapeXml(title)}</title>
<desc id="description">${escapeXml(description)}</desc>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${this.pieces.join('\n')}
</svg>
`;
  }
}

export function chartSvg(chart: Chart, { title, under, notes }: ChartWords): string {
  const canvas = new Canvas();
  canvas.text(wrap(title, SIZES.title, INSIDE), 'title');
  for (const words of under) canvas.text(wrap(words, SIZES.under, INSIDE), 'under');
  canvas.skip(12);
  for (const { heading, firstNet, bars } of chart.groups) {
    if (firstNet) drawRule(canvas);
    if (heading !== undefined) {
      canvas.skip(8);
      canvas.text(wrap(heading, SIZES.heading, INSIDE), 'heading');
    }
    for (const bar of bars) drawBar(canvas, bar, chart.ticks);
  }
  drawTicks(canvas, chart.ticks);
  canvas.skip(10);
  for (const words of notes) canvas.text(wrap(words, SIZES.note, INSIDE), 'note');
  return canvas.done(title, [...under, ...notes].join(' '));
}

type Bar = Chart['groups'][number]['bars'][number];

const atShare = (share: string) => Math.round((LEFT + (Number.parseFloat(share) / 100) * BARS) * 10) / 10;

function drawBar(canvas: Canvas, bar: Bar, ticks: Chart['ticks']): void {
  if (bar.firstNet) drawRule(canvas);
  const words = wrap(bar.label, SIZES.label, LABELS);
  const values = wrap(bar.value, SIZES.label, VALUES);
  const rows = Math.max(words.length, values.length);
  const tall = Math.max(34, rows * leading('label') + 10);
  const top = canvas.height;
  const middle = top + tall / 2;
  for (const { x } of ticks)
    canvas.put(`<line class="tick" x1="${atShare(x)}" x2="${atShare(x)}" y1="${top}" y2="${top + tall}"/>`);
  drawLines(canvas, words, 'label', MARGIN, middle);
  drawLines(canvas, values, bar.mark === 'hidden' ? 'hidden-value' : 'value', RIGHT, middle);
  if (bar.mark === 'hidden')
    canvas.put(`<rect class="hidden" x="${LEFT + 1}" y="${middle - 7}" width="44" height="12"/>`);
  if (bar.mark === 'bar' && bar.width !== undefined) {
    const width = Math.round((atShare(bar.width) - LEFT) * 10) / 10;
    canvas.put(`<rect class="bar" x="${LEFT}" y="${middle - 11}" width="${width}" height="14"/>`);
    if (bar.interval) drawInterval(canvas, bar.interval, middle + 9);
  }
  canvas.skip(tall);
}

function drawInterval(canvas: Canvas, { from, to }: NonNullable<Bar['interval']>, y: number): void {
  const [left, right] = [atShare(from), atShare(to)];
  canvas.put(`<path class="interval" fill="none" d="M${left} ${y}H${right}M${left} ${y - 3}v6M${right} ${y - 3}v6"/>`);
}

function drawLines(canvas: Canvas, lines: readonly string[], name: string, x: number, middle: number): void {
  const first = middle - ((lines.length - 1) * leading('label')) / 2 + 5;
  lines.forEach((line, place) => {
    canvas.put(`<text class="${name}" x="${x}" y="${first + place * leading('label')}">${escapeXml(line)}</text>`);
  });
}

function drawRule(canvas: Canvas): void {
  canvas.skip(6);
  canvas.put(`<line class="rule" x1="${MARGIN}" x2="${WIDTH - MARGIN}" y1="${canvas.height}" y2="${canvas.height}"/>`);
  canvas.skip(6);
}

function drawTicks(canvas: Canvas, ticks: Chart['ticks']): void {
  canvas.skip(16);
  for (const { x, label, anchor } of ticks)
    canvas.put(
      `<text class="tick-words" x="${atShare(x)}" y="${canvas.height}" text-anchor="${anchor}">${escapeXml(label)}</text>`,
    );
}
