/** The network tier for signed-in researchers: figures with filters of their own (rule T9). The public has no such page. */
import type { Request, Response } from 'express';
import { frameOf } from '../../accounts/signed-in.ts';
import { showDay } from '../../fieldwork/days.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { reopenTold } from '../released.ts';
import { getSurveyAsked } from '../routes.ts';
import { readWanted } from './read-wanted.ts';
import { viewAnswer, viewForm } from './told-view.ts';

/** Where there is nobody to ask, nothing can be. */
const NOTHING = JSON.stringify({ offers: [] });

export function networkRoutes(context: Context): Route[] {
  const show = async (request: Request, response: Response) => {
    const { file } = await getSurveyAsked(context, request);
    const read = readWanted(request.query);
    if (!read) throw new Problem('bad_form');
    const { question, ...how } = read;
    const wanted = question === undefined ? undefined : { question, ...how };
    const { content: told } = reopenTold((await context.askNetwork?.(file.survey, wanted)) ?? NOTHING);
    const { offers, insteadOf, answer, refusal } = told;
    const [newest] = offers;
    const wrong = refusal !== undefined && newest !== undefined;
    if (wrong) response.status(422);
    const [lang = 'en'] = file.languages;
    const errors = wrong ? [{ href: '#question', text: refusal }] : [];
    const frame = frameOf(context, response, 'Figures for the network', errors);
    const home = `/staff/surveys/${encodeURIComponent(file.survey)}`;
    response.render('release/network', {
      ...frame,
      synthetic: file.synthetic ?? frame.synthetic,
      wide: true,
      back: { href: `${home}/releases`, text: 'Releases' },
      survey: { lang, title: inLanguage(file.title, lang, lang) },
      action: `${home}/network`,
      newest: newest && { ...newest, madeOn: showDay(newest.madeOn) },
      insteadOf,
      nothing: newest === undefined ? (refusal ?? insteadOf?.why ?? 'Nothing can be asked.') : undefined,
      form: viewForm(told, { ...how, ...(question !== undefined && { question }) }),
      answer: answer && viewAnswer(answer, how.by),
    });
  };
  return [{ method: 'get', path: '/staff/surveys/:survey/network', who: 'researcher', handle: show }];
}
