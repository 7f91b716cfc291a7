/** New versions: a file is checked, what it would change is shown, and an admin publishes it. */
import type { Request, Response } from 'express';
import { NotChanged } from '../../accounts/people/store.ts';
import { type Fault, frameOf, getStaff } from '../../accounts/signed-in.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { findValue, formOf } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { dayOf } from '../days.ts';
import { addressOf, getAsked, surveyFrame } from '../routes.ts';
import { inSteps } from '../steps.ts';
import { findLiveSurvey, getSource, getVersion, type LiveSurvey, listPublished, VersionTaken } from '../store.ts';
import { changesBetween } from './changes.ts';
import { findCode, isPublishable, lineAt, type Review, reviewFile } from './review.ts';
import { countByVersion, LiveChanged, publishFile } from './store.ts';

const MOST_FINDINGS = 100;

export function versionRoutes(context: Context): Route[] {
  const { db, now } = context;

  const frame = (response: Response, live: LiveSurvey | undefined, title: string, errors: readonly Fault[] = []) =>
    live
      ? surveyFrame(context, response, live, title, errors)
      : {
          ...frameOf(context, response, title, errors),
          back: { href: '/staff/surveys', text: 'All surveys' },
        };

  const showForm = (
    response: Response,
    live: LiveSurvey | undefined,
    { source = '', review, errors = [] }: { source?: string; review?: Review; errors?: readonly Fault[] } = {},
  ) => {
    const findings = review?.findings ?? [];
    response.render('fieldwork/new-version', {
      ...frame(response, live, live ? 'A new version' : 'A new survey', errors),
      action: live ? `${addressOf(live.survey.file.survey)}/versions/new` : '/staff/surveys/new',
      source,
      findings: findings.slice(0, MOST_FINDINGS).map((finding) => told(finding, source)),
      more: Math.max(0, findings.length - MOST_FINDINGS),
    });
  };

  const showChanges = async (
    response: Response,
    live: LiveSurvey | undefined,
    { source, survey, review }: { source: string; survey: Survey; review: Review },
    errors: readonly Fault[] = [],
  ) => {
    const { survey: code, version } = survey.file;
    response.render('fieldwork/changes', {
      ...frame(response, live, `Version ${version} of ${code}`, errors),
      code,
      version,
      source,
      seen: live?.hash,
      before: live?.survey.file.version,
      action: `${addressOf(code)}/versions`,
      admin: getStaff(response).admin,
      findings: review.findings.map((finding) => told(finding, source)),
      changes: live ? await changesTold(context, live, survey) : [],
    });
  };

  /** What a file is answered with, whether it was sent to be looked at or to be published. */
  const answerFile = async (
    response: Response,
    live: LiveSurvey | undefined,
    source: string,
    errors: readonly Fault[] = [],
  ) => {
    const review = reviewFile(source, live && (await getSource(db, live.hash)), dayOf(now()));
    const { survey } = review;
    if (survey && isPublishable(review)) {
      return showChanges(errors.length > 0 ? response.status(422) : response, live, { source, survey, review }, errors);
    }
    const wrong = review.findings.filter(({ severity }) => severity === 'error').length;
    const text = wrong === 1 ? 'There is an error in the file' : `There are ${wrong} errors in the file`;
    showForm(response.status(422), live, { source, review, errors: [...errors, { href: '#findings', text }] });
  };

  /** A file for the survey in the address, or for none yet: what keeps it from being even that, as a fault. */
  const findMisfit = async (source: string, live: LiveSurvey | undefined): Promise<string | undefined> => {
    if (source.trim() === '') return 'Paste the whole file';
    const code = findCode(source);
    if (live && source === (await getSource(db, live.hash))) return 'This is the file that is live already';
    if (code === undefined || code === live?.survey.file.survey) return undefined;
    if (live)
      return `This file is of the survey “${code}”: only a file of “${live.survey.file.survey}” can be its version`;
    return (await findLiveSurvey(db, code))
      ? `There is a survey “${code}” already: open it, and make a new version there`
      : undefined;
  };

  const takeFile = async (response: Response, live: LiveSurvey | undefined, source: string) => {
    const misfit = await findMisfit(source, live);
    if (misfit === undefined) return answerFile(response, live, source);
    showForm(response.status(422), live, { source, errors: [{ href: '#source', text: misfit }] });
  };

  const publish = async (request: Request, response: Response) => {
    // Where the store cannot take it, the same form is offered once more.
    response.locals.again = true;
    const code = String(request.params.survey);
    const live = await findLiveSurvey(db, code);
    const source = sourceIn(request);
    const liveSource = live && (await getSource(db, live.hash));
    // The button was pressed twice: it is done.
    if (source === liveSource) return response.redirect(303, addressOf(code));
    const review = reviewFile(source, liveSource, dayOf(now()));
    const { survey } = review;
    if (!survey || !isPublishable(review)) return takeFile(response, live, source);
    if (survey.file.survey !== code) {
      return showForm(response.status(422), live, {
        source,
        errors: [{ href: '#source', text: otherSurvey(survey.file.survey, code) }],
      });
    }
    const seen = findValue(formOf(request), 'seen') || undefined;
    try {
      await publishFile(db, { source, survey }, seen, getStaff(response), now());
    } catch (error) {
      const text = reasonOf(error);
      return answerFile(response, await findLiveSurvey(db, code), source, [{ href: '#main-content', text }]);
    }
    response.redirect(303, addressOf(code));
  };

  return [
    { method: 'get', path: '/staff/surveys/new', who: 'admin', handle: (_, response) => showForm(response, undefined) },
    {
      method: 'post',
      path: '/staff/surveys/new',
      who: 'admin',
      handle: (request, response) => takeFile(response, undefined, sourceIn(request)),
    },
    {
      method: 'get',
      path: '/staff/surveys/:survey/versions/new',
      who: 'researcher',
      handle: async (request, response) => showForm(response, await getAsked(context, request)),
    },
    {
      method: 'post',
      path: '/staff/surveys/:survey/versions/new',
      who: 'researcher',
      handle: async (request, response) => takeFile(response, await getAsked(context, request), sourceIn(request)),
    },
    { method: 'post', path: '/staff/surveys/:survey/versions', who: 'admin', handle: publish },
  ];
}

