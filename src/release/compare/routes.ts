/** Two releases of a survey side by side, for researchers. */
import type { Request, Response } from 'express';
import { type Fault, frameOf } from '../../accounts/signed-in.ts';
import { showDate } from '../../accounts/times.ts';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { viewWork } from '../../web/under-way.ts';
import { wordsFor } from '../../web/words.ts';
import { type Standing, standingsOf } from '../ledger/ledger.ts';
import { getTables, type TablesRelease } from '../ledger/parts/store.ts';
import { readLedger } from '../ledger/store.ts';
import { partOf } from '../page/releases.ts';
import { speakerFor } from '../page/words.ts';
import { getSurveyAsked } from '../routes.ts';
import { type Chosen, chooseTwo, listComparable } from './choose.ts';
import { peopleOf } from './people.ts';
import { type ComparisonTask, compare, findCompared, sectionOf } from './store.ts';
import { sayPeople } from './words.ts';

export function compareRoutes(context: Context): Route[] {
  const show = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const releases = await findReleases(context, survey);
    if (releases.length < 2) {
      const links = { out: releases[0]?.number, releases: `${homeOf(survey)}/releases` };
      return response.render('release/compare/none', { ...frameFor(context, response, survey), ...links });
    }
    const { from, to, section } = request.query;
    const chosen = chooseTwo(releases, { from, to });
    if ('fault' in chosen) {
      const frame = frameFor(context, response.status(422), survey, [{ href: '#to', text: chosen.fault }]);
      return response.render('release/compare/overview', { ...frame, form: viewForm(releases, from, to) });
    }
    const two = await getTwo(context, survey, chosen);
    const page = { ...frameFor(context, response, survey), ...viewBoth(survey, two) };
    const form = viewForm(releases, String(chosen.before.number), String(chosen.after.number));
    const show = section === undefined ? 'overview' : 'section';
    const task = taskOf(survey, two, show, section === undefined ? '' : String(section));
    const compared = await findCompared(context, task, `${two.before.hash} ${two.after.hash}`);
    if (!('view' in compared)) {
      return response.render('layout/working', {
        ...page,
        ...viewWork(compared, {
          address: request.originalUrl,
          step: `Releases ${two.before.number} and ${two.after.number} are being compared`,
          meanwhile: 'the work goes on.',
          mend: 'The pages of the two releases have all figures as tables.',
        }),
      });
    }
    const { view } = compared;
    if (view === undefined) throw new Problem('not_found');
    if (section === undefined) return response.render('release/compare/overview', { ...page, form, view });
    response.render('release/compare/section', {
      ...page,
      back: { href: page.addressOf(), text: 'The comparison' },
      view,
    });
  };

  const sendCsv = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const releases = await findReleases(context, survey);
    const { from, to } = request.query;
    const chosen = releases.length < 2 ? undefined : chooseTwo(releases, { from, to });
    // The page says why there is nothing to send.
    if (!chosen || 'fault' in chosen) return response.redirect(303, `${homeOf(survey)}/results/compare`);
    const two = await getTwo(context, survey, chosen);
    const { before, after, synthetic } = two;
    const compared = await compare(context, taskOf(survey, two, 'csv'));
    // The page says why there is no file.
    if (!('view' in compared)) return response.redirect(303, overviewOf(survey, two));
    const mark = synthetic ? '-synthetic' : '';
    response.attachment(`${survey.file.survey}-releases-${before.number}-${after.number}${mark}.csv`);
    response.type('text/csv; charset=utf-8').send(compared.view);
  };

  return [
    { method: 'get', path: '/staff/surveys/:survey/results/compare', who: 'researcher', handle: show },
    { method: 'get', path: '/staff/surveys/:survey/results/compare.csv', who: 'researcher', handle: sendCsv },
  ];
}

const homeOf = ({ file }: Survey) => `/staff/surveys/${encodeURIComponent(file.survey)}`;

async function findReleases({ db }: Context, { file }: Survey): Promise<Standing[]> {
  return listComparable(standingsOf(await readLedger(db, file.survey)));
}

type Two = Awaited<ReturnType<typeof getTwo>>;

/** Both, and what is said of them together. */
async function getTwo(context: Context, survey: Survey, chosen: Exclude<Chosen, { fault: string }>) {
  const [before, after] = [await getRelease(context, chosen.before), await getRelease(context, chosen.after)];
  const { languages } = survey.file;
  const speaker = speakerFor({ languages }, languages[0] ?? 'en', wordsFor('en'));
  const named = ({ number, tables }: TablesRelease) => ({ number, wave: speaker.text(tables.content.wave) });
  const [then, now] = [named(before), named(after)];
  const people = peopleOf(then.wave, now.wave);
  return {
    before,
    after,
    speaker,
    synthetic: before.tables.content.synthetic || after.tables.content.synthetic,
    said: sayPeople(people, then, now),
  };
}

/** @throws Problem not_found */
async function getRelease({ db }: Context, standing: Standing): Promise<TablesRelease> {
  const part = partOf(standing, 'tables');
  if (!part) throw new Problem('not_found');
  return getTables(db, part.id);
}

const queryOf = ({ before, after }: Two) => `from=${before.number}&to=${after.number}`;
const overviewOf = (survey: Survey, two: Two) => `${homeOf(survey)}/results/compare?${queryOf(two)}`;

function taskOf(survey: Survey, two: Two, show: ComparisonTask['show'], code = ''): ComparisonTask {
  const sideOf = ({ number, madeOn, hash, tables }: TablesRelease) => ({
    number,
    madeOn,
    hash,
    content: tables.content,
  });
  return {
    what: 'compare releases',
    before: sideOf(two.before),
    after: sideOf(two.after),
    languages: survey.file.languages,
    show,
    code,
    address: overviewOf(survey, two),
  };
}

/** What both pages of a comparison say first. */
function viewBoth(survey: Survey, two: Two) {
  const { before, after, speaker, said, synthetic } = two;
  const address = overviewOf(survey, two);
  return {
    ...(synthetic && { synthetic }),
    people: said,
    csv: `${homeOf(survey)}/results/compare.csv?${queryOf(two)}`,
    addressOf: (section?: string) => (section === undefined ? address : sectionOf(address, section)),
    sides: [before, after].map(({ number, madeOn, tables: { content } }) => ({
      number,
      day: showDate(madeOn),
      wave: speaker.text(content.wave),
      version: content.version,
      responses: content.responses,
    })),
  };
}

/** The two lists, as they were sent. */
function viewForm(releases: readonly Standing[], from: unknown, to: unknown) {
  const items = (chosen: unknown) =>
    releases.toReversed().map(({ number, parts }) => ({
      value: String(number),
      text: `Release ${number}, ${showDay(parts[0]?.madeOn ?? '')}`,
      selected: String(number) === chosen,
    }));
  return { from: items(from), to: items(to) };
}

function frameFor(context: Context, response: Response, survey: Survey, errors: readonly Fault[] = []) {
  const frame = frameOf(context, response, 'Compare releases', errors);
  const { file } = survey;
  const title = words(survey, file.title);
  return {
    ...frame,
    synthetic: file.synthetic ?? frame.synthetic,
    wide: true,
    survey: { lang: file.languages[0] ?? 'en', title },
    back: { href: `${homeOf(survey)}/results`, text: 'Results' },
  };
}
