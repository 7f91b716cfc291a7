/** A small chart of weeks: how many had begun and sent by the end of each, as shares of the width it has. */
import { scaleBand, scaleLinear } from 'd3-scale';
import { weeksBetween } from '../week.ts';
import { type Counted, endOf, knownAt } from './view.ts';

interface Bar {
  readonly y: number;
  readonly height: number;
}

export interface WeeksChart {
  readonly height: number;
  readonly weeks: readonly { readonly x: string; readonly width: string; readonly begun: Bar; readonly sent: Bar }[];
  readonly ticks: readonly { readonly y: number; readonly label: string }[];
  readonly first: string;
  readonly last: string;
}

const HEIGHT = 150;
/** More weeks than a year's are thinner than a line. */
const MOST_WEEKS = 52;

/** Draws the figures that the table of weeks shows. @param until the last week that is over */
export function drawWeeks(counts: readonly Counted[], until: string): WeeksChart | undefined {
  const [start] = counts;
  if (!start) return undefined;
  const weeks = weeksBetween(start.week, until).slice(-MOST_WEEKS);
  const drawn = weeks.map((week) => ({
    week,
    begun: knownAt(counts, 'begun', week).total,
    sent: knownAt(counts, 'sent', week).total,
  }));
  const most = Math.max(10, ...drawn.flatMap(({ begun, sent }) => [begun, sent]));
  const y = scaleLinear().domain([0, most]).range([HEIGHT, 0]);
  const x = scaleBand<string>().domain(weeks).range([0, 100]).padding(0.2);
  const bar = (n: number): Bar => ({ y: round(y(n)), height: round(HEIGHT - y(n)) });
  return {
    height: HEIGHT,
    weeks: drawn.map(({ week, begun, sent }) => ({
      x: `${round(x(week) ?? 0)}%`,
      width: `${round(Math.min(x.bandwidth(), 12))}%`,
      begun: bar(begun),
      sent: bar(sent),
    })),
    ticks: y.ticks(3).map((tick) => ({ y: round(y(tick)), label: tick.toLocaleString('en') })),
    first: endOf(weeks[0] ?? until),
    last: endOf(until),
  };
}

const round = (n: number) => Math.round(n * 100) / 100;
