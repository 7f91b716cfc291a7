/** Figures as they stand in a sentence: never a percentage without its base, and one word for what is hidden. */
import type { Speaker } from '../page/words.ts';
import { type Figure, printedShare } from '../tables/figures.ts';

/** "45 of 54 (83%, 95% interval 71% to 91%)"; weighted, "85% weighted (45 of 54; 95% interval 71% to 93%)". */
export function sayShare(figure: Figure, { t }: Pick<Speaker, 't'>): string {
  if (figure.state === 'hidden') return t('results.hidden');
  const count = sayCount(figure.n, figure.base, t);
  const share = printedShare(figure);
  if (!share) return t('findings.fewForPercent', { count });
  const values = { count, percent: share.percent, low: Math.round(share.low), high: Math.round(share.high) };
  if (!figure.weighted) return t('findings.share', values);
  return t(figure.weighted.step === 1 ? 'findings.shareWeighted' : 'findings.shareWeightedAbout', values);
}

function sayCount(n: number, base: number, t: Speaker['t']): string {
  if (n === 0) return t('findings.noneOf', { base });
  return n === base && base > 1 ? t('findings.allOf', { base }) : t('results.count', { n, base });
}

/** A sentence begins with a capital letter, whatever it begins with in the middle of another. */
export function asSentence(words: string, language: string): string {
  const [first = ''] = words;
  return first.toLocaleUpperCase(language) + words.slice(first.length);
}
