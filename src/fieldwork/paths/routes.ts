/** Who is asked what in a version of a survey, stage by stage, for staff: in words and as a picture. */
import type { Request, Response } from 'express';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { Html } from '../../web/html.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { viewWork } from '../../web/under-way.ts';
import { addressOf, getAsked, surveyFrame } from '../routes.ts';
import { findVersion, getSource, type LiveSurvey } from '../store.ts';
import { findFollowed, followSource } from './store.ts';

/** A published version of a survey, and the survey as it stands. */
export interface AskedVersion {
  readonly live: LiveSurvey;
  readonly hash: string;
  readonly survey: Survey;
}

export function pathRoutes(context: Context): Route[] {
  const { db } = context;
  const getLive = async (request: Request): Promise<AskedVersion> => {
    const live = await getAsked(context, request);
    return { live, hash: live.hash, survey: live.survey };
  };
  const getOne = (request: Request) => getVersionAsked(context, request);

  const showPaths = (getWanted: typeof getLive) => async (request: Request, response: Response) => {
    const { live, hash, survey } = await getWanted(request);
    const { survey: code, version, languages } = survey.file;
    const followed = await findFollowed(context, await getSource(db, hash));
    const frame = surveyFrame(context, response, live, 'Who is asked what');
    if (!('paths' in followed)) {
      return response.render('layout/working', {
        ...frame,
        ...viewWork(followed, {
          address: request.path,
          step: `The routes through version ${version} are being followed`,
          meanwhile: 'the work goes on, and is done once for each version.',
          mend: SIMPLER,
        }),
      });
    }
    const paths = followed.paths.map(({ stage, label, sections }) => ({
      stage,
      label: label && words(survey, label),
      sections: sections.map(({ title, pages }) => ({
        title: words(survey, title),
        questions: pages.flatMap(({ questions }) =>
          questions.map((question) => ({ ...question, text: words(survey, question.text) })),
        ),
      })),
    }));
    response.render('fieldwork/paths', {
      ...frame,
      wide: true,
      version,
      live: hash === live.hash,
      language: languages[0],
      paths,
      picture: new Html(followed.picture),
      file: `${versionAddressOf(code, hash)}/paths.svg`,
      diagram: followed.diagram,
    });
  };

  const sendPicture = async (request: Request, response: Response) => {
    const { hash, survey } = await getOne(request);
    const { survey: code, version } = survey.file;
    const followed = await followSource(context, await getSource(db, hash));
    // The page says why there is no picture.
    if ('unfinished' in followed) return response.redirect(303, `${versionAddressOf(code, hash)}/paths`);
    response.attachment(`${code}-${version}-paths.svg`).type('image/svg+xml').send(followed.picture);
  };

  const all = '/staff/surveys/:survey';
  return [
    { method: 'get', path: `${all}/paths`, who: 'researcher', handle: showPaths(getLive) },
    { method: 'get', path: `${all}/versions/:version/paths`, who: 'researcher', handle: showPaths(getOne) },
    { method: 'get', path: `${all}/versions/:version/paths.svg`, who: 'researcher', handle: sendPicture },
  ];
}

export const SIMPLER = 'In the survey’s next version, leave out conditions and variables that rest on many others.';

/** The published version that the address names. @throws Problem not_found */
export async function getVersionAsked(context: Context, request: Request): Promise<AskedVersion> {
  const live = await getAsked(context, request);
  const hash = String(request.params.version);
  const survey = await findVersion(context.db, hash);
  if (survey?.file.survey !== live.survey.file.survey) throw new Problem('not_found');
  return { live, hash, survey };
}

/** Where staff find what there is of one published version, by its fingerprint. */
export const versionAddressOf = (code: string, hash: string): string => `${addressOf(code)}/versions/${hash}`;
