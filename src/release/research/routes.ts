/** Results for signed-in researchers: every question with filters of one's own, from the network tier alone (T9, T12). */
import type { Request, Response } from 'express';
import { type Fault, frameOf } from '../../accounts/signed-in.ts';
import { showDate } from '../../accounts/times.ts';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { Context } from '../../web/context.ts';
import { Problem } from '../../web/problems.ts';
import type { Route } from '../../web/route-table.ts';
import { wordsFor } from '../../web/words.ts';
import { zipOf } from '../../web/zip.ts';
import { standingsOf } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/store.ts';
import { isSame } from '../network/names.ts';
import type { Answer, Offer, Told } from '../network/told.ts';
import { reopenTold } from '../released.ts';
import { getSurveyAsked } from '../routes.ts';
import { chartOf } from './chart.ts';
import { factsOf } from './facts.ts';
import { chartFile, figuresWorkbook } from './files.ts';
import { dimensionsOf, viewFilters } from './filters.ts';
import { viewKey } from './key-page.ts';
import { figureLines, figuresCsv, type OfSurvey } from './lines.ts';
import { listQuestions, listShown, orderOf } from './overview.ts';
import { viewShown } from './question-page.ts';
import { queryOf, readSelection, type Selection } from './selection.ts';
import { type Shown, showAnswer, speakerOf } from './shown.ts';

/** Where there is nobody to ask, nothing can be. */
const NOTHING = JSON.stringify({ offers: [], answers: [] });

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function researchRoutes(context: Context): Route[] {
  const speaker = speakerOf(wordsFor('en'));

  const showOverview = async (request: Request, response: Response) => {
    const survey = await getSurveyAsked(context, request);
    const told = await askFor(context, survey, []);
    const [newest] = told.offers;
    const { survey: code } = survey.file;
    const network = standingsOf(await readLedger(context.db, code)).filter(({ audience }) => audience === 'network');
    response.render('release/research/overview', {
      ...frameFor(context, response, { survey, told }, 'Results for researchers'),
      back: { href: `/staff/surveys/${encodeURIComponent(code)}`, text: 'The survey' },
      home: homeOf(survey),
      published: `/surveys/${encodeURIComponent(code)}/results`,
      releases: `/staff/surveys/${encodeURIComponent(code)}/releases`,
      newest: newest && { ...newest, madeOn: showDate(newest.madeOn) },
      insteadOf: told.insteadOf,
      waits: network.find(({ state, overtakenBy }) => state === 'waiting' && !overtakenBy)?.number,
      refusal: network.some(({ state }) => state === 'approved') ? told.refusal : undefined,
      sections: listQuestions(told),
    });
  };

  /** While no release can be asked, the overview says what to do first. */
  const onceAsked =
    (handle: (asked: Asked, response: Response) => unknown) => async (request: Request, response: Response) => {
      const asked = await findAsked(context, request);
      if (!asked) return response.redirect(303, homeOf(await getSurveyAsked(context, request)));
      await handle(asked, response);
    };
  const onceShown = (handle: (asked: Asked & { readonly shown: Shown }, response: Response) => unknown) =>
    onceAsked((asked, response) => {
      const { shown } = asked;
      if (!shown) throw new Problem('not_found');
      return handle({ ...asked, shown }, response);
    });

  const showQuestion = onceAsked((asked, response) => {
    const isWrong = asked.isOffered && !asked.shown;
    if (isWrong) response.status(422);
    const href = asked.dimensions.length > 0 ? '#by' : '#who';
    renderQuestion(response, asked, isWrong ? [{ href, text: asked.refusal }] : []);
  });
  const renderQuestion = (response: Response, asked: Asked, errors: readonly Fault[]) => {
    const { survey, told, name, label, about, selection, dimensions, shown, of } = asked;
    const hrefOf = (question: { readonly name: string }) => `${homeOf(survey)}/${encodeURIComponent(question.name)}`;
    const address = hrefOf({ name });
    const addressOf = (wanted: Selection, ending = '') => `${address}${ending}${queryOf(wanted)}`;
    const order = orderOf(listQuestions(told));
    const nets = order.find((each) => each.name === name)?.nets ?? [];
    const place = order.findIndex((each) => each.name === name);
    const link = (at: number) => {
      const found = order[at];
      return found && { href: hrefOf(found), ...found };
    };
    response.render('release/research/question', {
      ...frameFor(context, response, asked, `${name}. ${label}`, errors),
      back: { href: homeOf(survey), text: 'All questions' },
      name,
      address,
      about,
      put: about?.put.map((each) => ({ ...each, called: languageName(each.language) })),
      previous: place > 0 ? link(place - 1) : undefined,
      next: place === -1 ? undefined : link(place + 1),
      form: asked.isOffered ? viewFilters(dimensions, selection, addressOf) : undefined,
      release: shown && { number: shown.answer.release, day: showDate(shown.answer.madeOn) },
      shown: shown && viewShown(shown, of, dimensions, addressOf, speaker),
      refusal: asked.refusal,
      others: asked.isOffered ? [] : listShown(told).map((each) => ({ ...each, href: hrefOf(each) })),
      key: viewKey(told, name),
      nets: nets.map((net) => ({ ...net, href: hrefOf(net) })),
    });
  };

  const sendCsv = onceShown(({ shown, of }, response) => {
    response.attachment(fileName(shown, of, 'csv')).type('text/csv; charset=utf-8');
    response.send(figuresCsv(figureLines(shown, of)));
  });
  const sendWorkbook = onceShown(async ({ shown, of, name, dimensions }, response) => {
    const entries = figuresWorkbook(figureLines(shown, of), name, factsOf(shown, of, dimensions, speaker));
    const zip = await zipOf(entries, shown.answer.madeOn);
    response
      .attachment(fileName(shown, of, 'xlsx'))
      .type(XLSX)
      .send(zip);
  });
  const getSvg = ({ shown, of, name, dimensions }: Asked & { readonly shown: Shown }) => {
    const { chart, nobody } = chartOf(shown, speaker);
    if (!chart) throw new Problem('not_found');
    return chartFile(chart, name, factsOf(shown, of, dimensions, speaker), nobody);
  };
  const sendChart = onceShown((asked, response) => {
    const svg = getSvg(asked);
    response
      .attachment(fileName(asked.shown, asked.of, 'svg'))
      .type('image/svg+xml; charset=utf-8')
      .send(svg);
  });
  const sendPicture = onceShown(async (asked, response) => {
    const svg = getSvg(asked);
    if (!context.drawPicture) throw new Problem('not_found');
    const png = await context.drawPicture(svg);
    if (png) {
      response
        .attachment(fileName(asked.shown, asked.of, 'png'))
        .type('image/png')
        .send(Buffer.from(png));
      return;
    }
    const text = 'The chart has a character that our font does not have, so it cannot be drawn. Take the chart as SVG';
    renderQuestion(response.status(422), asked, [{ href: '#files', text }]);
  });

  const home = '/staff/surveys/:survey/results';
  const one = `${home}/:question`;
  return [
    { method: 'get', path: home, who: 'researcher', handle: showOverview },
    { method: 'get', path: `${one}.csv`, who: 'researcher', handle: sendCsv },
    { method: 'get', path: `${one}.xlsx`, who: 'researcher', handle: sendWorkbook },
    { method: 'get', path: `${one}.svg`, who: 'researcher', handle: sendChart },
    { method: 'get', path: `${one}.png`, who: 'researcher', handle: sendPicture },
    { method: 'get', path: one, who: 'researcher', handle: showQuestion },
  ];
}

