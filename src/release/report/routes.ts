/** The report: for everybody of the latest published tables, for staff also of the network's file, and as one file. */
import type { Request, Response } from 'express';
import { frameOf as frameOfStaff } from '../../accounts/signed-in.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { type Context, siteOf } from '../../web/context.ts';
import { allowOwnStyles } from '../../web/headers.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { wordsFor } from '../../web/words.ts';
import { findLatestTables } from '../ledger/parts/store.ts';
import type { ShownRelease } from '../page/tables-view.ts';
import { reopenTold, reportNetwork } from '../released.ts';
import { frameOf, getSurveyAsked } from '../routes.ts';
import { wantedFor } from './network-tables.ts';
import { type Source, viewReport } from './report.ts';

/** For everybody: it is made of what is published and gives nothing else away. */
export function reportRoutes(context: Context): Route[] {
  const getPublished = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const release = await findLatestTables(context.db, survey.file.survey);
    if (!release) throw new Problem('not_found');
    return { survey, release, ...frameOf(context, request, response, survey) };
  };
  const show = async (request: Request, response: Response) => {
    const { survey, release, lang, home, languages } = await getPublished(request, response);
    const toolbar = {
      back: { href: `${home}/results`, text: wordsFor(lang)('findings.back') },
      download: `${home}/results/report.html?lang=${lang}`,
      languages: languages.filter((each) => each.lang !== lang),
    };
    render(context, response, { survey, release, source: 'public', lang, toolbar });
  };
  const send = async (request: Request, response: Response) => {
    const { survey, release, lang } = await getPublished(request, response);
    render(context, response.attachment(fileNameOf(release)), { survey, release, source: 'public', lang });
  };
  return [
    { method: 'get', path: '/surveys/:survey/results/report', who: 'everyone', handle: show },
    { method: 'get', path: '/surveys/:survey/results/report.html', who: 'everyone', handle: send },
  ];
}

/** For staff, who are told what to do where there is nothing to report on yet. */
export function staffReportRoutes(context: Context): Route[] {
  const find = async (request: Request) => {
    const survey = await getSurveyAsked(context, request);
    const { survey: code, languages } = survey.file;
    const [lang = 'en'] = languages;
    const home = `/staff/surveys/${encodeURIComponent(code)}`;
    return { survey, found: await findFigures(context, survey), lang, home };
  };
  const show = async (request: Request, response: Response) => {
    const { survey, found, lang, home } = await find(request);
    if (!found) return showNone(response, survey, home);
    const back = { href: `${home}/results`, text: 'Back to the results' };
    const toolbar = { back, download: `${home}/results/report.html`, languages: [] };
    render(context, response, { survey, ...found, lang, toolbar });
  };
  const showNone = (response: Response, { file }: Survey, home: string) => {
    const frame = frameOfStaff(context, response, 'Report');
    const [lang = 'en'] = file.languages;
    const title = inLanguage(file.title, lang, lang);
    response.render('release/report-none', {
      ...frame,
      synthetic: file.synthetic ?? frame.synthetic,
      survey: { lang, title },
      back: { href: `${home}/results`, text: 'Results' },
      releases: `${home}/releases`,
    });
  };
  const send = async (request: Request, response: Response) => {
    const { survey, found, lang, home } = await find(request);
    if (!found) return response.redirect(303, `${home}/results/report`);
    render(context, response.attachment(fileNameOf(found.release)), { survey, ...found, lang });
  };
  return [
    { method: 'get', path: '/staff/surveys/:survey/results/report', who: 'researcher', handle: show },
    { method: 'get', path: '/staff/surveys/:survey/results/report.html', who: 'researcher', handle: send },
  ];
}

interface Figures {
  readonly release: ShownRelease;
  readonly source: Source;
}

/** The latest published tables; where there are none, what the network's file tells. */
async function findFigures({ db, askNetwork }: Context, survey: Survey): Promise<Figures | undefined> {
  const { file } = survey;
  const release = await findLatestTables(db, file.survey);
  if (release) return { release, source: 'public' };
  if (!askNetwork) return undefined;
  const wanted = wantedFor(survey);
  const told = reopenTold(await askNetwork(file.survey, wanted));
  const [newest] = told.content.offers;
  const tables = reportNetwork(told, wanted, file);
  if (!newest || !tables) return undefined;
  return { release: { number: newest.release, madeOn: newest.madeOn, hash: '', tables }, source: 'network' };
}

function fileNameOf({ number, tables: { content } }: ShownRelease): string {
  return `${content.survey}-report-${number}${content.synthetic ? '-synthetic' : ''}.html`;
}

interface ToRender extends Figures {
  readonly survey: Survey;
  readonly lang: string;
  /** Links around the page on the site; a file has none. */
  readonly toolbar?: object;
}

function render(context: Context, response: Response, { survey, release, source, lang, toolbar }: ToRender): void {
  const { file } = survey;
  const view = viewReport(release, source, file, { lang, t: wordsFor(lang), site: siteOf(context) });
  const page = {
    ...view,
    toolbar,
    synthetic: view.report.synthetic || (file.synthetic ?? context.settings.trial ?? false),
  };
  response.render('release/report', page, (error: unknown, html: string) => {
    if (error) throw error;
    allowOwnStyles(response, html);
    response.send(html);
  });
}
