/** Surveys for staff: which there are, where one stands, and its versions. */
import type { Request, Response } from 'express';
import { mayLookAt, mayUse } from '../accounts/account.ts';
import { type Fault, FIRST_PAGE, frameOf, getStaff } from '../accounts/signed-in.ts';
import { showDate, showMoment } from '../accounts/times.ts';
import { words } from '../questionnaire/checks/changed-wording.ts';
import { dayOf } from '../questionnaire/days.ts';
import { type Context, wholeAddress } from '../web/context.ts';
import { Problem } from '../web/problems.ts';
import type { Route } from '../web/route-table.ts';
import { sortList } from '../web/sorting.ts';
import { type DraftVersion, findReview, listDraftVersions, listNewSurveys } from './drafts/store.ts';
import { reachOf, standingOf } from './standing.ts';
import { inSteps } from './steps.ts';
import { countPeople, findLiveSurvey, hasResults, type LiveSurvey, listPublished, listSurveys } from './store.ts';
import { countErrors } from './versions/review.ts';

const NOT_PUBLISHED = { open: false, words: 'Draft' };

/** What the list of surveys can be sorted by; not by how many answered, which would tell more than the steps do. */
const SURVEYS_BY = {
  code: { text: 'code', of: ({ code }: Listed) => code },
  title: { text: 'title', of: ({ title }: Listed) => title },
  standing: {
    text: 'where it stands',
    ways: ['open first', 'open last'],
    of: ({ standing }: Listed) => `${standing.open ? 1 : 2} ${standing.words}`,
  },
} as const;

interface Listed {
  readonly code: string;
  readonly title: string;
  readonly standing: { readonly open: boolean; readonly words: string };
}

export function surveyRoutes(context: Context): Route[] {
  const { db, now } = context;
  const today = () => dayOf(now());

  const showList = (archived: boolean) => async (request: Request, response: Response) => {
    const staff = getStaff(response);
    const isOwn = (code: string) => mayLookAt(staff, code);
    const addressFor = (code: string) => (mayUse(staff, 'researcher', code) ? addressOf(code) : undefined);
    const own = (await listSurveys(db)).filter(({ survey }) => isOwn(survey.file.survey));
    const shown = own.filter(({ archivedOn }) => (archivedOn !== null) === archived);
    const published = shown.map(async (live) => {
      const { survey: code, version } = live.survey.file;
      return {
        code,
        version,
        title: titleOf(live),
        standing: standingOf(live, today()),
        sent: inSteps((await countPeople(db, code)).sent),
        address: addressFor(code),
      };
    });
    const drafts = archived ? [] : (await listNewSurveys(db)).filter(({ code }) => isOwn(code));
    const listed = [
      ...(await Promise.all(published)),
      ...drafts.map((draft) => ({
        ...draft,
        standing: NOT_PUBLISHED,
        sent: undefined,
        address: addressFor(draft.code),
      })),
    ];
    const { rows, links } = sortList(listed, request.query, SURVEYS_BY);
    response.render('fieldwork/list', {
      ...frameOf(context, response, archived ? 'Archived surveys' : 'Surveys'),
      back: archived ? { href: LIST, text: 'All surveys' } : FIRST_PAGE,
      archived,
      admin: staff.admin,
      others: archived ? 0 : own.length - shown.length,
      surveys: rows,
      sorting: links,
    });
  };

  const showOne = async (request: Request, response: Response) => {
    const known = await getKnown(context, request);
    const { code, live } = known;
    const drafts = await listDraftVersions(db, code);
    response.render('fieldwork/survey', {
      ...knownFrame(context, response, known, known.title),
      code,
      address: addressOf(code),
      live: live && (await liveView(live)),
      admin: getStaff(response).admin,
      drafts: await Promise.all(drafts.map((draft) => draftView(draft))),
    });
  };
  const liveView = async (live: LiveSurvey) => {
    const { survey: code, version } = live.survey.file;
    const { sent, begun } = await countPeople(db, code);
    return {
      version,
      standing: standingOf(live, today()),
      reach: reachOf(live, today()),
      sent: inSteps(sent),
      begun: inSteps(begun),
      whole: wholeAddress(context, publicAddressOf(code)),
      results: await hasResults(db, code),
      versions: (await listPublished(db, code)).map(({ publishedOn, ...each }) => ({
        ...each,
        live: each.hash === live.hash,
        publishedOn: showDate(publishedOn),
      })),
    };
  };
  const draftView = async (draft: DraftVersion) => {
    const review = await findReview(context, draft);
    return {
      version: draft.version,
      address: draftAddressOf(draft.survey, draft.version),
      savedBy: draft.savedBy,
      savedAt: showMoment(draft.savedAt),
      errors: 'findings' in review ? countErrors(review) : undefined,
    };
  };

  return [
    { method: 'get', path: LIST, who: 'staff', handle: showList(false) },
    // Not under the list's own address, where a survey may have this for its code.
    { method: 'get', path: '/staff/archived-surveys', who: 'staff', handle: showList(true) },
    { method: 'get', path: `${LIST}/:survey`, who: 'researcher', handle: showOne },
  ];
}

/** Where staff find their surveys, and each under its code. */
export const LIST = '/staff/surveys';

/** Where staff find a survey. */
export const addressOf = (code: string): string => `${LIST}/${encodeURIComponent(code)}`;

/** Where respondents find a survey. */
export const publicAddressOf = (code: string): string => `/surveys/${encodeURIComponent(code)}`;

/** Where staff find a draft of a version. */
export const draftAddressOf = (code: string, version: string): string =>
  `${addressOf(code)}/drafts/${encodeURIComponent(version)}`;

/** The survey that the address names, which people can answer or could. @throws Problem not_found */
export async function getAsked({ db }: Context, request: Request): Promise<LiveSurvey> {
  const live = await findLiveSurvey(db, String(request.params.survey));
  if (!live) throw new Problem('not_found');
  return live;
}

/** A survey that was published, or of which there is a draft. */
export interface KnownSurvey {
  readonly code: string;
  readonly title: string;
  /** The live version; undefined where none was published yet. */
  readonly live: LiveSurvey | undefined;
}

/** The survey that the address names, published or not. @throws Problem not_found */
export async function getKnown({ db }: Context, request: Request): Promise<KnownSurvey> {
  const code = String(request.params.survey);
  const live = await findLiveSurvey(db, code);
  if (live) return { code, title: titleOf(live), live };
  const draft = (await listNewSurveys(db)).find((each) => each.code === code);
  if (!draft) throw new Problem('not_found');
  return { code, title: draft.title, live: undefined };
}

const titleOf = ({ survey }: LiveSurvey): string => words(survey, survey.file.title);

/** The frame of a page of one survey, which leads back to its first page, or from there to all. */
export function surveyFrame(
  context: Context,
  response: Response,
  live: LiveSurvey,
  title: string,
  errors: readonly Fault[] = [],
) {
  return knownFrame(context, response, { code: live.survey.file.survey, title: titleOf(live), live }, title, errors);
}

/** The same of a survey that may not be published yet. */
export function knownFrame(
  context: Context,
  response: Response,
  { code, title: surveyName, live }: KnownSurvey,
  title: string,
  errors: readonly Fault[] = [],
) {
  const first = addressOf(code);
  const frame = frameOf(context, response, title, errors);
  const back = response.req.path === first ? { href: LIST, text: 'All surveys' } : { href: first, text: surveyName };
  return { ...frame, synthetic: live?.survey.file.synthetic ?? frame.synthetic, back };
}
