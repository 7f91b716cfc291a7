/** The published results of a survey: its releases and nothing live (rules T1, R2). */
import type { Request, Response } from 'express';
import { hashUnchanged } from '../db/hash-file.ts';
import { findLiveSurvey } from '../fieldwork/store.ts';
import { creditOf } from '../questionnaire/credit.ts';
import type { Survey } from '../questionnaire/survey.ts';
import { inLanguage } from '../questionnaire/text.ts';
import type { Context } from '../web/context.ts';
import { cookieNamed, readCookie, setCookie } from '../web/cookies.ts';
import { Problem } from '../web/problems.ts';
import type { Route } from '../web/route-table.ts';
import { wordsFor } from '../web/words.ts';
import type { ZippedData } from './ledger/data-content.ts';
import { type Standing, standingsOf } from './ledger/ledger.ts';
import { findLatestTables, getData, getTables, type TablesRelease } from './ledger/parts/store.ts';
import { readLedger } from './ledger/store.ts';
import { isSeen, listRelease, partOf } from './page/releases.ts';
import { type Links, viewTables } from './page/tables-view.ts';
import { resultsCsv, resultsJson } from './tables/results-file.ts';

/** Whoever reads results may keep them for a while: they change with the next release only. */
const KEEP = 'public, max-age=300';
/** Of what is for staff nothing is kept. */
export const KEEP_NOTHING = 'no-store';

export function releaseRoutes(context: Context): Route[] {
  const { db } = context;
  const showResults = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const frame = frameOf(context, request, response, survey);
    const release = await findLatestTables(db, survey.file.survey);
    const standings = standingsOf(await readLedger(db, survey.file.survey));
    if (release) return showTables(request, response, { frame, survey, release, standings });
    const t = wordsFor(frame.lang);
    const heading = t('results.heading', { survey: frame.surveyTitle });
    const releases = standings.some(isSeen) ? `${frame.home}/releases` : undefined;
    response.render('results/none', { ...frame, title: t('results.title'), heading, releases });
  };
  const showRelease = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const frame = frameOf(context, request, response, survey);
    const { standing, standings } = await getSeen(context, request);
    const part = partOf(standing, 'tables');
    if (standing.state !== 'withdrawn' && part) {
      const release = await getTables(db, part.id);
      return showTables(request, response, { frame, survey, release, standings, asked: standing });
    }
    response.status(standing.state === 'withdrawn' ? 410 : 200);
    const t = wordsFor(frame.lang);
    const release = listRelease(standing, frame);
    response.render('results/release', { ...frame, title: t('release.one', { number: release.number }), release });
  };
  const listReleases = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const frame = frameOf(context, request, response, survey);
    const t = wordsFor(frame.lang);
    const releases = standingsOf(await readLedger(db, survey.file.survey))
      .filter(isSeen)
      .toReversed();
    const heading = t('release.heading', { survey: frame.surveyTitle });
    const title = t('release.title');
    response.render('results/releases', {
      ...frame,
      title,
      heading,
      releases: releases.map((each) => listRelease(each, frame)),
    });
  };
  const sendBundle = async (request: Request, response: Response) => {
    const { standing } = await getSeen(context, request);
    const part = partOf(standing, 'microdata');
    const { releasesPath } = context.settings;
    if (!part || releasesPath === undefined || standing.state === 'withdrawn') throw new Problem('not_found');
    const data = await getData(db, part.id);
    if ('files' in data) throw new Problem('not_found');
    await checkZip(releasesPath, data);
    response.set('Cache-Control', KEEP).attachment(data.file);
    response.sendFile(data.file, { root: releasesPath });
  };
  return [
    { method: 'get', path: '/surveys/:survey/results', who: 'everyone', handle: showResults },
    { method: 'get', path: '/surveys/:survey/results.csv', who: 'everyone', handle: sendCsv(context, getLatest, KEEP) },
    {
      method: 'get',
      path: '/surveys/:survey/results.json',
      who: 'everyone',
      handle: sendJson(context, getLatest, KEEP),
    },
    { method: 'get', path: '/surveys/:survey/releases', who: 'everyone', handle: listReleases },
    {
      method: 'get',
      path: '/surveys/:survey/releases/:release.csv',
      who: 'everyone',
      handle: sendCsv(context, getOne, KEEP),
    },
    {
      method: 'get',
      path: '/surveys/:survey/releases/:release.json',
      who: 'everyone',
      handle: sendJson(context, getOne, KEEP),
    },
    { method: 'get', path: '/surveys/:survey/releases/:release', who: 'everyone', handle: showRelease },
    { method: 'get', path: '/surveys/:survey/releases/:release/bundle.zip', who: 'everyone', handle: sendBundle },
  ];
}

type Frame = ReturnType<typeof frameOf>;
type Find = (context: Context, request: Request) => Promise<TablesRelease>;

