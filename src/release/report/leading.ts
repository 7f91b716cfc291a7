/** Which answers come first, in a sentence: the most frequent ones, with those that are as frequent beside them. */
import type { Speaker } from '../page/words.ts';
import { type Figure, printedShare } from '../tables/figures.ts';
import { sayShare } from './shares.ts';

/** An answer, or a row of a grid, with its figure. */
export interface Told {
  /** The place that it has in its table. */
  readonly place: number;
  readonly label: string;
  readonly figure: Figure;
}

interface Shown extends Told {
  readonly figure: Extract<Figure, { state: 'shown' }>;
}

/** So many answers are told; with those that tie with the last of them, up to the other. */
const FIRST = 3;
const MOST = 5;

/** The answers told of: by rank, those of equal share in one rank and in their own order. Nobody's answer has no rank. */
export function leadingOf(told: readonly Told[]): Shown[][] {
  const taken: Shown[][] = [];
  for (const rank of ranksOf(told)) {
    const so = taken.flat().length;
    if (so >= FIRST || (so > 0 && so + rank.length > MOST)) break;
    taken.push(rank);
  }
  return taken;
}

function ranksOf(told: readonly Told[]): Shown[][] {
  const given = told.filter((each): each is Shown => each.figure.state === 'shown' && each.figure.n > 0);
  const ranks: Shown[][] = [];
  for (const each of [...given].sort((one, other) => compareShares(other.figure, one.figure))) {
    const last = ranks.at(-1);
    const [peer] = last ?? [];
    if (last && peer && compareShares(peer.figure, each.figure) === 0) last.push(each);
    else ranks.push([each]);
  }
  return ranks;
}

/** Below 0 where the first is the smaller. Exact: of counts by multiplying, of a weighted survey by what is printed. */
function compareShares(one: Shown['figure'], other: Shown['figure']): number {
  if (one.weighted && other.weighted) {
    return (printedShare(one)?.percent ?? 0) - (printedShare(other)?.percent ?? 0);
  }
  return one.n * other.base - other.n * one.base;
}

/** How the sentence goes on: what was done most often is chosen, said of something, or put first. */
export interface LeadingWords {
  /** Words for `findings.*`: where all is shown, and where some is hidden. */
  readonly all: string;
  readonly some: string;
  readonly values?: Readonly<Record<string, string>>;
}

const CHOSEN: LeadingWords = { all: 'findings.most', some: 'findings.mostShown' };

/** "most often “A”, 45 of 54 (83%, …); then “B”, …." with how many of the answers are hidden. */
export function sayLeading(told: readonly Told[], speaker: Speaker, words: LeadingWords = CHOSEN): string {
  const { t } = speaker;
  const hidden = told.filter(({ figure }) => figure.state === 'hidden').length;
  const list = leadingOf(told)
    .map((rank) => sayRank(rank, speaker))
    .join(t('findings.then'));
  const values = { ...words.values, list, hidden, of: told.length };
  if (list === '') return t(hidden > 0 ? 'findings.nobodyShown' : 'findings.nobody', values);
  return t(hidden > 0 ? words.some : words.all, values);
}

function sayRank(rank: readonly Shown[], speaker: Speaker): string {
  const { t, list } = speaker;
  const shares = rank.map(({ figure }) => sayShare(figure, speaker));
  const quoted = rank.map(({ label }) => t('findings.quoted', { label }));
  const [share = ''] = shares;
  if (rank.length > 1 && new Set(shares).size === 1) return t('findings.tied', { labels: list(quoted), share });
  return list(quoted.map((label, place) => t('findings.entry', { label, share: shares[place] ?? '' })));
}
