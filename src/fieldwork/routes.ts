/** Surveys for staff: which there are, where one stands, and its versions. */
import type { Request, Response } from 'express';
import { mayLookAt, mayUse } from '../accounts/account.ts';
import { type Fault, frameOf, getStaff } from '../accounts/signed-in.ts';
import { words } from '../questionnaire/checks/changed-wording.ts';
import type { Context } from '../web/context.ts';
import { Problem } from '../web/problems.ts';
import type { Route } from '../web/route-table.ts';
import { dayOf, showDay } from './days.ts';
import { reachOf, standingOf } from './standing.ts';
import { inSteps } from './steps.ts';
import { countPeople, findLiveSurvey, hasResults, type LiveSurvey, listPublished, listSurveys } from './store.ts';

export function surveyRoutes(context: Context): Route[] {
  const { db, now } = context;

  const showList = async (_request: Request, response: Response) => {
    const staff = getStaff(response);
    const own = (await listSurveys(db)).filter(({ survey }) => mayLookAt(staff, survey.file.survey));
    const shown = own.map(async (live) => {
      const { survey: code, version } = live.survey.file;
      return {
        code,
        version,
        title: titleOf(live),
        standing: standingOf(live, dayOf(now())),
        sent: inSteps((await countPeople(db, code)).sent),
        address: mayUse(staff, 'researcher', code) ? addressOf(code) : undefined,
      };
    });
    response.render('fieldwork/list', {
      ...frameOf(context, response, 'Surveys'),
      admin: staff.admin,
      surveys: await Promise.all(shown),
    });
  };

  const showOne = async (request: Request, response: Response) => {
    const live = await getAsked(context, request);
    const { survey: code, version } = live.survey.file;
    const { sent, begun } = await countPeople(db, code);
    const versions = await listPublished(db, code);
    response.render('fieldwork/survey', {
      ...surveyFrame(context, response, live, titleOf(live)),
      code,
      version,
      address: addressOf(code),
      standing: standingOf(live, dayOf(now())),
      sent: inSteps(sent),
      begun: inSteps(begun),
      results: await hasResults(db, code),
      admin: getStaff(response).admin,
      reach: reachOf(live, dayOf(now())),
      versions: versions.map((each) => ({
        ...each,
        live: each.hash === live.hash,
        publishedOn: showDay(each.publishedOn),
      })),
    });
  };

  return [
    { method: 'get', path: '/staff/surveys', who: 'staff', handle: showList },
    { method: 'get', path: '/staff/surveys/:survey', who: 'researcher', handle: showOne },
  ];
}

/** The survey that the address names. @throws Problem not_found */
export async function getAsked({ db }: Context, request: Request): Promise<LiveSurvey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  return live;
}

/** Where staff find a survey. */
export const addressOf = (code: string): string => `/staff/surveys/${encodeURIComponent(code)}`;

const titleOf = ({ survey }: LiveSurvey): string => words(survey, survey.file.title);

/** The frame of a page of one survey, which leads back to its first page, or from there to all. */
export function surveyFrame(
  context: Context,
  response: Response,
  live: LiveSurvey,
  title: string,
  errors: readonly Fault[] = [],
) {
  const { file } = live.survey;
  const first = addressOf(file.survey);
  const frame = frameOf(context, response, title, errors);
  const back =
    response.req.path === first
      ? { href: '/staff/surveys', text: 'All surveys' }
      : { href: first, text: titleOf(live) };
  return { ...frame, synthetic: file.synthetic ?? frame.synthetic, back };
}
