/** The way in: what the study is, and consent. Nothing is kept of anybody before they agree. */
import type { Request, Response } from 'express';
import { eraseTracesSoon } from '../../db/traces.ts';
import { lastBeginOf, lastDayOf } from '../../fieldwork/closing.ts';
import type { LiveSurvey } from '../../fieldwork/store.ts';
import { showDay } from '../../questionnaire/days.ts';
import { journeyOf, knownFrom, walk } from '../../questionnaire/journey.ts';
import type { Problem as FieldProblem } from '../../questionnaire/page-rules.ts';
import { type Form, readPage } from '../../questionnaire/read-page.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { clearCookie, setCookie } from '../../web/cookies.ts';
import { formOf, offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { endDraft, startDraft } from '../answer/store.ts';
import { showDateIfAny } from '../dates.ts';
import { errorList } from '../problems-view.ts';
import { addressOf, nextAddress } from '../progress.ts';
import { plainText, viewQuestion } from '../question-view.ts';
import {
  cookieFor,
  findOwnSent,
  findOwnVisit,
  findResultsAddress,
  getLive,
  isClosed,
  isClosedToNew,
  returnCodeOf,
  settingOf,
  showClosed,
} from '../routes.ts';
import { type Shown, shownFromForm } from '../shown.ts';
import type { Setting, Sitting } from '../sitting.ts';
import { tally } from '../store.ts';
import { weekAfter, weekOf } from '../week.ts';

/** What became of answers that were begun in this browser, where there were any. */
type Earlier =
  | { readonly state: 'begun'; readonly href: string; readonly save: string; readonly days: number }
  | { readonly state: 'sent'; readonly href: string }
  | { readonly state: 'gone' };

export interface Entry {
  readonly shown: Shown;
  readonly problems: readonly FieldProblem[];
}

/** What else the first page tells. */
interface Introduction {
  readonly entry: Entry;
  readonly earlier: Earlier | undefined;
  readonly lastBegin?: string | undefined;
  readonly closes: string | undefined;
}

/** The consent question as it is first met. */
export const NOTHING_SAID: Entry = { shown: () => [], problems: [] };

export function startRoutes(context: Context): Route[] {
  const { db, now } = context;
  const show = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    if (isClosed(live, now())) return showClosed(context, request, response, live.survey, 200);
    const earlier = await findEarlier(context, request, live.survey);
    if (isClosedToNew(live, now())) return showOnlyForBegun(context, request, response, live, earlier);
    await render(context, request, response, live, NOTHING_SAID, earlier);
  };
  const start = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const { survey } = live;
    const { file } = survey;
    if (isClosed(live, now())) return showClosed(context, request, response, survey, 410);
    if (isClosedToNew(live, now())) {
      const earlier = await findEarlier(context, request, survey);
      return showOnlyForBegun(context, request, response.status(410), live, earlier);
    }
    const form = formOf(request);
    const { answers, problems } = readConsent(survey, form);
    if (problems.length > 0) {
      const earlier = await findEarlier(context, request, survey);
      return render(context, request, response.status(422), live, { shown: shownFromForm(form), problems }, earlier);
    }
    const cookie = cookieFor(context, survey);
    const journey = journeyOf(survey, answers);
    if (journey.end !== undefined) {
      // Whoever says no after having begun leaves nothing behind either.
      const begun = returnCodeOf(context, request, survey) ?? '';
      if (await endDraft(db, file.survey, begun, journey.end, weekOf(now()))) await eraseTracesSoon(db);
      else await tally(db, file.survey, journey.end, weekOf(now()));
      clearCookie(response, cookie);
      return response.redirect(303, `${addressOf(survey, 'done')}?end=${journey.end}`);
    }
    const draft = {
      survey: file.survey,
      versionHash: live.hash,
      informationVersion: file.information.version,
      consentVersion: file.consent.version,
      language: settingOf(context, request, response, survey).scene.lang,
      answers,
    };
    const returnCode = await startDraft(db, draft, weekAfter(now(), file.dates.keepDraftsDays));
    setCookie(response, cookie, returnCode);
    response.redirect(303, nextAddress(survey, journey));
  };
  return [
    { method: 'get', path: '/surveys/:survey', who: 'everyone', handle: show },
    { method: 'post', path: '/surveys/:survey/start', who: 'everyone', handle: offeringAgain(start) },
  ];
}

