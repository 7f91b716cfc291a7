/** Doubts about responses: the list, and a person's decision about one of them. */
import type { Request, Response } from 'express';
import { NotChanged } from '../../accounts/people/store.ts';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { fieldworkAddress, fieldworkFrame, getSurvey } from '../fieldwork/routes.ts';
import { listCounts } from '../fieldwork/store.ts';
import { type Doubt, isUndecided, type Judged, readJudged, setAsideBy } from './doubt.ts';
import { DoubtChanged, decideDoubt, findDoubt, listDoubts } from './store.ts';
import { togetherBy, viewDoubt } from './view.ts';

export function doubtRoutes(context: Context): Route[] {
  const { db, now } = context;

  const showList = async (request: Request, response: Response, errors: readonly Fault[] = []) => {
    const { survey } = await getSurvey(context, request);
    const { survey: code } = survey.file;
    const doubts = await listDoubts(db, code);
    const aside = setAsideBy(doubts);
    const view = (wanted: (doubt: Doubt) => boolean) =>
      doubts.filter(wanted).map((doubt) => viewDoubt(survey, doubt, aside));
    response.render('responses/fieldwork/doubts', {
      ...fieldworkFrame(context, response, survey, 'Answers to look at', errors),
      decision: decisionAddress(code),
      listed: (await listCounts(db, code)).some(({ flow }) => flow === 'sent'),
      doubles: view((doubt) => doubt.kind === 'double' && isUndecided(doubt)),
      stages: togetherBy(view((doubt) => doubt.kind === 'stage' && isUndecided(doubt))),
      decided: view((doubt) => !isUndecided(doubt)),
    });
  };

  const showOne = async (
    response: Response,
    survey: Survey,
    doubt: Doubt,
    given: Judged | undefined,
    errors: readonly Fault[] = [],
  ) => {
    const { survey: code } = survey.file;
    response.render('responses/fieldwork/decision', {
      ...fieldworkFrame(context, response, survey, 'Decide about answers', errors),
      back: { href: `${fieldworkAddress(code)}/doubts`, text: 'Answers to look at' },
      action: decisionAddress(code),
      doubt: viewDoubt(survey, doubt, setAsideBy(await listDoubts(db, code))),
      given: given ?? { decision: doubt.decision ?? '', reason: doubt.reason },
    });
  };

  const ask = async (request: Request, response: Response) => {
    const { survey } = await getSurvey(context, request);
    const { doubt: id } = request.query;
    const doubt = typeof id === 'string' ? await findDoubt(db, survey.file.survey, id) : undefined;
    if (!doubt) return response.redirect(303, `${fieldworkAddress(survey.file.survey)}/doubts`);
    return showOne(response, survey, doubt, undefined);
  };

  const decide = async (request: Request, response: Response) => {
    const { survey } = await getSurvey(context, request);
    const { survey: code } = survey.file;
    const typed = (name: string) => findValue(formOf(request), name) ?? '';
    const doubt = await findDoubt(db, code, typed('doubt'));
    if (!doubt) return showList(request, response.status(422), [{ href: '#main-content', text: GONE }]);
    const given = { decision: typed('decision'), reason: typed('reason') };
    const judged = readJudged(given, doubt.other !== null);
    if ('faults' in judged) return showOne(response.status(422), survey, doubt, given, judged.faults);
    try {
      await decideDoubt(db, {
        survey: code,
        id: doubt.id,
        seen: typed('seen'),
        ...judged,
        by: getStaff(response),
        now: now(),
      });
    } catch (error) {
      const fresh = (await findDoubt(db, code, doubt.id)) ?? doubt;
      const errors = [{ href: '#main-content', text: reasonOf(error) }];
      return showOne(response.status(422), survey, fresh, undefined, errors);
    }
    const said = judged.decision === 'kept' ? 'answers_kept' : 'answers_set_aside';
    return leadSaying(context, response, `${fieldworkAddress(code)}/doubts`, said);
  };

  const path = '/staff/surveys/:survey/fieldwork';
  return [
    {
      method: 'get',
      path: `${path}/doubts`,
      who: 'researcher',
      handle: (request, response) => showList(request, response),
    },
    { method: 'get', path: `${path}/decision`, who: 'researcher', handle: ask },
    { method: 'post', path: `${path}/decision`, who: 'researcher', handle: offeringAgain(decide) },
  ];
}

const GONE = 'Nothing was changed: this does not stand on the list any more';

const decisionAddress = (code: string): string => `${fieldworkAddress(code)}/decision`;

/** Why nothing was changed, as a sentence. @throws what nobody expected */
function reasonOf(error: unknown): string {
  if (error instanceof DoubtChanged) {
    return 'Nothing was changed: somebody else decided about this since the page was made. This is how it stands now';
  }
  if (error instanceof NotChanged) return error.message;
  throw error;
}
