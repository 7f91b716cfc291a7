/**
 * Previews: staff walk a version as respondents see it. Every page is shown and read by the code that respondents meet;
 * only where the answers are kept, and under which address, is another. The pages are in `walk/`; here is where a
 * preview begins, and what its pages need.
 */
import type { Request, Response } from 'express';
import { frameOf, getStaff } from '../../accounts/signed-in.ts';
import { followSource } from '../../fieldwork/paths/store.ts';
import { findLiveSurvey } from '../../fieldwork/store.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import { journeyOf } from '../../questionnaire/journey.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { nextAddress } from '../progress.ts';
import { isOnlyPosted, makeScene } from '../routes.ts';
import type { Sitting } from '../sitting.ts';
import { type Beginning, readBeginning, viewEntry } from './entry-view.ts';
import { answersToStage } from './made-up.ts';
import { viewPanel } from './panel-view.ts';
import {
  addTestAnswers,
  beginPreview,
  findTestAnswers,
  findWalkable,
  getWalkableSource,
  type OwnPreview,
  type Walkable,
} from './store.ts';
import type { StoredView } from './stored-view.ts';

const ENTRY = '/staff/surveys/:survey/versions/:version/preview';
/** The language stands in the address: a tab keeps its own, and changing it changes nothing. */
export const BEGUN = `${ENTRY}/:preview/:language`;

/** A version that is asked for, and where its previews begin. */
interface Previewed extends Walkable {
  readonly hash: string;
  readonly entry: string;
}

/** Somebody's preview. */
export interface Walk extends Sitting {
  readonly own: OwnPreview;
  /** The check finds errors in the version. */
  readonly faulty: boolean;
  /** Where another one can begin. */
  readonly entry: string;
}

export function previewRoutes(context: Context): Route[] {
  const { db, now } = context;

  const showEntry = async (
    response: Response,
    { survey, draft, faulty, hash, entry }: Previewed,
    chosen?: Beginning,
    fault?: string,
  ): Promise<void> => {
    const live = await findLiveSurvey(db, survey.file.survey);
    const errors = fault === undefined ? [] : [{ href: '#from', text: fault }];
    const home = `/staff/surveys/${survey.file.survey}`;
    const view = viewEntry(survey, hash === live?.hash, chosen);
    response.render('responses/preview/entry', {
      ...frameOf(context, response, view.title, errors),
      ...view,
      action: entry,
      faulty,
      back: draft
        ? { href: `${home}/drafts/${encodeURIComponent(draft)}`, text: `Draft of version ${draft}` }
        : { href: home, text: 'The survey' },
    });
  };

  const begin = async (request: Request, response: Response) => {
    const previewed = await getPreviewed(context, request);
    const { survey, hash, entry } = previewed;
    const form = formOf(request);
    const chosen = readBeginning(survey, findValue(form, 'from'), findValue(form, 'language'));
    if (!chosen) return showEntry(response.status(422), previewed, undefined, 'Choose where to begin');
    const answers = await findFirstAnswers(context, previewed, chosen.stage);
    if (!answers)
      return showEntry(response.status(422), previewed, chosen, 'Nobody comes to this stage: choose another one');
    const id = await beginPreview(db, { account: getStaff(response).id, versionHash: hash, answers }, now());
    const home = `${entry}/${id}/${chosen.language}`;
    response.redirect(303, nextAddress(survey, journeyOf(survey, answers), home));
  };

  return [
    {
      method: 'get',
      path: ENTRY,
      who: 'researcher',
      handle: async (request, response) => showEntry(response, await getPreviewed(context, request)),
    },
    { method: 'post', path: ENTRY, who: 'researcher', handle: offeringAgain(begin) },
  ];
}

/** The answers that a preview begins with; undefined where nobody comes to that stage. */
async function findFirstAnswers(
  context: Context,
  { survey, hash }: Previewed,
  stage: string | undefined,
): Promise<Answers | undefined> {
  if (stage === undefined) return {};
  const source = await getWalkableSource(context.db, survey.file.survey, hash);
  // Of a draft with errors the routes may lead in a circle, and come to nothing.
  const followed = await followSource(context, source);
  const path = 'paths' in followed ? followed.paths.find((each) => each.stage === stage) : undefined;
  return path && answersToStage(survey, path.example);
}

/** The version that the address names. @throws Problem not_found where its survey has no such version */
async function getPreviewed(context: Context, request: Request): Promise<Previewed> {
  const [code, hash] = [String(request.params.survey), String(request.params.version)];
  const found = await findWalkable(context, code, hash);
  if (!found) throw new Problem('not_found');
  return { ...found, hash, entry: `/staff/surveys/${code}/versions/${hash}/preview` };
}

/** The preview that the address names, of whoever asks; leads to where another can begin if it is over. */
export async function findWalk(context: Context, request: Request, response: Response): Promise<Walk | undefined> {
  const { db, now } = context;
  const { survey, faulty, hash, entry } = await getPreviewed(context, request);
  const own = { id: String(request.params.preview), account: getStaff(response).id, versionHash: hash };
  const answers = await findTestAnswers(db, own, now());
  if (!answers) {
    response.redirect(303, entry);
    return undefined;
  }
  const lang = survey.file.languages.find((each) => each === request.params.language);
  if (lang === undefined) throw new Problem('not_found');
  const homeIn = (language: string) => `${entry}/${own.id}/${language}`;
  const home = homeIn(lang);
  const walk: Walk = {
    survey,
    faulty,
    home,
    entry,
    scene: makeScene(context, response, survey, {
      lang,
      home,
      addressIn: (language) => homeIn(language) + restOf(request),
    }),
    journey: journeyOf(survey, answers),
    answers,
    alike: false,
    own,
    keep: (page) => addTestAnswers(db, own, page, now()),
    lost: () => response.redirect(303, entry),
  };
  response.locals.home = home;
  showPanel(walk, response, pageIn(request, survey));
  return walk;
}

/** What follows the language in the address of the page; what was shown in reply to a form, its own page shows. */
function restOf(request: Request): string {
  const rest = request.url.split('/').slice(BEGUN.split('/').length);
  return isOnlyPosted(request) || rest.length === 0 ? '' : `/${rest.join('/')}`;
}

/** The code of the page of questions in sight: on the information page, the one with the consent question. */
function pageIn({ params, path }: Request, { file, pages }: Survey): string | undefined {
  if (typeof params.page === 'string') return params.page;
  const isFirst = path.endsWith(`/${params.language}`) || path.endsWith('/start');
  const withConsent = pages.find(({ questions }) => questions.some(({ code }) => code === file.consent.question));
  return isFirst ? withConsent?.code : undefined;
}

/** Puts the panel under whatever page is shown in reply, a problem's too. */
export function showPanel(walk: Walk, response: Response, page?: string, stored?: StoredView): void {
  response.locals.preview = viewPanel(walk, page, stored);
}