/** The file in the form. Browsers send each line's end as two characters; a file has one, and its fingerprint with it. */
function sourceIn(request: Request): string {
  return (findValue(formOf(request), 'source') ?? '').replaceAll('\r\n', '\n');
}

const otherSurvey = (code: string, wanted: string): string =>
  `This file is of the survey “${code}”: only a file of “${wanted}” can be a version of it`;

/** A finding as it is shown, with the line that it is about. */
function told({ severity, line, message, mend }: Review['findings'][number], source: string) {
  return { error: severity === 'error', line, message, mend, words: lineAt(source, line) };
}

/** Why a version was not published, as a sentence. @throws what nobody expected */
function reasonOf(error: unknown): string {
  if (error instanceof LiveChanged) {
    return 'Not published: another version went live since this page was made. Look at what your file would change now';
  }
  if (error instanceof VersionTaken || error instanceof NotChanged) return error.message;
  throw error;
}

/** The changes with how many people answered under a version that has what is changed. */
async function changesTold({ db }: Context, live: LiveSurvey, after: Survey) {
  const code = live.survey.file.survey;
  const people = await countByVersion(db, code);
  const versions = await Promise.all(
    (await listPublished(db, code)).map(async ({ hash }) => ({
      survey: await getVersion(db, hash),
      ...(people.get(hash) ?? { sent: 0, begun: 0 }),
    })),
  );
  return changesBetween(live.survey, after).map(({ kind, what, was, is, touches }) => {
    const touched = versions.filter(({ survey }) => touches(survey));
    const sum = (key: 'sent' | 'begun') => inSteps(touched.reduce((n, version) => n + version[key], 0));
    return {
      kind,
      what,
      was,
      is,
      touched: touched.length > 0 ? { sent: sum('sent'), begun: sum('begun') } : undefined,
    };
  });
}
