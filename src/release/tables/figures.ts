/** A figure as it is printed, the same on pages, in charts, in CSV and in JSON. */
import { DONT_KNOW } from '../../questionnaire/answers.ts';
import { wholePercent, wilson } from '../../results/figures.ts';
import { PERCENT_BASE } from '../policy.ts';
import type { ProtectedTable, ProtectedTables, RowFigures, ShownGroup } from './protected-tables.ts';

/** What everybody may know of a count: all of it, or that it is hidden. */
export type Figure =
  | { readonly state: 'hidden' }
  | {
      readonly state: 'shown';
      readonly n: number;
      readonly base: number;
      /** In whole percent, with its 95% interval to one decimal; undefined on a base that is too small. */
      readonly share: Share | undefined;
      /** In a survey that is weighted: the same of the population, all in whole percent; null where there can be none. */
      readonly weighted?: WeightedShare | null;
    };

interface Share {
  readonly percent: number;
  readonly low: number;
  readonly high: number;
}

interface WeightedShare extends Share {
  /** The percentage is rounded to a multiple of this. */
  readonly step: number;
}

/** A row's weighted percentage with what it rests on. */
interface Weighted {
  readonly percent: number | null;
  readonly step: number | undefined;
  readonly effectiveBase: number;
}

/** The figure for n of base, where null is what is hidden. */
export function figureOf(n: number | null, base: number | null, weighted?: Weighted): Figure {
  if (n === null || base === null) return { state: 'hidden' };
  const own = weighted && { weighted: weightedShare(weighted) };
  if (base < PERCENT_BASE) return { state: 'shown', n, base, share: undefined, ...own };
  const { low, high } = wilson(n, base);
  const share = { percent: wholePercent(n, base), low: toTenth(low), high: toTenth(high) };
  return { state: 'shown', n, base, share, ...own };
}

/** The interval is that of the rounded percentage, or it would tell what the rounding keeps. */
function weightedShare({ percent, step, effectiveBase }: Weighted): WeightedShare | null {
  if (percent === null || step === undefined || effectiveBase < PERCENT_BASE) return null;
  const { low, high } = wilson((percent / 100) * effectiveBase, effectiveBase);
  return { percent, low: Math.round(low * 100), high: Math.round(high * 100), step };
}

/** What pages print as a percentage: the population's where the survey is weighted. */
export function printedShare(figure: Extract<Figure, { state: 'shown' }>): Share | undefined {
  return figure.weighted === undefined ? figure.share : (figure.weighted ?? undefined);
}

function toTenth(share: number): number {
  return Math.round(share * 1000) / 10;
}

/** One line of a distribution. */
export interface Line {
  readonly measure: 'option' | 'net';
  readonly code: string;
  readonly label: ProtectedTable['label'];
  readonly figure: Figure;
}

/** The options of a row with their figures, and the NETs after them. */
export function linesOf({ options, nets }: ProtectedTable, row: RowFigures): Line[] {
  const line = (measure: Line['measure'], { code, label }: Pick<Line, 'code' | 'label'>, place: number) => {
    const part = measure === 'net' ? 'nets' : 'counts';
    const weighted = row.weighted && {
      percent: row.weighted[part][place] ?? null,
      step: row.weighted.step,
      effectiveBase: row.weighted.effectiveBase,
    };
    return { measure, code, label, figure: figureOf(row[part][place] ?? null, row.base, weighted) };
  };
  return [
    ...options.map((option, place) => line('option', option, place)),
    ...nets.map((net, place) => line('net', net, place)),
  ];
}

/**
 * The table with "don't know" left out of the base. A base that is then too small, or that would tell a hidden "don't
 * know", is hidden with all that stands on it.
 */
export function withoutDontKnow(table: ProtectedTable, { base: least }: ProtectedTables['policy']): ProtectedTable {
  const index = table.options.findIndex(({ code }) => code === DONT_KNOW);
  if (index === -1) return table;
  const without = (group: ShownGroup): ShownGroup => ({
    ...group,
    rows: group.rows.map((row) => leaveOut(table, row, index, least)),
  });
  return {
    ...table,
    options: table.options.filter(({ code }) => code !== DONT_KNOW),
    ...(table.overall && { overall: without(table.overall) }),
    views: table.views.map((view) => ({ ...view, groups: view.groups.map(without) })),
  };
}

function leaveOut({ nets }: ProtectedTable, row: RowFigures, index: number, least: number): RowFigures {
  const dontKnow = row.counts[index] ?? null;
  const base = row.base === null || dontKnow === null || row.base - dontKnow < least ? null : row.base - dontKnow;
  const known = (count: number | null) => (base === null ? null : count);
  return {
    ...row,
    base,
    counts: row.counts.filter((_, place) => place !== index).map(known),
    nets: row.nets.map((count, place) =>
      known(nets[place]?.dontKnow && count !== null ? count - (dontKnow ?? 0) : count),
    ),
  };
}
