/** Save and come back, on this device or another; take the answers back. */
import type { Request, Response } from 'express';
import { eraseTracesSoon } from '../../db/traces.ts';
import { lastDayOf } from '../../fieldwork/closing.ts';
import { listVersions } from '../../fieldwork/store.ts';
import { dayOf } from '../../questionnaire/days.ts';
import type { Journey } from '../../questionnaire/journey.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { type Context, wholeAddress } from '../../web/context.ts';
import { clearCookie, setCookie } from '../../web/cookies.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { findVisit, type Visit } from '../answer/store.ts';
import { readCode, showCode } from '../codes.ts';
import { showDateIfAny } from '../dates.ts';
import { giveUpDraft } from '../leaving/store.ts';
import { addressOf, nextAddress } from '../progress.ts';
import {
  cookieFor,
  findOwnSent,
  findOwnVisit,
  getLive,
  isClosed,
  redirectToStart,
  returnCodeOf,
  settingOf,
  showClosed,
  sittingOf,
} from '../routes.ts';
import type { Setting } from '../sitting.ts';
import { findSentVersion, isSubmitted, withdrawalCode, withdrawResponse } from '../store.ts';
import { weekOf } from '../week.ts';

export function returnRoutes(context: Context): Route[] {
  const { db, now } = context;
  const showSaved = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const visit = await findOwnVisit(context, request, live.survey);
    if (!visit) return redirectToStart(context, request, response, live.survey);
    if (isClosed(live, now())) return showClosed(context, request, response, live.survey, 410);
    showSave(context, response, sittingOf(context, request, response, visit), visit.returnCode, lastDayOf(live));
  };
  const save = async (request: Request, response: Response) => {
    const { survey } = await getLive(context, request, response);
    response.redirect(303, addressOf(survey, 'save'));
  };

  const askForCode = async (request: Request, response: Response, wrong = false) => {
    const live = await getLive(context, request, response);
    const { survey } = live;
    const { lang, t, frame } = settingOf(context, request, response, survey).scene;
    const typed = findValue(formOf(request), 'code') ?? queryCode(request);
    response.status(wrong ? 422 : 200).render('responses/resume', {
      ...frame,
      title: t('respond.resumeTitle'),
      errors: wrong ? [{ href: '#code', text: t(typed.trim() ? 'respond.codeUnknown' : 'respond.codeMissing') }] : [],
      code: typed,
      closes: isClosed(live, now()) ? undefined : showDateIfAny(lastDayOf(live), lang),
      action: addressOf(survey, 'resume'),
      back: { href: addressOf(survey), text: t('action.back') },
    });
  };
  const resume = async (request: Request, response: Response) => {
    const live = await getLive(context, request, response);
    const code = readCode(findValue(formOf(request), 'code') ?? '');
    const { survey } = live.survey.file;
    const visit = code && (await findVisit(db, survey, code, weekOf(now())));
    const submitted = code !== undefined && (await isSubmitted(db, survey, code));
    if (!code || (!visit && !submitted)) return askForCode(request, response, true);
    if (!submitted && isClosed(live, now())) return showClosed(context, request, response, live.survey, 410);
    setCookie(response, cookieFor(context, live.survey), code);
    response.redirect(303, visit ? nextAddress(visit.survey, visit.journey) : addressOf(live.survey, 'done'));
  };

  const askToWithdraw = async (request: Request, response: Response, wrong = false) => {
    const { survey } = await getLive(context, request, response);
    const visit = await findOwnVisit(context, request, survey);
    if (visit && !wrong) return askToLeave(request, response, visit);
    const until = lastDay(await listVersions(db, survey.file.survey));
    if (isOver(until)) return showTooLate(request, response, survey, until, wrong ? 410 : 200);
    const { t, frame } = settingOf(context, request, response, survey).scene;
    const typed = findValue(formOf(request), 'code');
    const own = await ownCode(request, survey);
    response.status(wrong ? 422 : 200).render('responses/withdraw', {
      ...frame,
      title: t('respond.withdrawTitle'),
      errors: wrong
        ? [{ href: '#code', text: t(typed?.trim() ? 'respond.withdrawalUnknown' : 'respond.codeMissing') }]
        : [],
      code: typed ?? own,
      own: own !== '',
      action: addressOf(survey, 'withdraw'),
      back: { href: addressOf(survey), text: t('action.back') },
    });
  };
  /** In the browser of whoever has not sent yet: there is no code to look for, and nothing published. */
  const askToLeave = (request: Request, response: Response, { survey, journey, returnCode, draft }: Visit) => {
    const { t, frame } = settingOf(context, request, response, survey, draft.language).scene;
    response.render('responses/leave', {
      ...frame,
      title: t('respond.leaveTitle'),
      code: returnCode,
      action: addressOf(survey, 'withdraw'),
      back: { href: nextAddress(survey, journey), text: t('action.back') },
    });
  };
  const showTooLate = (request: Request, response: Response, survey: Survey, until: string, status: number) => {
    const { lang, t, frame } = settingOf(context, request, response, survey).scene;
    response.status(status).render('responses/withdraw-late', {
      ...frame,
      title: t('respond.withdrawTitle'),
      until: showDateIfAny(until, lang),
      back: { href: addressOf(survey), text: t('action.back') },
    });
  };
  const withdraw = async (request: Request, response: Response) => {
    const { survey } = await getLive(context, request, response);
    const { survey: name } = survey.file;
    const code = readCode(findValue(formOf(request), 'code') ?? '');
    if (code === undefined) return askToWithdraw(request, response, true);
    // Either code will do: whoever still holds only the return code must be able to leave too.
    for (const each of [code, withdrawalCode(code)]) {
      const sent = await findSentVersion(db, name, each);
      const until = sent?.file.dates.withdrawUntil;
      // The day that was promised counts, whatever a later version says.
      if (isOver(until)) return showTooLate(request, response, survey, until, 410);
      if (sent && (await withdrawResponse(db, name, each, weekOf(now()))))
        return sayGone(request, response, survey, code);
    }
    if (await giveUpDraft(db, name, code, weekOf(now()))) return sayGone(request, response, survey, code);
    return askToWithdraw(request, response, true);
  };
  const sayGone = async (request: Request, response: Response, survey: Survey, code: string) => {
    await eraseTracesSoon(db);
    const own = returnCodeOf(context, request, survey);
    if (own === code || (own && withdrawalCode(own) === code)) clearCookie(response, cookieFor(context, survey));
    const { t, frame } = settingOf(context, request, response, survey).scene;
    response.render('responses/withdrawn', {
      ...frame,
      // There is nothing to come back to: this page is shown once, in the language it was asked for.
      languages: [],
      title: t('respond.withdrawnTitle'),
      home: addressOf(survey),
    });
  };
  const isOver = (day: string | undefined): day is string => day !== undefined && dayOf(now()) > day;
  /** The code of whoever withdraws in the browser they answered in, so that they need not look for it. */
  const ownCode = async (request: Request, survey: Survey): Promise<string> => {
    const own = returnCodeOf(context, request, survey);
    return own !== undefined && (await findOwnSent(context, request, survey)) ? showCode(withdrawalCode(own)) : '';
  };

  return [
    { method: 'get', path: '/surveys/:survey/save', who: 'respondent', handle: showSaved },
    { method: 'post', path: '/surveys/:survey/save', who: 'respondent', handle: save },
    {
      method: 'get',
      path: '/surveys/:survey/resume',
      who: 'everyone',
      handle: (request, response) => askForCode(request, response),
    },
    { method: 'post', path: '/surveys/:survey/resume', who: 'everyone', handle: offeringAgain(resume) },
    {
      method: 'get',
      path: '/surveys/:survey/withdraw',
      who: 'everyone',
      handle: (request, response) => askToWithdraw(request, response),
    },
    { method: 'post', path: '/surveys/:survey/withdraw', who: 'everyone', handle: offeringAgain(withdraw) },
  ];
}

