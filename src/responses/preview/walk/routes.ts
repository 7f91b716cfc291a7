/** The pages of a preview: those of respondents, and what only a preview can do. */
import type { Request, RequestHandler, Response } from 'express';
import { lastDayOf } from '../../../fieldwork/closing.ts';
import { findLiveSurvey } from '../../../fieldwork/store.ts';
import { journeyOf } from '../../../questionnaire/journey.ts';
import type { Survey } from '../../../questionnaire/survey.ts';
import type { Context } from '../../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../../web/forms.ts';
import type { Route } from '../../../web/route-table.ts';
import { leadSaying } from '../../../web/said.ts';
import { showPage, takePage } from '../../answer/routes.ts';
import { showCheck, showReceipt } from '../../finish/routes.ts';
import { nextAddress } from '../../progress.ts';
import { showSave } from '../../return/routes.ts';
import { showEnd } from '../../routes.ts';
import { shownFromForm } from '../../shown.ts';
import { begunEarlier, type Entry, NOTHING_SAID, readConsent, showInformation } from '../../start/routes.ts';
import { answersToPage } from '../made-up.ts';
import { BEGUN, findWalk, showPanel, type Walk } from '../routes.ts';
import { endPreview, putTestAnswers, restartPreview } from '../store.ts';
import { viewEnding, viewStored } from '../stored-view.ts';

type Handle = (walk: Walk, request: Request, response: Response) => unknown;

export function previewWalkRoutes(context: Context): Route[] {
  const { db } = context;
  const findClosing = async (survey: Survey) => {
    const live = await findLiveSurvey(db, survey.file.survey);
    return lastDayOf({ survey, lastDay: live?.lastDay ?? null });
  };

  const inform = async (walk: Walk, response: Response, entry: Entry) => {
    const earlier = Object.keys(walk.answers).length > 0 ? begunEarlier(walk) : undefined;
    await showInformation(context, response, walk, { entry, earlier, closes: await findClosing(walk.survey) });
  };
  const start: Handle = async (walk, request, response) => {
    const { survey, home, own } = walk;
    const form = formOf(request);
    const { answers, problems } = readConsent(survey, form);
    if (problems.length > 0) return inform(walk, response.status(422), { shown: shownFromForm(form), problems });
    const journey = journeyOf(survey, answers);
    if (journey.end !== undefined) return finishAt(walk, response, journey.end);
    await putTestAnswers(db, own, answers);
    response.redirect(303, nextAddress(survey, journey, home));
  };
  /** As for respondents, nothing stays of answers that lead to an end. */
  const finishAt = async ({ home, own }: Walk, response: Response, end: string) => {
    await putTestAnswers(db, own, {});
    response.redirect(303, `${home}/done?end=${end}`);
  };

  const submit: Handle = (walk, _request, response) => {
    const { journey, home } = walk;
    if (journey.end !== undefined) return finishAt(walk, response, journey.end);
    response.redirect(303, `${home}/${journey.next ? 'check' : 'done'}`);
  };
  const done: Handle = async (walk, request, response) => {
    const { survey, faulty, journey, answers, home } = walk;
    const { end } = request.query;
    if (typeof end === 'string' && Object.hasOwn(survey.file.ends, end) && Object.keys(answers).length === 0) {
      showPanel(walk, response, undefined, viewEnding(end));
      return showEnd(response, walk, end);
    }
    const stored = viewStored(survey, journey, faulty);
    if (!stored) return response.redirect(303, `${home}/check`);
    showPanel(walk, response, undefined, stored);
    await showReceipt(context, response, walk, walk.own.id);
  };
  const save: Handle = async (walk, _request, response) => {
    showSave(context, response, walk, walk.own.id, await findClosing(walk.survey));
  };
  const elsewhere: Handle = ({ scene, home }, _request, response) => {
    const frame = { ...scene.frame, lang: 'en', languages: [], title: 'Not part of a preview' };
    response.render('responses/preview/elsewhere', { ...frame, back: { href: home, text: 'Back to the preview' } });
  };

  const jump: Handle = async ({ survey, journey, answers, home, own }, request, response) => {
    const code = findValue(formOf(request), 'page') ?? '';
    const onPath = journey.pages.some(({ page }) => page.code === code);
    const filled = onPath ? answersToPage(survey, answers, code) : undefined;
    if (filled) await putTestAnswers(db, own, filled);
    response.redirect(303, `${home}/answer/${encodeURIComponent(code)}`);
  };
  const again: Handle = async ({ survey, home, own }, _request, response) => {
    const first = await restartPreview(db, own);
    response.redirect(303, nextAddress(survey, journeyOf(survey, first), home));
  };
  const end: Handle = async ({ entry, own }, _request, response) => {
    await endPreview(db, own);
    leadSaying(context, response, entry, 'preview_ended');
  };

  const walking = (method: Route['method'], path: string, handle: Handle): Route => {
    const found: RequestHandler = async (request, response) => {
      const walk = await findWalk(context, request, response);
      if (walk) await handle(walk, request, response);
    };
    return { method, path: BEGUN + path, who: 'researcher', handle: method === 'post' ? offeringAgain(found) : found };
  };
  return [
    walking('get', '', (walk, _request, response) => inform(walk, response, NOTHING_SAID)),
    walking('post', '/start', start),
    walking('get', '/answer/:page', showPage),
    walking('post', '/answer/:page', takePage),
    walking('get', '/check', (walk, _request, response) => showCheck(walk, response)),
    walking('post', '/submit', submit),
    walking('get', '/done', done),
    walking('get', '/save', save),
    walking('get', '/resume', elsewhere),
    walking('get', '/withdraw', elsewhere),
    walking('post', '/jump', jump),
    walking('post', '/again', again),
    walking('post', '/end', end),
  ];
}
