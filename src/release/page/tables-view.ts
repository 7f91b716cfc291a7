/** What the pages of a release's tables show, on the site and on a disk alike. */

import type { Credit } from '../../questionnaire/credit.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { Released } from '../released.ts';
import type { ProtectedTables } from '../tables/protected-tables.ts';
import { type AddressOf, addressInQuery, findPage, type Wanted } from './results-page.ts';
import type { Say } from './words.ts';

/** A release of tables with what it is known by. */
export interface ShownRelease {
  readonly number: number;
  readonly madeOn: string;
  readonly hash: string;
  readonly tables: Released<ProtectedTables>;
}

/** Where a page's links lead; what is left out has no link. */
export interface Links {
  /** The overview. */
  readonly results: string;
  /** Its figures, without `.csv` and `.json`. */
  readonly figures: string;
  readonly releases: string | undefined;
  readonly bundle: string | undefined;
  /** Where each of its own pages is. */
  readonly addressOf?: AddressOf;
}

/** Who reads it, and how it is cited. */
export interface Reading {
  readonly lang: string;
  readonly t: Say;
  readonly credit: Credit;
}

/** The template and what it reads besides its frame; undefined where there is no such page. */
export function viewTables(
  { number, madeOn, hash, tables }: ShownRelease,
  wanted: Wanted,
  { addressOf = addressInQuery, ...links }: Links,
  { lang, t, credit }: Reading,
) {
  const page = findPage(tables, wanted, lang, t, addressOf);
  if (!page) return undefined;
  const { responses, policy, synthetic } = tables.content;
  const day = showDay(madeOn, lang);
  const survey = page.caption ?? page.heading;
  const cited = { author: credit.author, results: survey, number, day, publisher: credit.publisher ?? '' };
  const cite = t(credit.publisher === undefined ? 'results.cited' : 'results.citedFrom', cited);
  return {
    template: wanted.section === undefined ? 'results/overview' : 'results/section',
    view: {
      ...page,
      ...links,
      cite: synthetic ? `${cite} ${t('results.synthetic')}` : cite,
      release: { number, day, responses, cell: policy.cell, base: policy.base, hash },
    },
  };
}