/** @throws Problem not_found where there is no zip; an error where it was changed after it was made, as of changed tables */
export async function checkZip(releasesPath: string, { file, sha256 }: ZippedData): Promise<void> {
  const found = await hashUnchanged(`${releasesPath}/${file}`);
  if (found === undefined) throw new Problem('not_found');
  if (found !== sha256) throw new Error(`${file} was changed after it was made`);
}

/** Sends the figures that are found, one to a line. */
export function sendCsv(context: Context, find: Find, keep: string) {
  return async (request: Request, response: Response) => {
    const { tables, number } = await find(context, request);
    const { survey } = tables.content;
    const mark = tables.content.synthetic ? '-synthetic' : '';
    response
      .attachment(`${survey}-results-${number}${mark}.csv`)
      .type('text/csv; charset=utf-8')
      .set('Cache-Control', keep);
    response.send(resultsCsv(tables));
  };
}

/** Sends them as JSON. */
export function sendJson(context: Context, find: Find, keep: string) {
  return async (request: Request, response: Response) => {
    const { tables, number, hash } = await find(context, request);
    response.set('Cache-Control', keep).json(resultsJson(tables, { number, hash }));
  };
}

/** A release of tables that somebody wants to see. */
interface ToShow {
  readonly frame: Frame;
  readonly survey: Survey;
  readonly release: TablesRelease;
  readonly standings: readonly Standing[];
  /** The one that the address names; left out where it is the newest. */
  readonly asked?: Standing;
  /** Where its links lead; left out, to the public's addresses. */
  readonly links?: Links;
}

/** Shows the page of a release's tables that the query names. @throws Problem not_found where there is none such */
export function showTables(
  request: Request,
  response: Response,
  { frame, survey, release, standings, asked, links }: ToShow,
): void {
  const { query } = request;
  const { lang } = frame;
  const { content } = release.tables;
  const home = `/surveys/${content.survey}`;
  const own = asked ?? standings.find(({ number }) => number === release.number);
  const address = asked ? `${home}/releases/${release.number}` : `${home}/results`;
  const page = viewTables(
    release,
    { section: wordIn(query.section), by: wordIn(query.by), dontKnowOut: query.dontknow === 'out' },
    links ?? {
      results: address,
      figures: address,
      releases: `${home}/releases`,
      bundle: own && partOf(own, 'microdata') ? `${home}/releases/${release.number}/bundle.zip` : undefined,
    },
    { lang, t: wordsFor(lang), credit: creditOf(survey.file, lang) },
  );
  if (!page) throw new Problem('not_found');
  const withdrawn = standings.find(({ number, state }) => number > release.number && state === 'withdrawn');
  response.render(page.template, {
    ...frame,
    ...page.view,
    synthetic: frame.synthetic || content.synthetic,
    newest: `${home}/results`,
    report: asked ? undefined : `${home}/results/report`,
    supersededBy: own?.supersededBy,
    withdrawn: asked ? undefined : withdrawn && listRelease(withdrawn, frame),
  });
}

/** The release that the address names, among all. @throws Problem not_found where the public has not seen it */
async function getSeen({ db }: Context, request: Request) {
  const { survey, release } = request.params;
  const standings = standingsOf(await readLedger(db, String(survey)));
  const standing = standings.find((each) => String(each.number) === release && isSeen(each));
  if (!standing) throw new Problem('not_found');
  return { standing, standings };
}

/** The survey that the address names. @throws Problem not_found */
export async function getSurveyAsked({ db }: Context, request: Request): Promise<Survey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  return live.survey;
}

/** The newest tables of that survey. @throws Problem not_found while there are none */
async function getLatest({ db }: Context, request: Request): Promise<TablesRelease> {
  const release = await findLatestTables(db, String(request.params.survey));
  if (!release) throw new Problem('not_found');
  return release;
}

/** The tables of the release that the address names. @throws Problem not_found where there are none, or no more */
async function getOne(context: Context, request: Request): Promise<TablesRelease> {
  const { standing } = await getSeen(context, request);
  const part = partOf(standing, 'tables');
  if (!part || standing.state === 'withdrawn') throw new Problem('not_found');
  return getTables(context.db, part.id);
}

const languageCookie = ({ settings }: Context) => cookieNamed('language', settings.publicUrl);

/** What `layout/head` reads: in the language asked for, the one chosen before, or the survey's first. */
export function frameOf(context: Context, request: Request, response: Response, { file }: Survey) {
  const { settings } = context;
  const { languages } = file;
  const known = (language: unknown) => languages.find((each) => each === language);
  const chosen = readCookie(request, languageCookie(context));
  const lang = known(request.query.lang) ?? known(chosen) ?? languages[0] ?? 'en';
  response.locals.lang = lang;
  if (request.query.lang === lang) setCookie(response, languageCookie(context), lang);
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
