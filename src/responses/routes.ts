/**
 * The way in: what the study is, and consent. Beside it, what every page of a respondent needs: the survey, the visit,
 * the language. The questions are in `answer/`, the way out in `finish/`, saving and withdrawing in `return/`.
 */
import type { Request, Response } from 'express';
import { findLiveSurvey, type LiveSurvey } from '../fieldwork/store.ts';
import { journeyOf, knownFrom, walk } from '../questionnaire/journey.ts';
import type { Problem as FieldProblem } from '../questionnaire/page-rules.ts';
import { readPage } from '../questionnaire/read-page.ts';
import type { Survey } from '../questionnaire/survey.ts';
import type { Context } from '../web/context.ts';
import { cookieNamed, readCookie, setCookie } from '../web/cookies.ts';
import { formOf } from '../web/forms.ts';
import { Problem } from '../web/problems.ts';
import type { Route } from '../web/route-table.ts';
import { type Words, wordsFor } from '../web/words.ts';
import { showDate } from './answers-view.ts';
import { addressOf, nextAddress } from './progress.ts';
import { errorList, plainText, type Shown, shownFromForm, viewQuestion } from './question-view.ts';
import { findVisit, startDraft, tally, type Visit } from './store.ts';
import { dayOf, weekAfter, weekOf } from './week.ts';

export function responseRoutes(context: Context): Route[] {
  const { db, now } = context;
  const showInformation = async (request: Request, response: Response) => {
    const live = await getLive(context, request);
    if (isClosed(live, now())) return showClosed(context, request, response, live.survey, 200);
    const visit = await findOwnVisit(context, request, live.survey);
    const began = visit && nextAddress(visit.survey, visit.journey);
    renderInformation(context, request, response, live.survey, { shown: () => [], problems: [], began });
  };
  const start = async (request: Request, response: Response) => {
    const live = await getLive(context, request);
    const { survey } = live;
    const { file } = survey;
    if (isClosed(live, now())) return showClosed(context, request, response, survey, 410);
    const read = readPage(consentPage(survey), formOf(request), knownFrom(survey, {}));
    if (read.problems.length > 0) {
      const shown = shownFromForm(formOf(request));
      return renderInformation(context, request, response, survey, {
        shown,
        problems: read.problems,
        began: undefined,
      });
    }
    const journey = journeyOf(survey, read.answers);
    if (journey.end !== undefined) {
      await tally(db, file.survey, journey.end, weekOf(now()));
      return showEnd(context, request, response, survey, journey.end);
    }
    const draft = {
      survey: file.survey,
      versionHash: live.hash,
      informationVersion: file.information.version,
      consentVersion: file.consent.version,
      language: sceneOf(context, request, response, survey).lang,
      answers: read.answers,
    };
    const returnCode = await startDraft(db, draft, weekAfter(now(), file.dates.keepDraftsDays));
    setCookie(response, cookieFor(context, survey), returnCode);
    response.redirect(303, nextAddress(survey, journey));
  };
  return [
    { method: 'get', path: '/surveys/:survey', who: 'everyone', handle: showInformation },
    { method: 'post', path: '/surveys/:survey/start', who: 'everyone', handle: start },
  ];
}

/** The live survey that the address names. @throws Problem not_found */
export async function getLive({ db }: Context, request: Request): Promise<LiveSurvey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
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

/** Whether nobody can answer any more: closed by the team, or past its last day. */
export function isClosed({ status, survey }: LiveSurvey, now: Date): boolean {
  const { closes } = survey.file.dates;
  return status === 'closed' || (closes !== undefined && dayOf(now) > closes);
}

/** The words and the frame of a survey's page. */
export interface Scene {
  readonly lang: string;
  readonly t: Words;
  /** What `layout/head` reads. */
  readonly frame: Readonly<Record<string, unknown>>;
}

