/** One page of questions at a time. */
import type { Request, Response } from 'express';
import { StoreUnavailable } from '../../db/transaction.ts';
import { findPlace, journeyOf, type PageOnPath } from '../../questionnaire/journey.ts';
import { readPage } from '../../questionnaire/read-page.ts';
import { fieldsOf } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { formOf, offeringAgain } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import {
  addressAfter,
  addressBefore,
  FROM_CHECK,
  keptForLater,
  knownBefore,
  nextAddress,
  pageAddress,
  pauseOver,
  problemsIn,
} from '../progress.ts';
import { findOwnVisit, getLive, isClosed, redirectToStart, showClosed, sittingOf } from '../routes.ts';
import { shownFromAnswers, shownFromForm } from '../shown.ts';
import type { Sitting } from '../sitting.ts';
import { type Showing, viewPage } from './page-view.ts';

/** The page's own inputs beside the questions'. A question's code has no hyphen, so it can never be one of these. */
const CONTROLS = { carryOn: 'carry-on', later: 'save-for-later' };

/** A page that may be answered now, and the one before it. */
interface Stop {
  readonly page: PageOnPath;
  readonly previous: PageOnPath | undefined;
}

export function answerRoutes(context: Context): Route[] {
  const show = async (request: Request, response: Response) => {
    const sitting = await findSitting(context, request, response);
    if (sitting) showPage(sitting, request, response);
  };
  const answer = async (request: Request, response: Response) => {
    const sitting = await findSitting(context, request, response);
    if (sitting) await takePage(sitting, request, response);
  };
  return [
    { method: 'get', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: show },
    { method: 'post', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: offeringAgain(answer) },
  ];
}

/** Whoever answers in this browser, if they still can; otherwise sends them where they can go on. */
async function findSitting(context: Context, request: Request, response: Response): Promise<Sitting | undefined> {
  const live = await getLive(context, request, response);
  const visit = await findOwnVisit(context, request, live.survey);
  // Whoever is half-way answers the version they began, also where the live one has other pages.
  const { survey } = visit ?? live;
  if (!survey.pages.some((page) => page.code === request.params.page)) throw new Problem('not_found');
  if (isClosed(live, context.now())) {
    await showClosed(context, request, response, live.survey, 410);
    return undefined;
  }
  if (!visit) {
    await redirectToStart(context, request, response, survey);
    return undefined;
  }
  return sittingOf(context, request, response, visit);
}

/** The page in the address, as it stands for whoever answers. */
export function showPage(sitting: Sitting, request: Request, response: Response): void {
  const stop = findStop(sitting, request, response);
  if (!stop) return;
  const { answers, alike } = sitting;
  const { page, asked } = stop.page;
  // Fresh, it says nothing about anybody and can be kept: no answer, and none piped in.
  const fresh = !page.pipes && !asked.some(({ question }) => fieldsOf(question).some((field) => field in answers));
  render(sitting, request, response, stop, { shown: shownFromAnswers(asked, answers), keep: alike && fresh });
}

/** Saves the page in the address and leads on, or shows what has to be put right. */
export async function takePage(sitting: Sitting, request: Request, response: Response): Promise<void> {
  const stop = findStop(sitting, request, response);
  if (!stop) return;
  const { survey, journey, answers, home } = sitting;
  const { page } = stop;
  const form = formOf(request);
  const later = form[CONTROLS.later] !== undefined;
  const read = readPage(page, form, knownBefore(survey, journey, page));
  const problems = problemsIn(read, later);
  const pause = later || form[CONTROLS.carryOn] !== undefined ? undefined : pauseOver(page, read, answers);
  const again = (status: number, showing: Partial<Showing> & { notSaved?: true }) =>
    render(sitting, request, response.status(status), stop, { shown: shownFromForm(form), keep: false, ...showing });
  if (problems.length > 0) return again(422, { problems });
  if (pause) return again(422, { pause });
  try {
    const kept = later ? keptForLater(read, answers) : read.answers;
    const untouched = Object.keys(kept).length === 0;
    const saved = untouched ? answers : await sitting.keep(kept);
    if (!saved) return sitting.lost();
    const next = addressAfter(survey, journeyOf(survey, saved), page.page.code, cameFromCheck(request), home);
    response.redirect(303, later ? `${home}/save` : next);
  } catch (error) {
    // A store that cannot write now must not cost what was typed.
    if (!(error instanceof StoreUnavailable)) throw error;
    response.set('Retry-After', '30');
    again(503, { notSaved: true });
  }
}

/** The page in the address, if it can be answered now; otherwise sends whoever asked where they can go on. */
function findStop({ survey, journey, home }: Sitting, request: Request, response: Response): Stop | undefined {
  const place = findPlace(survey, journey, String(request.params.page));
  if (place.at === 'off the path') throw new Problem('not_found');
  if (place.at === 'here' && pageAddress(survey, place.page, home) !== home) return place;
  response.redirect(303, place.at === 'here' ? home : nextAddress(survey, journey, home));
  return undefined;
}

/** Whether the page was opened from "check your answers": its address says so, and that of the form it sends. */
const cameFromCheck = (request: Request): boolean => request.query.from === 'check';

function render(
  { survey, journey, home, scene }: Sitting,
  request: Request,
  response: Response,
  { page, previous }: Stop,
  { keep, notSaved, ...showing }: Showing & { keep: boolean; notSaved?: true },
): void {
  const { lang, t, frame } = scene;
  const speech = { survey, language: lang, known: knownBefore(survey, journey, page), t };
  const view = viewPage(journey, page, speech, showing);
  const fromCheck = cameFromCheck(request);
  response.render('responses/answer', {
    ...frame,
    ...view,
    keep,
    ...(notSaved && { errors: [{ text: t('respond.notSaved') }] }),
    back: { href: addressBefore(survey, journey, previous, fromCheck, home), text: t('action.back') },
    action: pageAddress(survey, page, home) + (fromCheck ? FROM_CHECK : ''),
    // Who changed an answer on "check your answers" has to know why there are questions again.
    opened: fromCheck && page === journey.next,
    controls: CONTROLS,
  });
}
