import type { Route } from './route-table.ts';
import { wordsFor } from './words.ts';

/** A survey that people can answer now, in the words of its first language. */
export interface OpenSurvey {
  readonly survey: string;
  /** The survey's first language, such as "en". */
  readonly lang: string;
  readonly title: string;
  readonly summary: string;
  /** Such as "about 10 to 15 minutes". */
  readonly minutes: string;
  readonly synthetic: boolean;
}

export interface SiteQueries {
  readonly findOpenSurveys: () => Promise<readonly OpenSurvey[]>;
  /** Surveys that take no more answers; their pages lead to the results. */
  readonly findClosedSurveys: () => Promise<readonly Pick<OpenSurvey, 'survey' | 'lang' | 'title'>[]>;
  /** Whether there is anything to sign up for. */
  readonly hasEvents: () => Promise<boolean>;
  /** Throws when the store cannot be read. */
  readonly checkStore: () => Promise<void>;
}

/** The pages that belong to no survey. */
export function siteRoutes({ findOpenSurveys, findClosedSurveys, hasEvents, checkStore }: SiteQueries): Route[] {
  const t = wordsFor('en');
  return [
    {
      method: 'get',
      path: '/',
      who: 'everyone',
      handle: async (_request, response) => {
        const [surveys, closed] = [await findOpenSurveys(), await findClosedSurveys()];
        response.render('site/home', { title: t('home.title'), surveys, closed, events: await hasEvents() });
      },
    },
    {
      method: 'get',
      path: '/privacy',
      who: 'everyone',
      handle: (_request, response) => response.render('site/privacy', { title: t('layout.privacy') }),
    },
    {
      method: 'get',
      path: '/accessibility',
      who: 'everyone',
      handle: (_request, response) => response.render('site/accessibility', { title: t('layout.accessibility') }),
    },
    {
      method: 'get',
      path: '/health',
      who: 'everyone',
      handle: async (_request, response) => {
        try {
          await checkStore();
          response.json({ status: 'ok' });
        } catch {
          response.status(503).json({ status: 'unavailable' });
        }
      },
    },
  ];
}