const homeOf = ({ file }: Survey) => `/staff/surveys/${encodeURIComponent(file.survey)}/results`;

/** What is there, in the survey's own words, and what can be shown of it. */
interface Asked {
  readonly survey: Survey;
  readonly of: OfSurvey;
  readonly told: Told;
  readonly selection: Selection;
  readonly name: string;
  readonly label: string;
  readonly about: Answer['about'] | undefined;
  readonly dimensions: Offer['dimensions'];
  /** Some of its figures are told by some release. */
  readonly isOffered: boolean;
  readonly shown: Shown | undefined;
  /** Why nothing is shown; empty where something is. */
  readonly refusal: string;
}

/**
 * The question that the address names, as the network tier answers it. Undefined while no release can be asked.
 * @throws Problem not_found, bad_address
 */
async function findAsked(context: Context, request: Request): Promise<Asked | undefined> {
  const survey = await getSurveyAsked(context, request);
  const selection = readSelection(request.query);
  if (!selection) throw new Problem('bad_address');
  const { where, by, weightsOff } = selection;
  const question = String(request.params.question);
  const wanted = { question, where, ...(by !== undefined && { by }), weighted: !weightsOff };
  const told = await askFor(context, survey, [wanted]);
  if (told.offers.length === 0) return undefined;
  const found = told.offers
    .flatMap(({ questions, sections }) => [...questions, ...sections.flatMap((section) => section.questions)])
    .find(({ name }) => isSame(name, question));
  if (!found) throw new Problem('not_found');
  const [answer] = told.answers;
  const { file } = survey;
  const of = { survey: file.survey, title: titleOf(survey), synthetic: isMadeUp(context, survey, told) };
  const policy = told.offers.find(({ release }) => answer && 'table' in answer && release === answer.release)?.policy;
  return {
    survey,
    of,
    told,
    selection,
    name: found.name,
    label: answer?.about?.label ?? found.label,
    about: answer?.about,
    dimensions: dimensionsOf(told, found.name),
    isOffered: told.offers.some(({ questions }) => questions.some(({ name }) => name === found.name)),
    shown: answer && 'table' in answer && policy ? showAnswer(answer, selection, policy) : undefined,
    refusal: answer && 'refusal' in answer ? answer.refusal : '',
  };
}

async function askFor({ askNetwork }: Context, { file }: Survey, wanted: readonly unknown[]): Promise<Told> {
  return reopenTold((await askNetwork?.(file.survey, wanted)) ?? NOTHING).content;
}

/** The frame of a page about one survey, wide enough for its tables. */
function frameFor(
  context: Context,
  response: Response,
  { survey, told }: Pick<Asked, 'survey' | 'told'>,
  title: string,
  errors: readonly Fault[] = [],
) {
  const [lang = 'en'] = survey.file.languages;
  return {
    ...frameOf(context, response, title, errors),
    synthetic: isMadeUp(context, survey, told),
    wide: true,
    survey: { lang, title: titleOf(survey) },
  };
}

/** The survey says so, or the trial, or any release whose figures could be shown. */
function isMadeUp({ settings }: Context, { file }: Survey, { offers }: Told): boolean {
  return file.synthetic ?? ((settings.trial ?? false) || offers.some(({ synthetic }) => synthetic));
}

const titleOf = (survey: Survey): string => words(survey, survey.file.title);

const languageName = (language: string) => new Intl.DisplayNames(['en'], { type: 'language' }).of(language) ?? language;

/** Says which figures they are, and that they are made up where they are. */
function fileName({ answer, table, selection }: Shown, { survey, synthetic }: OfSurvey, ending: string): string {
  const { by, where } = selection;
  const filtered = Object.keys(where).length > 0 ? '-filtered' : '';
  const parts = [survey, answer.release, table.name].join('-');
  return `${parts}${by === undefined ? '' : `-by-${by}`}${filtered}${synthetic ? '-synthetic' : ''}.${ending}`;
}
