/** How fieldwork goes, for a survey's staff: as it was counted when a week was over. */
import type { Request, Response } from 'express';
import { frameOf } from '../../accounts/signed-in.ts';
import { findLiveSurvey, type LiveSurvey, listVersions } from '../../fieldwork/store.ts';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { isUndecided } from '../doubts/doubt.ts';
import { listDoubts } from '../doubts/store.ts';
import { drawWeeks } from './chart.ts';
import { findClosedWeek, listCounts } from './store.ts';
import { countsCsv, endOf, pagesTable, stagesTable, stageWeeks, weeksTable } from './view.ts';

export function fieldworkRoutes(context: Context): Route[] {
  const { db } = context;

  const show = async (request: Request, response: Response) => {
    const { survey } = await getSurvey(context, request);
    const { survey: code } = survey.file;
    const counts = await listCounts(db, code);
    const closed = await findClosedWeek(db, code);
    const doubts = await listDoubts(db, code);
    response.render('responses/fieldwork/fieldwork', {
      ...fieldworkFrame(context, response, survey, 'Fieldwork'),
      address: fieldworkAddress(code),
      until: closed && endOf(closed),
      counted: counts.length > 0,
      weeks: weeksTable(counts),
      chart: closed && drawWeeks(counts, closed),
      stages: stagesTable(survey, counts),
      stageWeeks: stageWeeks(survey, counts),
      pages: pagesTable([survey, ...(await listVersions(db, code))], counts),
      listed: counts.some(({ flow }) => flow === 'sent'),
      undecided: doubts.filter(isUndecided).length,
      doubts: doubts.length,
    });
  };

  const send = async (request: Request, response: Response) => {
    const { survey } = await getSurvey(context, request);
    const { survey: code } = survey.file;
    response
      .attachment(`${code}-fieldwork.csv`)
      .type('text/csv; charset=utf-8')
      .send(countsCsv(code, await listCounts(db, code)));
  };

  const path = '/staff/surveys/:survey/fieldwork';
  return [
    { method: 'get', path, who: 'researcher', handle: show },
    { method: 'get', path: `${path}.csv`, who: 'researcher', handle: send },
  ];
}

/** The survey that the address names. @throws Problem not_found */
export async function getSurvey({ db }: Context, request: Request): Promise<LiveSurvey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  return live;
}

/** Where staff find how fieldwork goes. */
export const fieldworkAddress = (code: string): string => `/staff/surveys/${encodeURIComponent(code)}/fieldwork`;

/** The frame of a page about a survey's fieldwork, which leads back to the survey, or from a page below to fieldwork. */
export function fieldworkFrame(
  context: Context,
  response: Response,
  survey: LiveSurvey['survey'],
  title: string,
  errors: Parameters<typeof frameOf>[3] = [],
) {
  const { file } = survey;
  const frame = frameOf(context, response, title, errors);
  const home = fieldworkAddress(file.survey);
  const back =
    response.req.path === home
      ? { href: `/staff/surveys/${encodeURIComponent(file.survey)}`, text: words(survey, file.title) }
      : { href: home, text: 'Fieldwork' };
  return {
    ...frame,
    synthetic: file.synthetic ?? frame.synthetic,
    survey: { title: words(survey, file.title), lang: file.languages[0] ?? 'en' },
    back,
  };
}
