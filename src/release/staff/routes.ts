/** Releases for staff: where each stands, what is in it before anybody outside sees it, and its files. */
import type { Request, Response } from 'express';
import { mayLookAt, mayUse, type Staff } from '../../accounts/account.ts';
import { listDeedsOn } from '../../accounts/audit/store.ts';
import { type Fault, FIRST_PAGE, frameOf as frameOfStaff, getStaff } from '../../accounts/signed-in.ts';
import { listAccounts } from '../../accounts/store.ts';
import { showMoment } from '../../accounts/times.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { inLanguage } from '../../questionnaire/text.ts';
import { type Context, wholeAddress } from '../../web/context.ts';
import { allowOwnStyles } from '../../web/headers.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { sortList } from '../../web/sorting.ts';
import { wordsFor } from '../../web/words.ts';
import { callerFor } from '../called.ts';
import type { ZippedData } from '../ledger/data-content.ts';
import { thingOf } from '../ledger/deeds.ts';
import { type Standing, standingsOf } from '../ledger/ledger.ts';
import { getData, getTables, type TablesRelease } from '../ledger/parts/store.ts';
import { readLedger, sealsOf } from '../ledger/store.ts';
import { sayState } from '../ledger/words.ts';
import { inFormWords } from '../making/form-words.ts';
import { viewJob } from '../making/job-view.ts';
import { findUnderWay } from '../making/store.ts';
import { reportView } from '../microdata/report/report-view.ts';
import { noticeOf } from '../page/releases.ts';
import { checkZip, frameOf, getSurveyAsked, KEEP_NOTHING, sendCsv, sendJson, showTables } from '../routes.ts';
import { isAlone, isOwn, listVerbs } from './decisions.ts';
import { checkSeal } from './kept-seal.ts';
import { approversOf, viewAttempts, viewRelease } from './release-view.ts';
import { recordDownload } from './store.ts';
import { tasksOf } from './tasks.ts';

/** The address of a survey's releases, as Express writes it. */
export const HOME = '/staff/surveys/:survey/releases';

/** What the list of releases can be sorted by: the newest stands first. */
const RELEASES_BY = {
  newest: { text: 'number', ways: ['newest first', 'oldest first'], of: ({ number }: Standing) => -number },
  state: {
    text: 'where it stands',
    ways: ['waiting first', 'waiting last'],
    of: (standing: Standing) => `${standing.state === 'waiting' ? 1 : 2} ${sayState(standing)}`,
  },
  audience: {
    text: 'whom it is for',
    ways: ['network first', 'public first'],
    of: ({ audience }: Standing) => audience,
  },
} as const;

const NO_SEAL = 'This is no seal: one has 64 characters, each a digit or a letter from a to f';