async function findEarlier(context: Context, request: Request, survey: Survey): Promise<Earlier | undefined> {
  if (returnCodeOf(context, request, survey) === undefined) return undefined;
  const visit = await findOwnVisit(context, request, survey);
  if (visit) return begunEarlier({ ...visit, home: addressOf(survey) });
  const sent = await findOwnSent(context, request, survey);
  return sent ? { state: 'sent', href: addressOf(survey, 'done') } : { state: 'gone' };
}

/** The way back to answers that were begun. */
export function begunEarlier({ survey, journey, home }: Pick<Sitting, 'survey' | 'journey' | 'home'>): Earlier {
  const days = survey.file.dates.keepDraftsDays;
  return { state: 'begun', href: nextAddress(survey, journey, home), save: `${home}/save`, days };
}

/** What was said to the consent question. */
export function readConsent(survey: Survey, form: Form) {
  return readPage(consentPage(survey), form, knownFrom(survey, {}));
}

/** The page that holds the consent question, as nobody in particular meets it. */
function consentPage(survey: Survey) {
  const [page] = walk(survey, () => undefined).pages;
  if (!page) throw new Error(`${survey.file.survey} has no first page`);
  return page;
}

async function render(
  context: Context,
  request: Request,
  response: Response,
  live: LiveSurvey,
  entry: Entry,
  earlier: Earlier | undefined,
): Promise<void> {
  const setting = settingOf(context, request, response, live.survey);
  await showInformation(context, response, setting, {
    entry,
    earlier,
    lastBegin: lastBeginOf(live),
    closes: lastDayOf(live),
  });
}

/** The survey's page once nobody new may begin: what is left for those who have. */
async function showOnlyForBegun(
  context: Context,
  request: Request,
  response: Response,
  live: LiveSurvey,
  earlier: Earlier | undefined,
): Promise<void> {
  const { survey } = live;
  const { lang, t, frame } = settingOf(context, request, response, survey).scene;
  response.render('responses/only-begun', {
    ...frame,
    title: t('page.onlyBegun'),
    earlier,
    closes: showDateIfAny(lastDayOf(live), lang),
    resume: addressOf(survey, 'resume'),
    withdraw: addressOf(survey, 'withdraw'),
    results: await findResultsAddress(context, survey),
  });
}

/**
 * What the study is, and the question of consent. `closes` is the last day, and `lastBegin` the last on which somebody
 * new may begin where that is an earlier one, YYYY-MM-DD.
 */
export async function showInformation(
  context: Context,
  response: Response,
  { survey, home, scene }: Setting,
  { entry, earlier, lastBegin, closes }: Introduction,
): Promise<void> {
  const { lang, t, frame } = scene;
  const { title, information, dates } = survey.file;
  const page = consentPage(survey);
  const speech = { survey, language: lang, known: knownFrom(survey, {}), t };
  const text = (words: typeof information.text) => plainText(survey, words, lang);
  response.render('responses/information', {
    ...frame,
    title: text(title),
    surveyTitle: undefined,
    errors: errorList(page, entry.problems, speech),
    information: {
      text: text(information.text),
      minutes: text(information.minutes),
      runBy: text(information.runBy),
      contact: text(information.contact),
      version: information.version,
    },
    withdrawUntil: showDateIfAny(dates.withdrawUntil, lang),
    deleteAfter: showDay(dates.deleteAfter, lang),
    lastBegin: showDateIfAny(lastBegin, lang),
    closes: showDateIfAny(closes, lang),
    earlier,
    questions: page.asked.map((asked) => viewQuestion(asked, { ...speech, ...entry })),
    action: `${home}/start`,
    resume: `${home}/resume`,
    withdraw: `${home}/withdraw`,
    results: await findResultsAddress(context, survey),
  });
}
