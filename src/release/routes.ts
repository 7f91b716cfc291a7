/** The published results of a survey: the newest release and nothing live (rules T1, R2). */
import type { Request, Response } from 'express';
import { findLiveSurvey } from '../fieldwork/store.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { inLanguage } from '../questionnaire/text.ts';
import type { Context } from '../web/context.ts';
import { cookieNamed, readCookie, setCookie } from '../web/cookies.ts';
import { Problem } from '../web/problems.ts';
import type { Route } from '../web/route-table.ts';
import { wordsFor } from '../web/words.ts';
import { findLatestTables, type TablesRelease } from './ledger/store.ts';
import { findPage } from './page/results-page.ts';
import { resultsCsv, resultsJson } from './results-file.ts';

/** Whoever reads results may keep them for a while: they change with the next release only. */
const KEEP = 'public, max-age=300';

export function releaseRoutes(context: Context): Route[] {
  const { db } = context;
  const showResults = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const frame = frameOf(context, request, survey);
    response.locals.lang = frame.lang;
    if (request.query.lang === frame.lang) setCookie(response, languageCookie(context), frame.lang);
    const t = wordsFor(frame.lang);
    const release = await findLatestTables(db, survey.file.survey);
    if (!release) {
      const heading = t('results.heading', { survey: frame.surveyTitle });
      return response.render('results/none', { ...frame, title: t('results.title'), heading });
    }
    const { query } = request;
    const wanted = {
      section: wordIn(query.section),
      by: wordIn(query.by),
      dontKnowOut: query.dontknow === 'out',
    };
    const page = findPage(release.tables, wanted, frame.lang, t);
    if (!page) throw new Problem('not_found');
    const { content } = release.tables;
    response.render(wanted.section === undefined ? 'results/overview' : 'results/section', {
      ...frame,
      synthetic: frame.synthetic || content.synthetic,
      ...page,
      results: `/surveys/${content.survey}/results`,
      release: {
        number: release.number,
        day: dayIn(release.madeOn, frame.lang),
        responses: content.responses,
        cell: content.policy.cell,
        base: content.policy.base,
        hash: release.hash,
      },
    });
  };
  const sendCsv = async (request: Request, response: Response) => {
    const { tables, number } = await getRelease(context, request);
    const { survey } = tables.content;
    const mark = tables.content.synthetic ? '-synthetic' : '';
    response
      .attachment(`${survey}-results-${number}${mark}.csv`)
      .type('text/csv; charset=utf-8')
      .set('Cache-Control', KEEP);
    response.send(resultsCsv(tables));
  };
  const sendJson = async (request: Request, response: Response) => {
    const { tables, number, hash } = await getRelease(context, request);
    response.set('Cache-Control', KEEP).json(resultsJson(tables, { number, hash }));
  };
  return [
    { method: 'get', path: '/surveys/:survey/results', who: 'everyone', handle: showResults },
    { method: 'get', path: '/surveys/:survey/results.csv', who: 'everyone', handle: sendCsv },
    { method: 'get', path: '/surveys/:survey/results.json', who: 'everyone', handle: sendJson },
  ];
}

/** The survey that the address names. @throws Problem not_found */
async function getSurveyAsked({ db }: Context, request: Request): Promise<Survey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  return live.survey;
}

/** The newest tables of that survey. @throws Problem not_found while there are none */
async function getRelease({ db }: Context, request: Request): Promise<TablesRelease> {
  const release = await findLatestTables(db, String(request.params.survey));
  if (!release) throw new Problem('not_found');
  return release;
}

const languageCookie = ({ settings }: Context) => cookieNamed('language', settings.publicUrl);

/** What `layout/head` reads: in the language asked for, the one chosen before, or the survey's first. */
function frameOf(context: Context, request: Request, { file }: Survey) {
  const { settings } = context;
  const { languages } = file;
  const known = (language: unknown) => languages.find((each) => each === language);
  const chosen = readCookie(request, languageCookie(context));
  const lang = known(request.query.lang) ?? known(chosen) ?? languages[0] ?? 'en';
  return {
    lang,
    surveyTitle: inLanguage(file.title, lang, languages[0] ?? 'en'),
    synthetic: file.synthetic ?? settings.trial ?? false,
    home: `/surveys/${file.survey}`,
    wide: true,
    languages: languages.map((each) => ({
      lang: each,
      name: new Intl.DisplayNames([each], { type: 'language' }).of(each) ?? each,
      href: addressIn(each, request),
    })),
  };
}

/** The same figures in another language. */
function addressIn(language: string, request: Request): string {
  const query = new URLSearchParams(request.url.split('?')[1]);
  query.set('lang', language);
  return `?${query}`;
}

function wordIn(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** "22 November 2026". */
function dayIn(day: string, lang: string): string {
  return new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
