/** Making a release in the browser: what it is to hold, how far the work is, and settings side by side. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import { showMoment } from '../../accounts/times.ts';
import { inSteps } from '../../fieldwork/steps.ts';
import { countPeople } from '../../fieldwork/store.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { callerFor } from '../called.ts';
import { standingsOf } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/store.ts';
import { LEAST_PUBLIC_ROWS, leastK } from '../microdata/rules.ts';
import { GATES } from '../overrides.ts';
import { getSurveyAsked } from '../routes.ts';
import { HOME, homeOf, staffFrame, surveyHome } from '../staff/routes.ts';
import { inFormWords, titleOfGate } from './form-words.ts';
import { gapsIn } from './gaps.ts';
import { addressOf, isUnderWay, type Job, type Kind, titleOf } from './job.ts';
import { sayHolds, viewComparison, viewJob } from './job-view.ts';
import { firstGiven, type Given, givenOf, readGiven, textsToRead } from './read-given.ts';
import { addJob, cancelJob, findJob, findUnderWay, listComparisons, readToReview } from './store.ts';
import { type FieldItems, nameOfBox, readItems, reviewItems, TOO_MANY, whyNotReviewed } from './texts-form.ts';

/** Of more responses what people typed is not read in the server: a respondent would wait. */
const MOST_READ = 5000;

const SURVEY = '/staff/surveys/:survey';

