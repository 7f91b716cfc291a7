/** One page of questions at a time. */
import type { Request, Response } from 'express';
import { StoreUnavailable } from '../../db/transaction.ts';
import type { Answers } from '../../questionnaire/answers.ts';
import { findPlace, journeyOf, type PageOnPath } from '../../questionnaire/journey.ts';
import type { Problem as FieldProblem } from '../../questionnaire/page-rules.ts';
import { type ReadPage, readPage } from '../../questionnaire/read-page.ts';
import { say } from '../../questionnaire/text.ts';
import type { Context } from '../../web/context.ts';
import { formOf } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import {
  addressAfter,
  addressOf,
  definitionsFor,
  knownBefore,
  nextAddress,
  type Pause,
  pageAddress,
  pauseOver,
  progressOf,
} from '../progress.ts';
import { errorList, plainText, type Shown, shownFromAnswers, shownFromForm, viewQuestion } from '../question-view.ts';
import { findOwnVisit, getLive, isClosed, sceneOf, showClosed } from '../routes.ts';
import { saveAnswers, type Visit } from '../store.ts';

/** A page that this respondent may answer now, and where Back leads. */
interface Stop {
  readonly visit: Visit;
  readonly page: PageOnPath;
  readonly previous: PageOnPath | undefined;
}

/** What the page shows beside its questions. */
interface Showing {
  readonly shown: Shown;
  readonly problems?: readonly FieldProblem[];
  readonly pause?: Pause | undefined;
  readonly notSaved?: boolean;
  readonly status?: number;
}

export function answerRoutes(context: Context): Route[] {
  const show = async (request: Request, response: Response) => {
    const stop = await findStop(context, request, response);
    if (stop) render(context, request, response, stop, { shown: shownFromAnswers(stop.visit.draft.answers) });
  };
  const answer = async (request: Request, response: Response) => {
    const stop = await findStop(context, request, response);
    if (!stop) return;
    const { visit, page } = stop;
    const form = formOf(request);
    const read = readPage(page, form, knownBefore(visit.survey, visit.journey, page));
    const shown = shownFromForm(form);
    const saving = form.save !== undefined;
    if (saving && isEmpty(read)) return response.redirect(303, addressOf(visit.survey, 'save'));
    if (read.problems.length > 0) {
      return render(context, request, response, stop, { shown, problems: read.problems, status: 422 });
    }
    const pause = pauseOver(page, read, visit.draft.answers, saving || form.carry_on !== undefined);
    if (pause) return render(context, request, response, stop, { shown, pause, status: 422 });
    const saved = await trySaving(context, visit, read.answers);
    if (saved === 'unavailable')
      return render(context, request, response, stop, { shown, notSaved: true, status: 503 });
    if (!saved) return response.redirect(303, addressOf(visit.survey));
    const journey = journeyOf(visit.survey, saved);
    const after = addressAfter(visit.survey, journey, page.page.code, form.from_check !== undefined);
    response.redirect(303, saving ? addressOf(visit.survey, 'save') : after);
  };
  return [
    { method: 'get', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: show },
    { method: 'post', path: '/surveys/:survey/answer/:page', who: 'respondent', handle: answer },
  ];
}

/** The page in the address, if it can be answered now; otherwise sends whoever asked where they can go on. */
async function findStop(context: Context, request: Request, response: Response): Promise<Stop | undefined> {
  const live = await getLive(context, request);
  const code = String(request.params.page);
  if (!live.survey.pages.some((page) => page.code === code)) throw new Problem('not_found');
  if (isClosed(live, context.now())) {
    showClosed(context, request, response, live.survey, 410);
    return undefined;
  }
  const visit = await findOwnVisit(context, request, live.survey);
  if (!visit) {
    response.redirect(303, addressOf(live.survey));
    return undefined;
  }
  const place = findPlace(visit.survey, visit.journey, code);
  if (place.at === 'off the path') throw new Problem('not_found');
  if (place.at === 'here' && pageAddress(visit.survey, place.page) !== addressOf(visit.survey)) {
    return { visit, page: place.page, previous: place.previous };
  }
  response.redirect(303, place.at === 'here' ? addressOf(visit.survey) : nextAddress(visit.survey, visit.journey));
  return undefined;
}

/** "Save and come back later" on an untouched page has nothing to save. */
function isEmpty(read: ReadPage): boolean {
  return Object.values(read.answers).every((answer) => answer === null);
}

/** A store that cannot write now must not cost what was typed: the page is shown again, saying so. */
async function trySaving(
  { db }: Context,
  visit: Visit,
  answers: Answers,
): Promise<Answers | undefined | 'unavailable'> {
  try {
    return await saveAnswers(db, visit.returnCode, answers);
  } catch (error) {
    if (error instanceof StoreUnavailable) return 'unavailable';
    throw error;
  }
}

function render(context: Context, request: Request, response: Response, stop: Stop, showing: Showing): void {
  const { survey, journey, draft } = stop.visit;
  const { page, asked } = stop.page;
  const { lang, t, frame } = sceneOf(context, request, response, survey, draft.language);
  const known = knownBefore(survey, journey, stop.page);
  const scene = { survey, language: lang, known, shown: showing.shown, problems: showing.problems ?? [], t };
  const questions = asked.map((each) => viewQuestion(each, scene));
  const section = plainText(survey, page.section.title, lang);
  const text = (words: Parameters<typeof say>[1] | undefined) => words && say(survey, words, lang, known);
  const definition = ({ title, text: words }: (typeof survey.file.definitions)[number]) => ({
    title: text(title),
    text: text(words),
  });
  const { full, brief } = definitionsFor(survey, journey, stop.page);
  const fromCheck = request.query.from === 'check' || formOf(request).from_check !== undefined;
  response.status(showing.status ?? 200).render('responses/answer', {
    ...frame,
    title: page.title ? text(page.title) : questions.length === 1 ? questions[0]?.text : section,
    errors: showing.notSaved ? [{ text: t('respond.notSaved') }] : errorList(stop.page, scene.problems, scene),
    back: {
      href: fromCheck
        ? addressOf(survey, 'check')
        : stop.previous
          ? pageAddress(survey, stop.previous)
          : addressOf(survey),
      text: t('action.back'),
    },
    heading: questions.length === 1 && !page.title ? undefined : (text(page.title) ?? section),
    section,
    progress: progressOf(journey, stop.page),
    intro: [page.opens ? text(page.section.intro) : undefined, text(page.intro)].filter((each) => each !== undefined),
    definitions: full.map(definition),
    help: brief.map(definition),
    questions,
    pause: showing.pause && viewPause(showing.pause, stop.page, scene),
    action: addressOf(survey, 'answer', page.code),
    fromCheck,
  });
}

/** "You have not answered…" and "Is that right?", with links to what they are about. */
function viewPause(pause: Pause, page: PageOnPath, scene: Parameters<typeof viewQuestion>[1]) {
  const blank = pause.blanks.map(
    ({ field, question }): FieldProblem => ({ field, question, key: 'page.blank', params: {} }),
  );
  return {
    blanks: errorList(page, blank, scene, true),
    confirms: pause.confirms.map(({ question, message }) => ({
      href: `#${question}`,
      text: say(scene.survey, message, scene.language, scene.known),
    })),
  };
}
