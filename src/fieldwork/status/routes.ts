/** Closing a survey and opening it again, each on a page of its own that says what it does. */
import type { Request, RequestHandler, Response } from 'express';
import { NotChanged } from '../../accounts/people/store.ts';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { dayOf, showDay } from '../days.ts';
import { addressOf, getAsked, surveyFrame } from '../routes.ts';
import { standingOf } from '../standing.ts';
import { inSteps } from '../steps.ts';
import { countPeople, type LiveSurvey } from '../store.ts';
import { readClosing } from './closing-form.ts';
import { closeSurvey, reopenSurvey, StandingChanged, standingCode } from './store.ts';

export function statusRoutes(context: Context): Route[] {
  const { db, now } = context;
  const typed = (request: Request, name: string) => findValue(formOf(request), name) ?? '';
  const today = () => dayOf(now());

  const showClosing = async (
    response: Response,
    live: LiveSurvey,
    given: { when: string; day: string } = { when: '', day: '' },
    errors: readonly Fault[] = [],
  ) => {
    const { survey: code } = live.survey.file;
    response.render('fieldwork/close', {
      ...surveyFrame(context, response, live, 'Close the survey', errors),
      action: `${addressOf(code)}/close`,
      seen: standingCode(live),
      standing: standingOf(live, today()),
      begun: inSteps((await countPeople(db, code)).begun),
      given,
    });
  };
  const showReopening = (response: Response, live: LiveSurvey, errors: readonly Fault[] = []) => {
    const { closes } = live.survey.file.dates;
    response.render('fieldwork/reopen', {
      ...surveyFrame(context, response, live, 'Open the survey again', errors),
      action: `${addressOf(live.survey.file.survey)}/reopen`,
      seen: standingCode(live),
      standing: standingOf(live, today()),
      closes: closes === undefined ? undefined : showDay(closes),
      over: closes !== undefined && closes < today(),
    });
  };

  /** A decision about the survey in the address; then its page, or the form again with why nothing was changed. */
  const deciding =
    (
      decide: (live: LiveSurvey, request: Request, response: Response) => Promise<boolean>,
      showAgain: (response: Response, live: LiveSurvey, errors: readonly Fault[]) => unknown,
    ): RequestHandler =>
    async (request, response) => {
      // Where the store cannot take it, the same form is offered once more.
      response.locals.again = true;
      const live = await getAsked(context, request);
      try {
        if (!(await decide(live, request, response))) return;
      } catch (error) {
        const errors = [{ href: '#main-content', text: reasonOf(error) }];
        await showAgain(response.status(422), await getAsked(context, request), errors);
        return;
      }
      response.redirect(303, addressOf(live.survey.file.survey));
    };
  const decisionOf = (live: LiveSurvey, request: Request, response: Response) => ({
    code: live.survey.file.survey,
    seen: typed(request, 'seen'),
    by: getStaff(response),
    now: now(),
  });

  const close = deciding(
    async (live, request, response) => {
      const given = { when: typed(request, 'when'), day: typed(request, 'day') };
      const closing = readClosing(given, today(), live.survey.file.dates.closes);
      if ('field' in closing) {
        await showClosing(response.status(422), live, given, [{ href: `#${closing.field}`, text: closing.text }]);
        return false;
      }
      await closeSurvey(db, decisionOf(live, request, response), closing);
      return true;
    },
    (response, live, errors) => showClosing(response, live, undefined, errors),
  );
  const reopen = deciding(async (live, request, response) => {
    const { closes } = live.survey.file.dates;
    if (closes !== undefined && closes < today()) {
      showReopening(response.status(422), live);
      return false;
    }
    await reopenSurvey(db, decisionOf(live, request, response));
    return true;
  }, showReopening);

  const path = (verb: string) => `/staff/surveys/:survey/${verb}`;
  return [
    {
      method: 'get',
      path: path('close'),
      who: 'admin',
      handle: async (request, response) => showClosing(response, await getAsked(context, request)),
    },
    { method: 'post', path: path('close'), who: 'admin', handle: close },
    {
      method: 'get',
      path: path('reopen'),
      who: 'admin',
      handle: async (request, response) => showReopening(response, await getAsked(context, request)),
    },
    { method: 'post', path: path('reopen'), who: 'admin', handle: reopen },
  ];
}

/** Why nothing was changed, as a sentence. @throws what nobody expected */
function reasonOf(error: unknown): string {
  if (error instanceof StandingChanged) {
    return 'Nothing was changed: somebody else changed this survey since the page was made. This is how it stands now';
  }
  if (error instanceof NotChanged) return error.message;
  throw error;
}
