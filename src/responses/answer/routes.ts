/** One page of questions at a time. */
import type { Request, Response } from 'express';
import { StoreUnavailable } from '../../db/transaction.ts';
import { findPlace, journeyOf, type PageOnPath } from '../../questionnaire/journey.ts';
import { readPage } from '../../questionnaire/read-page.ts';
import { fieldsOf } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import {
  addressAfter,
  addressBefore,
  addressOf,
  FROM_CHECK,
  keptForLater,
  knownBefore,
  nextAddress,
  pageAddress,
  pauseOver,
  problemsIn,
} from '../progress.ts';
import { findOwnVisit, getLive, isClosed, offeringAgain, redirectToStart, sceneOf, showClosed } from '../routes.ts';
import { shownFromAnswers, shownFromForm } from '../shown.ts';
import { type Showing, viewPage } from './page-view.ts';
import { saveAnswers, type Visit } from './store.ts';

/** The page's own inputs beside the questions'. A question's code has no hyphen, so it can never be one of these. */
const CONTROLS = { carryOn: 'carry-on', later: 'save-for-later' };

/** A page that this respondent may answer now, and the one before it. */
interface Stop {
  readonly visit: Visit;
  readonly page: PageOnPath;
  readonly previous: PageOnPath | undefined;
}

export function answerRoutes(context: Context): Route[] {
  const show = async (request: Request, response: Response) => {
    const stop = await findStop(context, request, response);
    if (!stop) return;
    const { answers } = stop.visit.draft;
    const { page, asked } = stop.page;
    // Fresh, it says nothing about anybody and can be kept: no answer, and none piped in.
    const keep = !page.pipes && !asked.some(({ question }) => fieldsOf(question).some((field) => field in answers));
    render(context, request, response, stop, { shown: shownFromAnswers(asked, answers), keep });
  };
  const answer = async (request: Request, response: Response) => {
    const stop = await findStop(context, request, response);
    if (!stop) return;
    const { visit, page } = stop;
    const form = formOf(request);
    const later = form[CONTROLS.later] !== undefined;
    const read = readPage(page, form, knownBefore(visit.survey, visit.journey, page));
    const problems = problemsIn(read, later);
    const pause =
      later || form[CONTROLS.carryOn] !== undefined ? undefined : pauseOver(page, read, visit.draft.answers);
    const again = (status: number, showing: Partial<Showing> & { notSaved?: true }) =>
      render(context, request, response.status(status), stop, { shown: shownFromForm(form), keep: false, ...showing });
    if (problems.length > 0) return again(422, { problems });
    if (pause) return again(422, { pause });
    try {
      const kept = later ? keptForLater(read, visit.draft.answers) : read.answers;
      const untouched = Object.keys(kept).length === 0;
      const saved = untouched ? visit.draft.answers : await saveAnswers(context.db, visit.returnCode, kept);
      if (!saved) return redirectToStart(context, request, response, visit.survey);
      const journey = journeyOf(visit.survey, saved);
      const next = addressAfter(visit.survey, journey, page.page.code, cameFromCheck(request));
      response.redirect(303, later ? addressOf(visit.survey, 'save') : next);
    } catch (error) {
      // A store that cannot write now must not cost what was typed.
      if (!(error instanceof StoreUnavailable)) throw error;
      response.set('Retry-After', '30');
      again(503, { notSaved: true });
    }
  };
  return [
    { method: 'get', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: show },
    { method: 'post', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: offeringAgain(answer) },
  ];
}

/** The page in the address, if it can be answered now; otherwise sends whoever asked where they can go on. */
async function findStop(context: Context, request: Request, response: Response): Promise<Stop | undefined> {
  const live = await getLive(context, request, response);
  const code = String(request.params.page);
  const visit = await findOwnVisit(context, request, live.survey);
  // Whoever is half-way answers the version they began, also where the live one has other pages.
  const { survey } = visit ?? live;
  if (!survey.pages.some((page) => page.code === code)) throw new Problem('not_found');
  if (isClosed(live, context.now())) {
    await showClosed(context, request, response, live.survey, 410);
    return undefined;
  }
  if (!visit) {
    await redirectToStart(context, request, response, survey);
    return undefined;
  }
  const place = findPlace(survey, visit.journey, code);
  if (place.at === 'off the path') throw new Problem('not_found');
  if (place.at === 'here' && pageAddress(survey, place.page) !== addressOf(survey)) {
    return { visit, page: place.page, previous: place.previous };
  }
  response.redirect(303, place.at === 'here' ? addressOf(survey) : nextAddress(survey, visit.journey));
  return undefined;
}

/** Whether the page was opened from "check your answers": its address says so, and that of the form it sends. */
const cameFromCheck = (request: Request): boolean => request.query.from === 'check';

function render(
  context: Context,
  request: Request,
  response: Response,
  { visit, page, previous }: Stop,
  { keep, notSaved, ...showing }: Showing & { keep: boolean; notSaved?: true },
): void {
  const { survey, journey, draft } = visit;
  const { lang, t, frame } = sceneOf(context, request, response, survey, draft.language);
  const speech = { survey, language: lang, known: knownBefore(survey, journey, page), t };
  const view = viewPage(journey, page, speech, showing);
  const fromCheck = cameFromCheck(request);
  response.render('responses/answer', {
    ...frame,
    ...view,
    keep,
    ...(notSaved && { errors: [{ text: t('respond.notSaved') }] }),
    back: { href: addressBefore(survey, journey, previous, fromCheck), text: t('action.back') },
    action: pageAddress(survey, page) + (fromCheck ? FROM_CHECK : ''),
    // Who changed an answer on "check your answers" has to know why there are questions again.
    opened: fromCheck && page === journey.next,
    controls: CONTROLS,
  });
}