export function staffReleaseRoutes(context: Context): Route[] {
  const { db, now, settings } = context;

  const showList = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const { survey: code } = survey.file;
    const ledger = await readLedger(db, code);
    const standings = standingsOf(ledger);
    const makes = mayUse(getStaff(response), 'researcher', code);
    const underWay = makes ? await findUnderWay(db, code) : undefined;
    const call = callerFor(survey);
    const out = standings.filter(({ state }) => state === 'approved');
    const sorted = sortList(standings, request.query, RELEASES_BY);
    const seals = await sealsOf(db, code);
    const kept = checkSeal(request.query.seal, seals);
    const wrong = kept?.found === 'no seal' ? [{ href: '#seal', text: NO_SEAL }] : [];
    if (wrong.length > 0) response.status(422);
    response.render('release/staff-list', {
      ...staffFrame(context, response, survey, 'Releases', wrong),
      back: makes ? { href: surveyHome(code), text: 'The survey' } : FIRST_PAGE,
      code,
      out: {
        public: out.find(({ audience }) => audience === 'public')?.number,
        network: out.find(({ audience }) => audience === 'network')?.number,
      },
      asks: context.askNetwork !== undefined && makes,
      makes,
      home: homeOf(code),
      work: underWay ? [viewJob(underWay, surveyHome(code))] : [],
      releases: sorted.rows.map((each) => viewRelease(each, homeOf(code))),
      sorting: sorted.links,
      attempts: viewAttempts(ledger.lines, (reason) => inFormWords(reason, call)),
      seal: seals.at(-1),
      lines: seals.length,
      kept,
      asked: String(request.query.seal ?? ''),
    });
  };

  const showOne = async (request: Request, response: Response) => {
    response.render('release/staff-release', await viewOne(context, response, await getAsked(context, request)));
  };

  const showResults = async (request: Request, response: Response) => {
    const { survey, standing, standings, tables, home } = await getAsked(context, request);
    if (!tables) throw new Problem('not_found');
    const frame = frameOf(context, request, response, survey);
    const own = {
      ...frame,
      home,
      notice: noticeOf(standing, wordsFor(frame.lang)),
      staff: frameOfStaff(context, response, '').staff,
      back: { href: home, text: `Release ${standing.number}` },
    };
    const links = { results: `${home}/results`, figures: `${home}/results`, releases: undefined, bundle: undefined };
    showTables(request, response, { frame: own, survey, release: tables, standings, asked: standing, links });
  };

  const showReport = async (request: Request, response: Response) => {
    const { standing, data, home } = await getAsked(context, request);
    if (!data) throw new Problem('not_found');
    const page = {
      report: reportView(data.report),
      notice: noticeOf(standing, wordsFor('en')),
      back: { href: home, text: `Release ${standing.number}` },
    };
    response.render('release/disclosure-report', page, (error: unknown, html: string) => {
      if (error) throw error;
      allowOwnStyles(response, html);
      response.send(html);
    });
  };

  const sendBundle = async (request: Request, response: Response) => {
    const { survey, standing, data } = await getAsked(context, request);
    const { releasesPath } = settings;
    if (!data || !isGivenOut(standing) || releasesPath === undefined) throw new Problem('not_found');
    await checkZip(releasesPath, data);
    // Who only asks how large it is has taken nothing.
    if (request.method !== 'HEAD') {
      await recordDownload(db, { survey: survey.file.survey, number: standing.number }, getStaff(response), now());
    }
    response.attachment(data.file);
    response.sendFile(data.file, { root: releasesPath, acceptRanges: false, cacheControl: false });
  };

  /** The short address of a release, `SURVEY-NUMBER` as in the names of its files, leads to where it stands. */
  const leadTo = (rest: string) => (request: Request, response: Response) => {
    const [, survey, number] = /^(.+)-(\d{1,9})$/.exec(String(request.params.release)) ?? [];
    if (survey === undefined || !mayLookAt(getStaff(response), survey)) throw new Problem('not_found');
    response.redirect(303, `${homeOf(survey)}/${number}${rest}`);
  };

  const one = `${HOME}/:release`;
  const figures = {
    csv: sendCsv(context, getTablesAsked, KEEP_NOTHING),
    json: sendJson(context, getTablesAsked, KEEP_NOTHING),
  };
  return [
    { method: 'get', path: HOME, who: 'member', handle: showList },
    { method: 'get', path: one, who: 'member', handle: showOne },
    { method: 'get', path: `${one}/results`, who: 'member', handle: showResults },
    { method: 'get', path: `${one}/results.csv`, who: 'member', handle: figures.csv },
    { method: 'get', path: `${one}/results.json`, who: 'member', handle: figures.json },
    { method: 'get', path: `${one}/report`, who: 'member', handle: showReport },
    { method: 'get', path: `${one}/bundle.zip`, who: 'member', handle: sendBundle },
    { method: 'get', path: '/staff/releases/:release', who: 'staff', handle: leadTo('') },
    { method: 'get', path: '/staff/releases/:release/bundle.zip', who: 'staff', handle: leadTo('/bundle.zip') },
  ];
}

/** What is to be done about releases of these surveys, for the first page of whoever has a part in them. */
export async function listTasks({ db }: Context, staff: Staff, surveys: readonly ListedSurvey[]) {
  const accounts = await listAccounts(db);
  const own = surveys.filter(({ survey }) => mayLookAt(staff, survey));
  const tasks = own.map(async ({ survey, title }) => {
    const standings = standingsOf(await readLedger(db, survey));
    const underWay = await findUnderWay(db, survey);
    const found = tasksOf(staff, survey, { standings, underWay, accounts }, surveyHome(survey));
    return found.map((task) => ({ ...task, survey: title }));
  });
  return (await Promise.all(tasks)).flat();
}

