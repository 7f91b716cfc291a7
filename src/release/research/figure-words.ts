/** A figure of research in words: never a percentage without its base and its interval. */
import { type Figure, printedShare } from '../tables/figures.ts';

/** The one word for what is not told, wherever it stands (rule T6). */
const HIDDEN = 'hidden';

/** "45 of 54 (83%)"; weighted, "about 85% (45 of 54)". */
export function sayFigure(figure: Figure): string {
  if (figure.state === 'hidden') return HIDDEN;
  const { n, base, weighted } = figure;
  if (base === 0) return 'no answer';
  const share = printedShare(figure);
  if (!share) return `${n} of ${base}`;
  if (!weighted) return `${n} of ${base} (${share.percent}%)`;
  return `${weighted.step === 1 ? '' : 'about '}${share.percent}% (${n} of ${base})`;
}

/** "71% to 91%"; nothing where there is no percentage. */
export function sayInterval(figure: Figure): string {
  if (figure.state === 'hidden') return HIDDEN;
  const share = figure.base === 0 ? undefined : printedShare(figure);
  return share ? `${share.low}% to ${share.high}%` : '';
}

/** Both, for a cell of its own: "45 of 54 (83%), 71% to 91%". */
export function sayWhole(figure: Figure): string {
  const interval = figure.state === 'hidden' ? '' : sayInterval(figure);
  return interval === '' ? sayFigure(figure) : `${sayFigure(figure)}, ${interval}`;
}