/** The link and the code to come back with. `closes` is the last day, YYYY-MM-DD. */
export function showSave(
  context: Context,
  response: Response,
  { survey, journey, home, scene }: Setting & { readonly journey: Journey },
  returnCode: string,
  closes: string | undefined,
): void {
  const { lang, t, frame } = scene;
  const resume = `${home}/resume?code=${returnCode}`;
  const whole = wholeAddress(context, resume);
  response.render('responses/save', {
    ...frame,
    title: t('respond.saveTitle'),
    code: showCode(returnCode),
    // Without a public address only the browser knows how this site is reached: its link can be copied, not read.
    link: { href: whole ?? resume, text: whole ?? t('action.resume') },
    days: survey.file.dates.keepDraftsDays,
    closes: showDateIfAny(closes, lang),
    next: nextAddress(survey, journey, home),
    withdraw: `${home}/withdraw`,
  });
}

/** The last day on which answers given under any of the versions can be taken back; undefined where one sets no end. */
function lastDay(versions: readonly Survey[]): string | undefined {
  const days = versions.map(({ file }) => file.dates.withdrawUntil).sort();
  // Sorting puts what is undefined last.
  return days.at(-1);
}

/** The code in a link from the "save and come back" page, to fill the box with: following a link changes nothing. */
function queryCode(request: Request): string {
  return typeof request.query.code === 'string' ? request.query.code : '';
}