interface ListedSurvey {
  readonly survey: string;
  readonly title: string;
}

/** A release with all that is kept of it for staff. */
export interface Asked {
  readonly survey: Survey;
  readonly standing: Standing;
  readonly standings: readonly Standing[];
  readonly tables: TablesRelease | undefined;
  /** Undefined of tables alone, and of a file from before there were zips. */
  readonly data: ZippedData | undefined;
  /** Where staff find it. */
  readonly home: string;
}

/** The release that the address names. @throws Problem not_found */
export async function getAsked(context: Context, request: Request): Promise<Asked> {
  const { db } = context;
  const survey = await getSurveyAsked(context, request);
  const { survey: code } = survey.file;
  const standings = standingsOf(await readLedger(db, code));
  const standing = standings.find(({ number }) => String(number) === request.params.release);
  if (!standing) throw new Problem('not_found');
  const find = (kind: 'tables' | 'microdata') => standing.parts.find((part) => part.kind === kind);
  const [tablesPart, dataPart] = [find('tables'), find('microdata')];
  const data = dataPart && (await getData(db, dataPart.id));
  return {
    survey,
    standing,
    standings,
    tables: tablesPart && (await getTables(db, tablesPart.id)),
    data: data && 'outline' in data ? data : undefined,
    home: `${homeOf(code)}/${standing.number}`,
  };
}

async function getTablesAsked(context: Context, request: Request): Promise<TablesRelease> {
  const { tables } = await getAsked(context, request);
  if (!tables) throw new Problem('not_found');
  return tables;
}

/** What the page of a release reads. */
export async function viewOne(context: Context, response: Response, asked: Asked, errors: readonly Fault[] = []) {
  const { db, settings } = context;
  const { survey, standing, tables, data, home } = asked;
  const { survey: code } = survey.file;
  const { number } = standing;
  const taken = await listDeedsOn(db, thingOf({ survey: code, number }), 'release_taken');
  const [staff, accounts] = [getStaff(response), await listAccounts(db)];
  const own = isOwn(standing, staff);
  const alone = own && isAlone(staff, code, accounts);
  return {
    ...staffFrame(context, response, survey, `Release ${number}`, errors),
    back: { href: homeOf(code), text: 'Releases' },
    release: viewRelease(standing, homeOf(code)),
    newest: standing.state === 'approved' && standing.audience === 'public' ? `/surveys/${code}/results` : undefined,
    verbs: listVerbs(standing, staff, code, alone),
    own,
    alone,
    whole: wholeAddress(context, home),
    approvers: standing.state === 'waiting' ? approversOf(standing, code, accounts) : [],
    results: tables && `${home}/results`,
    report: data && `${home}/report`,
    bundle:
      data && isGivenOut(standing) && settings.releasesPath !== undefined
        ? { href: `${home}/bundle.zip`, kib: Math.ceil(data.bytes / 1024).toLocaleString('en') }
        : undefined,
    hashes: [
      ...(tables ? [{ what: 'the tables', hash: tables.hash }] : []),
      ...(data ? [{ what: data.file, hash: data.sha256 }] : []),
    ],
    holdsFile: data !== undefined,
    taken: taken.map(({ personName, at }) => ({ person: personName, moment: showMoment(at) })),
  };
}

/** Files of what was refused or withdrawn are given to nobody any more. */
const isGivenOut = ({ state }: Standing) => state !== 'refused' && state !== 'withdrawn';

/** Where staff find a survey, and its releases. */
export const surveyHome = (code: string) => `/staff/surveys/${encodeURIComponent(code)}`;
export const homeOf = (code: string) => `${surveyHome(code)}/releases`;

/** The frame of a page of staff about one survey. */
export function staffFrame(
  context: Context,
  response: Response,
  { file }: Survey,
  title: string,
  errors: readonly Fault[] = [],
) {
  const frame = frameOfStaff(context, response, title, errors);
  const [lang = 'en'] = file.languages;
  const survey = { lang, title: inLanguage(file.title, lang, lang) };
  return { ...frame, synthetic: file.synthetic ?? frame.synthetic, survey };
}