/** The scene in the language asked for, the one chosen before, the draft's, or the survey's first. */
export function sceneOf(context: Context, request: Request, response: Response, survey: Survey, begun?: string): Scene {
  const { languages } = survey.file;
  const cookie = cookieNamed('language', context.settings.publicUrl);
  const known = (language: unknown) => languages.find((each) => each === language);
  const asked = known(request.query.lang);
  if (asked !== undefined) setCookie(response, cookie, asked);
  const lang = asked ?? known(readCookie(request, cookie)) ?? known(begun) ?? languages[0] ?? 'en';
  response.locals.lang = lang;
  const names = new Intl.DisplayNames([lang], { type: 'language' });
  return {
    lang,
    t: wordsFor(lang),
    frame: {
      lang,
      surveyTitle: plainText(survey, survey.file.title, lang),
      synthetic: survey.file.synthetic ?? context.settings.trial ?? false,
      languages: languages.map((each) => ({
        lang: each,
        name: new Intl.DisplayNames([each], { type: 'language' }).of(each) ?? names.of(each) ?? each,
        href: `?lang=${each}`,
      })),
      home: addressOf(survey),
    },
  };
}

/** "31 March 2027", for a date the survey may not have. */
export function dateIn(date: string | undefined, lang: string): string | undefined {
  return date === undefined ? undefined : showDate(date, lang);
}

/** A page that ends the questionnaire before its end. With `back` the answer that led here can still be changed. */
export function showEnd(
  context: Context,
  request: Request,
  response: Response,
  survey: Survey,
  end: string,
  back?: string,
): void {
  const { lang, t, frame } = sceneOf(context, request, response, survey);
  const words = survey.file.ends[end];
  response.render('responses/end', {
    ...frame,
    title: words ? plainText(survey, words.title, lang) : t('respond.endTitle'),
    text: words && plainText(survey, words.text, lang),
    ...(back !== undefined && { back: { href: back, text: t('action.back') }, finish: addressOf(survey, 'submit') }),
  });
}

/** The survey's page when it takes no more answers. */
export function showClosed(
  context: Context,
  request: Request,
  response: Response,
  survey: Survey,
  status: number,
): void {
  const { t, frame } = sceneOf(context, request, response, survey);
  response.status(status).render('responses/closed', {
    ...frame,
    title: t('page.closed'),
    results: addressOf(survey, 'results'),
    withdraw: addressOf(survey, 'withdraw'),
  });
}

/** The page that holds the consent question, as nobody in particular meets it. */
function consentPage(survey: Survey) {
  const [page] = walk(survey, () => undefined).pages;
  if (!page) throw new Error(`${survey.file.survey} has no first page`);
  return page;
}

interface Entry {
  readonly shown: Shown;
  readonly problems: readonly FieldProblem[];
  /** Where a draft begun in this browser goes on. */
  readonly began: string | undefined;
}

function renderInformation(context: Context, request: Request, response: Response, survey: Survey, entry: Entry): void {
  const { lang, t, frame } = sceneOf(context, request, response, survey);
  const { information, dates } = survey.file;
  const page = consentPage(survey);
  const scene = { survey, language: lang, known: knownFrom(survey, {}), t, ...entry };
  const text = (words: typeof information.text) => plainText(survey, words, lang);
  response.status(entry.problems.length > 0 ? 422 : 200).render('responses/information', {
    ...frame,
    title: text(survey.file.title),
    surveyTitle: undefined,
    errors: errorList(page, entry.problems, scene),
    information: {
      text: text(information.text),
      minutes: text(information.minutes),
      runBy: text(information.runBy),
      contact: text(information.contact),
      version: information.version,
    },
    withdrawUntil: dateIn(dates.withdrawUntil, lang),
    deleteAfter: dateIn(dates.deleteAfter, lang),
    closes: dateIn(dates.closes, lang),
    began: entry.began,
    questions: page.asked.map((asked) => viewQuestion(asked, scene)),
    action: addressOf(survey, 'start'),
    resume: addressOf(survey, 'resume'),
    withdraw: addressOf(survey, 'withdraw'),
    results: addressOf(survey, 'results'),
  });
}