export function makingRoutes(context: Context): Route[] {
  const { db, now, releaseWork } = context;

  const showForm = async (response: Response, survey: Survey, given: Given, errors: readonly Fault[] = []) => {
    const { survey: code, disclosure } = survey.file;
    const home = surveyHome(code);
    const call = callerFor(survey);
    const choiceOf = (name: string) => ({ value: name, text: call(name) });
    const underWay = await findUnderWay(db, code);
    const { sent } = await countPeople(db, code);
    const waiting = standingsOf(await readLedger(db, code)).filter(
      ({ state, overtakenBy }) => state === 'waiting' && !overtakenBy,
    );
    response.render('release/new', {
      ...staffFrame(context, response, survey, 'Make a release', errors),
      back: { href: homeOf(code), text: 'Releases' },
      action: `${homeOf(code)}/new`,
      possible: releaseWork !== undefined,
      underWay: underWay && viewJob(underWay, home),
      nobody: sent === 0,
      sent: inSteps(sent),
      gaps: gapsIn(survey.file),
      waiting: waiting.map(({ number }) => ({ number, href: `${homeOf(code)}/${number}` })),
      comparisons: (await listComparisons(db, code)).map((job) => ({
        href: addressOf(home, job.id),
        holds: sayHolds(job),
        person: job.person.name,
        ended: showMoment(job.endedAt ?? job.askedAt),
      })),
      given,
      keys: disclosure.keys.map(choiceOf),
      texts: disclosure.texts.map(choiceOf),
      settingsOpen: errors.some(({ href }) => /^#(k|keys|kept)$/.test(href)) || isUnusual(given, disclosure.keys),
      reasons: GATES.map((gate) => ({ name: gate, title: titleOfGate(gate), value: given[gate] })),
      least: {
        public: leastK([survey], 'public'),
        network: leastK([survey], 'network'),
        rows: LEAST_PUBLIC_ROWS,
        since: disclosure.base,
      },
    });
  };

  const showNew = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const { like, setting } = request.query;
    const before = typeof like === 'string' ? await findJob(db, survey.file.survey, like) : undefined;
    await showForm(response, survey, before ? givenOf(survey, before, Number(setting)) : firstGiven(survey));
  };

  /** Takes the form, and puts the work on the list. */
  const takeNew = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const { survey: code } = survey.file;
    const form = formOf(request);
    const given = givenIn(form);
    const kind: Kind = findValue(form, 'do') === 'make' ? 'make' : 'compare';
    const { sent } = await countPeople(db, code);
    const read = readGiven(given, kind, survey, sent);
    if (sent === 0 || !releaseWork) return showForm(response.status(409), survey, given);
    if ('faults' in read) return showForm(response.status(422), survey, given, read.faults);
    const { wishes } = read;
    const toRead = textsToRead(given, kind, survey);
    if (toRead.length === 0) return begin(response, { survey: code, kind, wishes, texts: [] });
    if (sent > MOST_READ) return showForm(response.status(422), survey, given, [TOO_MANY]);
    const fields = await readToReview(db, survey, toRead, getStaff(response), now());
    const problem = whyNotReviewed(fields, wishes.k ?? leastK([survey], wishes.audience));
    if (problem) return showForm(response.status(422), survey, given, [problem]);
    showTexts(response, survey, given, fields);
  };

  const begin = async (response: Response, job: Parameters<typeof addJob>[1]) => {
    const id = await addJob(db, job, getStaff(response), now());
    releaseWork?.begin();
    response.redirect(303, addressOf(surveyHome(job.survey), id));
  };

  const showTexts = (
    response: Response,
    survey: Survey,
    given: Given,
    fields: readonly FieldItems[],
    errors: readonly Fault[] = [],
  ) => {
    const { survey: code } = survey.file;
    const call = callerFor(survey);
    response.render('release/texts', {
      ...staffFrame(context, response, survey, 'Read what people typed', errors),
      back: { href: homeOf(code), text: 'Releases' },
      action: `${homeOf(code)}/texts`,
      given,
      fields: fields.map((each) => ({ ...each, called: call(each.field) })),
      nameOfBox,
    });
  };

  /** Takes what somebody decided about each answer, and begins the work. */
  const takeTexts = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const form = formOf(request);
    const given = givenIn(form);
    const { sent } = await countPeople(db, survey.file.survey);
    const read = readGiven(given, 'make', survey, sent);
    if ('faults' in read) return showForm(response.status(422), survey, given, read.faults);
    const fields = readItems(textsToRead(given, 'make', survey), (name) => findValue(form, name));
    const { k = leastK([survey], read.wishes.audience) } = read.wishes;
    const reviewed = reviewItems(survey, fields, k);
    if ('faults' in reviewed) return showTexts(response.status(422), survey, given, fields, reviewed.faults);
    const { texts } = reviewed;
    const wishes = { ...read.wishes, ...(texts.length > 0 && { reviewedBy: getStaff(response).name }) };
    return begin(response, { survey: survey.file.survey, kind: 'make', wishes, texts });
  };

  const showJob = async (request: Request, response: Response) => {
    const { survey, job } = await getAsked(context, request);
    const { survey: code } = survey.file;
    if (job.state === 'done' && job.number !== undefined)
      return response.redirect(303, `${homeOf(code)}/${job.number}`);
    const call = callerFor(survey);
    const again = (place: number) => `${homeOf(code)}/new?like=${job.id}&setting=${place}`;
    response.render('release/job', {
      ...staffFrame(context, response, survey, titleOf(job)),
      back: { href: homeOf(code), text: 'Releases' },
      wide: job.comparison !== undefined,
      job: viewJob(job, surveyHome(code)),
      state: isUnderWay(job) ? 'under way' : job.state,
      reason: job.reason === undefined ? undefined : inFormWords(job.reason, call),
      comparison: job.comparison && viewComparison(job.comparison, again, survey),
      again: `${homeOf(code)}/new?like=${job.id}`,
    });
  };

  const cancel = async (request: Request, response: Response) => {
    const { survey, job } = await getAsked(context, request);
    if (await cancelJob(db, job, getStaff(response), now())) releaseWork?.stop(job.id);
    // What was faster than whoever stops it is shown as it ended.
    response.redirect(303, addressOf(surveyHome(survey.file.survey), job.id));
  };

  return [
    { method: 'get', path: `${HOME}/new`, who: 'researcher', handle: showNew },
    { method: 'post', path: `${HOME}/new`, who: 'researcher', handle: offeringAgain(takeNew) },
    { method: 'post', path: `${HOME}/texts`, who: 'researcher', handle: offeringAgain(takeTexts) },
    { method: 'get', path: `${SURVEY}/making/:job`, who: 'researcher', handle: showJob },
    { method: 'post', path: `${SURVEY}/making/:job/cancel`, who: 'researcher', handle: cancel },
  ];
}

/** The work that the address names. @throws Problem not_found */
async function getAsked(context: Context, request: Request): Promise<{ readonly survey: Survey; readonly job: Job }> {
  const survey = await getSurveyAsked(context, request);
  const job = await findJob(context.db, survey.file.survey, String(request.params.job));
  if (!job) throw new Problem('not_found');
  return { survey, job };
}

/** Whether a setting was chosen that is not the usual one: it should not be folded away. */
const isUnusual = ({ k, keys, keep }: Given, declared: readonly string[]) =>
  k !== '' || keep === 'chosen' || keys.length < declared.length;

function givenIn(form: ReturnType<typeof formOf>): Given {
  const list = (name: string): readonly string[] => {
    const posted = form[name] ?? [];
    return typeof posted === 'string' ? [posted] : posted;
  };
  const typed = (name: string) => findValue(form, name) ?? '';
  return {
    holds: typed('holds'),
    k: typed('k'),
    keys: list('keys'),
    keep: typed('keep'),
    kept: list('kept'),
    texts: list('texts'),
    few: typed('few'),
    beside: typed('beside'),
    seen: typed('seen'),
  };
}
