/** Who is asked what, stage by stage, for staff. */
import type { Request, Response } from 'express';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import { flowDiagram } from '../../questionnaire/diagram.ts';
import type { Context } from '../../web/context.ts';
import type { Route } from '../../web/route-table.ts';
import { getAsked, surveyFrame } from '../routes.ts';
import { getPaths } from '../store.ts';

export function pathRoutes(context: Context): Route[] {
  const { db } = context;

  const showPaths = async (request: Request, response: Response) => {
    const live = await getAsked(context, request);
    const { survey, hash } = live;
    const paths = (await getPaths(db, hash)).map(({ stage, label, sections }) => ({
      stage,
      label: label === undefined ? 'Everybody' : words(survey, label),
      sections: sections.map(({ title, pages }) => ({
        title: words(survey, title),
        questions: pages.flatMap(({ questions }) =>
          questions.map(({ code, text, when }) => ({ code, text: words(survey, text), when })),
        ),
      })),
    }));
    response.render('fieldwork/paths', {
      ...surveyFrame(context, response, live, 'Who is asked what'),
      version: survey.file.version,
      paths,
      diagram: flowDiagram(survey),
    });
  };

  return [{ method: 'get', path: '/staff/surveys/:survey/paths', who: 'researcher', handle: showPaths }];
}
