/** The way out: check your answers, submit once, the receipt. */
import type { Request, Response } from 'express';
import { eraseTracesSoon, mixSoon } from '../../db/traces.ts';
import type { Journey } from '../../questionnaire/journey.ts';
import { type Context, wholeAddress } from '../../web/context.ts';
import { clearCookie } from '../../web/cookies.ts';
import { offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { endDraft } from '../answer/store.ts';
import { viewAnswers } from '../answers-view.ts';
import { showCode } from '../codes.ts';
import { showDateIfAny } from '../dates.ts';
import { addressOf, FROM_CHECK, pageAddress } from '../progress.ts';
import { plainText } from '../question-view.ts';
import {
  cookieFor,
  findOwnSent,
  findOwnVisit,
  findResultsAddress,
  getLive,
  isClosed,
  redirectToStart,
  returnCodeOf,
  settingOf,
  showClosed,
  showEnd,
  sittingOf,
} from '../routes.ts';
import type { Setting } from '../sitting.ts';
import { isSubmitted, withdrawalCode } from '../store.ts';
import { weekOf } from '../week.ts';
import { submitDraft } from './store.ts';

/**
 * @param hasEvents whether there is anything to sign up for: all that a respondent's page learns of that, and nothing goes
 * the other way
 */
export function finishRoutes(context: Context, hasEvents: () => Promise<boolean>): Route[] {
  const { db, now } = context;
  const check = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const visit = await findOwnVisit(context, request, live.survey);
    if (!visit) return redirectToStart(context, request, response, live.survey);
    if (isClosed(live, now())) return showClosed(context, request, response, live.survey, 410);
    showCheck(sittingOf(context, request, response, visit), response);
  };
  const submit = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const { survey } = live.survey.file;
    const returnCode = returnCodeOf(context, request, live.survey);
    if (!returnCode) return response.redirect(303, addressOf(live.survey));
    if (await isSubmitted(db, survey, returnCode)) return response.redirect(303, addressOf(live.survey, 'done'));
    if (isClosed(live, now())) return showClosed(context, request, response, live.survey, 410);
    const visit = await findOwnVisit(context, request, live.survey);
    const end = visit?.journey.end;
    if (end !== undefined) {
      if (await endDraft(db, survey, returnCode, end, weekOf(now()))) await eraseTracesSoon(db);
      clearCookie(response, cookieFor(context, live.survey));
      return response.redirect(303, `${addressOf(live.survey, 'done')}?end=${end}`);
    }
    const outcome = await submitDraft(db, survey, returnCode, weekOf(now()));
    if (outcome === 'submitted') mixSoon(db);
    const next = { submitted: ['done'], 'not complete': ['check'], 'no draft': [] }[outcome];
    response.redirect(303, addressOf(live.survey, ...next));
  };
  const done = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const returnCode = returnCodeOf(context, request, live.survey);
    const survey = await findOwnSent(context, request, live.survey);
    if (!returnCode || !survey) {
      const { end } = request.query;
      const isEnd = typeof end === 'string' && Object.hasOwn(live.survey.file.ends, end);
      if (isEnd && !returnCode) return showEnd(response, settingOf(context, request, response, live.survey), end);
      return response.redirect(303, addressOf(live.survey, ...(returnCode ? ['check'] : [])));
    }
    const setting = settingOf(context, request, response, survey);
    await showReceipt(context, response, setting, returnCode, await hasEvents());
  };
  return [
    { method: 'get', path: '/surveys/:survey/check', who: 'respondent', handle: check },
    { method: 'post', path: '/surveys/:survey/submit', who: 'respondent', handle: offeringAgain(submit) },
    { method: 'get', path: '/surveys/:survey/done', who: 'respondent', handle: done },
  ];
}

/** "Check your answers", or the end that the answers lead to; leads to the page that is open where there is one. */
export function showCheck(sitting: Setting & { readonly journey: Journey }, response: Response): void {
  const { survey, journey, home, scene } = sitting;
  if (journey.next) {
    response.redirect(303, pageAddress(survey, journey.next, home));
    return;
  }
  const last = journey.pages.at(-1);
  const back = last ? pageAddress(survey, last, home) : home;
  if (journey.end !== undefined) {
    showEnd(response, sitting, journey.end, back);
    return;
  }
  const { lang, t, frame } = scene;
  response.render('responses/check', {
    ...frame,
    title: t('respond.checkTitle'),
    back: { href: back, text: t('action.back') },
    sections: viewAnswers(survey, journey, lang).map(({ title, rows }) => ({
      title,
      rows: rows.map(({ page, ...row }) => ({
        ...row,
        href: page && `${home}/answer/${page}${FROM_CHECK}#${row.input}`,
      })),
    })),
    withdrawUntil: showDateIfAny(survey.file.dates.withdrawUntil, lang),
    action: `${home}/submit`,
    save: `${home}/save`,
    withdraw: `${home}/withdraw`,
  });
}

/** The receipt of what was sent with this return code. @param events whether to lead to what one can sign up for */
export async function showReceipt(
  context: Context,
  response: Response,
  { survey, home, scene }: Setting,
  returnCode: string,
  events = false,
): Promise<void> {
  const { lang, t, frame } = scene;
  response.render('responses/done', {
    ...frame,
    title: t('respond.doneTitle'),
    code: showCode(withdrawalCode(returnCode)),
    withdraw: `${home}/withdraw`,
    where: wholeAddress(context, `${home}/withdraw`),
    results: await findResultsAddress(context, survey),
    events,
    withdrawUntil: showDateIfAny(survey.file.dates.withdrawUntil, lang),
    contact: plainText(survey, survey.file.information.contact, lang),
    finish: survey.file.finish && plainText(survey, survey.file.finish.text, lang),
  });
}
