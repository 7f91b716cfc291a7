/**
 * What every page of a respondent needs: the survey, the visit, the language, and the pages that say "not here". The
 * way in is in `start/`, the questions in `answer/`, the way out in `finish/`, saving and withdrawing in `return/`.
 */
import type { Request, Response } from 'express';
import { closedBy, isOnlyForBegun } from '../fieldwork/closing.ts';
import { findLiveSurvey, hasResults, type LiveSurvey } from '../fieldwork/store.ts';
import { dayOf } from '../questionnaire/days.ts';
import type { Survey } from '../questionnaire/survey.ts';
import type { Context } from '../web/context.ts';
import { cookieNamed, readCookie } from '../web/cookies.ts';
import { languageOf, rememberLanguage } from '../web/language.ts';
import { Problem } from '../web/problems.ts';
import { languageName, wordsFor } from '../web/words.ts';
import { findVisit, saveAnswers, type Visit } from './answer/store.ts';
import { addressOf } from './progress.ts';
import { plainText } from './question-view.ts';
import type { Scene, Setting, Sitting } from './sitting.ts';
import { findSentVersion, withdrawalCode } from './store.ts';
import { weekOf } from './week.ts';

/** The live survey that the address names; from here on a problem is told in its language and leads back to it. @throws Problem not_found */
export async function getLive(context: Context, request: Request, response: Response): Promise<LiveSurvey> {
  const live = await findLiveSurvey(context.db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  response.locals.lang = languageOf(context, request, live.survey.file.languages);
  response.locals.home = addressOf(live.survey);
  return live;
}

/** The cookie that holds the return code: one for each survey, gone when the browser closes. */
export function cookieFor({ settings }: Context, survey: Survey) {
  return cookieNamed(`answers-${survey.file.survey}`, settings.publicUrl);
}

/** The return code that this browser carries for the survey. */
export function returnCodeOf(context: Context, request: Request, survey: Survey): string | undefined {
  return readCookie(request, cookieFor(context, survey));
}

/** The visit of whoever holds the cookie, under the version they began with. */
export async function findOwnVisit(context: Context, request: Request, survey: Survey): Promise<Visit | undefined> {
  const returnCode = returnCodeOf(context, request, survey);
  return returnCode ? findVisit(context.db, survey.file.survey, returnCode, weekOf(context.now())) : undefined;
}

/** The version under which the answers begun in this browser were sent; undefined unless they were, and still stand. */
export async function findOwnSent(context: Context, request: Request, survey: Survey): Promise<Survey | undefined> {
  const returnCode = returnCodeOf(context, request, survey);
  return returnCode === undefined
    ? undefined
    : findSentVersion(context.db, survey.file.survey, withdrawalCode(returnCode));
}

/** Sends whoever has no draft to what they can do: see the receipt of what they sent, or begin. */
export async function redirectToStart(
  context: Context,
  request: Request,
  response: Response,
  survey: Survey,
): Promise<void> {
  const sent = await findOwnSent(context, request, survey);
  response.redirect(303, addressOf(survey, ...(sent ? ['done'] : [])));
}

/** Whether nobody can answer any more: closed by the team, or past its last day. */
export function isClosed(live: LiveSurvey, now: Date): boolean {
  return closedBy(live, dayOf(now)) !== undefined;
}

/** Whether nobody new may begin: nobody can answer any more, or only those who have begun. */
export function isClosedToNew(live: LiveSurvey, now: Date): boolean {
  return isClosed(live, now) || isOnlyForBegun(live, dayOf(now));
}

/** A visit as the pages see it. */
export function sittingOf(context: Context, request: Request, response: Response, visit: Visit): Sitting {
  const { survey, journey, draft, returnCode } = visit;
  return {
    ...settingOf(context, request, response, survey, draft.language),
    journey,
    answers: draft.answers,
    alike: true,
    keep: (page) => saveAnswers(context.db, returnCode, page),
    lost: () => redirectToStart(context, request, response, survey),
  };
}

/** The setting of a survey's own pages, which remember the language that was asked for. */
export function settingOf(
  context: Context,
  request: Request,
  response: Response,
  survey: Survey,
  begun?: string,
): Setting {
  const lang = languageOf(context, request, survey.file.languages, begun);
  rememberLanguage(context, request, response, lang);
  const home = addressOf(survey);
  const scene = makeScene(context, response, survey, {
    lang,
    home,
    addressIn: (each) => addressIn(each, request, home),
  });
  return { survey, home, scene };
}

/** The scene of a page in a language. `addressIn` says where the same page is in another. */
export function makeScene(
  { settings }: Context,
  response: Response,
  survey: Survey,
  place: { readonly lang: string; readonly home: string; readonly addressIn: (language: string) => string },
): Scene {
  const { lang, home, addressIn } = place;
  response.locals.lang = lang;
  return {
    lang,
    t: wordsFor(lang),
    frame: {
      lang,
      surveyTitle: plainText(survey, survey.file.title, lang),
      synthetic: survey.file.synthetic ?? settings.trial ?? false,
      languages: survey.file.languages.map((each) => ({
        lang: each,
        name: languageName(each),
        href: addressIn(each),
      })),
      home,
    },
  };
}

/** This page in another language. */
function addressIn(language: string, request: Request, home: string): string {
  const query = new URLSearchParams(request.url.split('?')[1]);
  query.set('lang', language);
  return `${isOnlyPosted(request) ? home : request.path}?${query}`;
}

/** Whether the address only takes a form: what was shown in reply is shown by the page that the form stands on. */
export const isOnlyPosted = ({ path }: Request): boolean => /\/(start|submit)$/.test(path);

/** A page that ends the questionnaire before its end. With `back` the answer that led here can still be changed. */
export function showEnd(response: Response, { survey, home, scene }: Setting, end: string, back?: string): void {
  const { lang, t, frame } = scene;
  const words = survey.file.ends[end];
  response.render('responses/end', {
    ...frame,
    title: words ? plainText(survey, words.title, lang) : t('respond.endTitle'),
    text: words && plainText(survey, words.text, lang),
    ...(back !== undefined && { back: { href: back, text: t('action.back') }, finish: `${home}/submit` }),
  });
}

/** Where a survey's results are; undefined while none are published: a link must lead to something. */
export async function findResultsAddress({ db }: Context, survey: Survey): Promise<string | undefined> {
  return (await hasResults(db, survey.file.survey)) ? addressOf(survey, 'results') : undefined;
}

/** The survey's page when it takes no more answers. */
export async function showClosed(
  context: Context,
  request: Request,
  response: Response,
  survey: Survey,
  status: number,
): Promise<void> {
  const { t, frame } = settingOf(context, request, response, survey).scene;
  const results = await findResultsAddress(context, survey);
  response.status(status).render('responses/closed', {
    ...frame,
    title: t('page.closed'),
    results,
    withdraw: addressOf(survey, 'withdraw'),
  });
}
