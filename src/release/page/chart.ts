/** A bar chart for a template to draw: words and shares of the width, no markup. */
import { scaleLinear } from 'd3-scale';
import { type Figure, printedShare } from '../tables/figures.ts';

/** Lines that stand together, under words of their own where there are several groups of people. */
export interface ChartGroup {
  readonly heading?: string;
  /** Answers taken together, which stand apart from the answers that they are made of. */
  readonly net?: boolean;
  readonly lines: readonly { readonly label: string; readonly figure: Figure; readonly net?: boolean }[];
}

interface ChartBar {
  readonly label: string;
  /** The first of those that are answers taken together: a rule parts it from the answers. */
  readonly firstNet: boolean;
  /** The figure as the table prints it. */
  readonly value: string;
  /**
   * How it is drawn. Nobody is no bar at all. What is hidden must not look like nobody: it could be anything. A count
   * on a base too small for a percentage stands in words only.
   */
  readonly mark: 'bar' | 'nobody' | 'hidden' | 'words';
  /** Of a bar. */
  readonly width?: string;
  readonly interval?: { readonly from: string; readonly to: string };
}

export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Its figures are weighted, which takes more words. */
  readonly weighted?: true;
  readonly groups: readonly {
    readonly heading?: string;
    readonly firstNet: boolean;
    readonly bars: readonly ChartBar[];
  }[];
  readonly ticks: readonly {
    readonly x: string;
    readonly label: string;
    readonly anchor: 'start' | 'middle' | 'end';
  }[];
}

const scale = scaleLinear().domain([0, 100]).range([0, 100]);

/**
 * A chart of shares from 0 to 100%, a bar for each line with its words and figure beside it.
 * @param say a figure as text, the same that the table prints
 */
export function drawChart(
  about: { readonly id: string; readonly title: string },
  groups: readonly ChartGroup[],
  say: (figure: Figure) => string,
): Chart {
  const figures = groups.flatMap(({ lines }) => lines.map(({ figure }) => figure));
  const isWeighted = figures.some((figure) => figure.state === 'shown' && figure.weighted !== undefined);
  return {
    ...about,
    ...(isWeighted && { weighted: true as const }),
    groups: groups.map(({ heading, net, lines }, place) => ({
      ...(heading !== undefined && { heading }),
      firstNet: isFirstNet(net, groups[place - 1]?.net),
      bars: lines.map(({ label, figure, net: own }, index) => ({
        label,
        firstNet: isFirstNet(own, lines[index - 1]?.net),
        value: say(figure),
        ...drawFigure(figure),
      })),
    })),
    ticks: scale.ticks(2).map((tick) => ({
      x: percent(tick),
      label: `${tick}%`,
      anchor: tick === 0 ? 'start' : tick === 100 ? 'end' : 'middle',
    })),
  };
}

function isFirstNet(own: boolean | undefined, before: boolean | undefined): boolean {
  return own === true && before !== true;
}

function drawFigure(figure: Figure): Pick<ChartBar, 'mark' | 'width' | 'interval'> {
  if (figure.state === 'hidden') return { mark: 'hidden' };
  if (figure.n === 0) return { mark: 'nobody' };
  const share = printedShare(figure);
  if (!share) return { mark: 'words' };
  // From the counts: half of one percent is drawn, though it is printed in whole percent.
  const width = percent(figure.weighted ? share.percent : Math.round((figure.n / figure.base) * 1000) / 10);
  return { mark: 'bar', width, interval: { from: percent(share.low), to: percent(share.high) } };
}

function percent(share: number): string {
  return `${scale(share)}%`;
}
