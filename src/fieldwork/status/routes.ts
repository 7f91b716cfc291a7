/** Closing a survey, opening it again and the archive, each on a page of its own that says what it does. */
import type { Request, RequestHandler, Response } from 'express';
import { NotChanged } from '../../accounts/people/store.ts';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import { dayOf, showDay } from '../../questionnaire/days.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying, type Said } from '../../web/said.ts';
import { isOnlyForBegun } from '../closing.ts';
import { addressOf, getAsked, surveyFrame } from '../routes.ts';
import { reachOf, standingOf } from '../standing.ts';
import { inSteps } from '../steps.ts';
import { countPeople, type LiveSurvey } from '../store.ts';
import { type ClosingEntries, readClosing } from './closing-form.ts';
import {
  archiveSurvey,
  closeSurvey,
  type Decision,
  reopenSurvey,
  StandingChanged,
  standingCode,
  unarchiveSurvey,
} from './store.ts';

type Show = (response: Response, live: LiveSurvey, errors?: readonly Fault[]) => unknown;

/** A decision about a survey. @returns what its page says then; nothing where it was not taken, and has been answered */
type Decide = (live: LiveSurvey, decision: Decision, request: Request, response: Response) => Promise<Said | undefined>;

export function statusRoutes(context: Context): Route[] {
  const { db, now } = context;
  const typed = (request: Request, name: string) => findValue(formOf(request), name) ?? '';
  const today = () => dayOf(now());
  const faceOf = (response: Response, live: LiveSurvey, verb: string, title: string, errors: readonly Fault[]) => ({
    ...surveyFrame(context, response, live, title, errors),
    action: `${addressOf(live.survey.file.survey)}/${verb}`,
    seen: standingCode(live),
    standing: standingOf(live, today()),
    reach: reachOf(live, today()),
  });

  const showClosing = async (
    response: Response,
    live: LiveSurvey,
    errors: readonly Fault[] = [],
    given: ClosingEntries = { when: '', begin: '', day: '' },
  ) => {
    const { begun } = await countPeople(db, live.survey.file.survey);
    response.render('fieldwork/close', {
      ...faceOf(response, live, 'close', 'Close the survey', errors),
      begun: inSteps(begun),
      given,
    });
  };
  const showReopening: Show = (response, live, errors = []) => {
    const { closes } = live.survey.file.dates;
    response.render('fieldwork/reopen', {
      ...faceOf(response, live, 'reopen', 'Open the survey again', errors),
      closes: closes === undefined ? undefined : showDay(closes),
      over: isPast(closes),
      onlyForBegun: isOnlyForBegun(live, today()),
    });
  };
  const isPast = (day: string | undefined) => day !== undefined && day < today();
  const showArchiving: Show = (response, live, errors = []) =>
    response.render('fieldwork/archive', faceOf(response, live, 'archive', 'Put the survey into the archive', errors));
  const showUnarchiving: Show = (response, live, errors = []) =>
    response.render(
      'fieldwork/unarchive',
      faceOf(response, live, 'unarchive', 'Take the survey out of the archive', errors),
    );

  /** A decision about the survey in the address; then its page, or the form again with why nothing was changed. */
  const deciding =
    (decide: Decide, showAgain: Show): RequestHandler =>
    async (request, response) => {
      const live = await getAsked(context, request);
      const code = live.survey.file.survey;
      let said: Said | undefined;
      try {
        const decision = { code, seen: typed(request, 'seen'), by: getStaff(response), now: now() };
        said = await decide(live, decision, request, response);
      } catch (error) {
        const errors = [{ href: '#main-content', text: reasonOf(error) }];
        await showAgain(response.status(422), await getAsked(context, request), errors);
        return;
      }
      if (said) leadSaying(context, response, addressOf(code), said);
    };

  const close: Decide = async (live, decision, request, response) => {
    const given = { when: typed(request, 'when'), begin: typed(request, 'begin'), day: typed(request, 'day') };
    const closing = readClosing(given, today(), live.survey.file.dates.closes);
    if ('field' in closing) {
      await showClosing(response.status(422), live, [{ href: `#${closing.field}`, text: closing.text }], given);
      return undefined;
    }
    await closeSurvey(db, decision, closing);
    return closing.lastDay === null ? 'survey_closed' : 'survey_closing';
  };
  const reopen: Decide = async (live, decision, _request, response) => {
    if (isPast(live.survey.file.dates.closes)) {
      showReopening(response.status(422), live);
      return undefined;
    }
    await reopenSurvey(db, decision);
    return 'survey_reopened';
  };
  const archive: Decide = async (live, decision, _request, response) => {
    if (standingOf(live, today()).open) {
      showArchiving(response.status(422), live);
      return undefined;
    }
    await archiveSurvey(db, decision);
    return 'survey_archived';
  };
  const unarchive: Decide = async (_live, decision) => {
    await unarchiveSurvey(db, decision);
    return 'survey_unarchived';
  };

  const pages: readonly [verb: string, show: Show, decide: Decide][] = [
    ['close', showClosing, close],
    ['reopen', showReopening, reopen],
    ['archive', showArchiving, archive],
    ['unarchive', showUnarchiving, unarchive],
  ];
  return pages.flatMap(([verb, show, decide]): Route[] => {
    const path = `/staff/surveys/:survey/${verb}`;
    return [
      {
        method: 'get',
        path,
        who: 'admin',
        handle: async (request, response) => show(response, await getAsked(context, request)),
      },
      { method: 'post', path, who: 'admin', handle: offeringAgain(deciding(decide, show)) },
    ];
  });
}

/** Why nothing was changed, as a sentence. @throws what nobody expected */
function reasonOf(error: unknown): string {
  if (error instanceof StandingChanged) {
    return 'Nothing was changed: somebody else changed this survey since the page was made. This is how it stands now';
  }
  if (error instanceof NotChanged) return error.message;
  throw error;
}
