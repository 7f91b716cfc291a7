/**
 * A report by stage that is computed from released figures: a draft of findings, section by section of the questionnaire.
 * Nothing in it is of one survey: what is told, and in which order, follows from the survey's own file.
 */
import { creditOf } from '../../questionnaire/credit.ts';
import type { SurveyFile, Text } from '../../questionnaire/definition.ts';
import { lineAt } from '../page/tables.ts';
import { type Reading, type ShownRelease, viewTables } from '../page/tables-view.ts';
import { type Say, type Speaker, speakerFor } from '../page/words.ts';
import { WARN_BASE } from '../policy.ts';
import type { ProtectedTable, ProtectedTables } from '../tables/protected-tables.ts';
import { findQuestion, type ReportQuestion } from './question.ts';
import { asSentence, sayShare } from './shares.ts';

export interface Report {
  /** What it is about, and that it is a report. */
  readonly title: string;
  readonly survey: string;
  readonly synthetic: boolean;
  /** How many answered, when, and which release it is. */
  readonly lead: string;
  /** The round of fieldwork, and what the figures come from. */
  readonly front: readonly string[];
  readonly stage: {
    readonly heading: string;
    /** How many are in each stage, and by the other ways to count. */
    readonly sentences: readonly string[];
    readonly question: ReportQuestion | undefined;
  };
  /** What differs most between the groups of the first segment. */
  readonly differences:
    | {
        readonly heading: string;
        readonly lead: string;
        readonly findings: readonly { readonly title: string; readonly href: string; readonly text: string }[];
      }
    | undefined;
  readonly sections: readonly {
    readonly id: string;
    readonly title: string;
    readonly questions: readonly ReportQuestion[];
  }[];
  /** The questions without figures: whose answers are too few, and which nobody answered. */
  readonly notTold: readonly string[];
  /** How the figures were made and protected. */
  readonly method: readonly string[];
  readonly cite: string;
  /** Of the published tables; empty of a file, whose own hash stands with it. */
  readonly hash: string;
}

/** Where the figures are from: tables that everybody may see, or a file for researchers. */
export type Source = 'public' | 'network';

/** What the pages of results say otherwise: here no percentage stands without its base, and "clearly" is said each time. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  'results.groupPercent': 'findings.groupPercent',
  'results.moreOften': 'findings.moreOften',
};

/** The network tier tells how many are selected, and not how many of them were asked. */
const NETWORK_WORDS: Readonly<Record<string, string>> = {
  ...OWN_WORDS,
  'results.answered': 'results.answeredFilled',
  'results.answeredRange': 'findings.haveRange',
  'findings.lead': 'findings.leadNetwork',
  'findings.howHidden': 'findings.howNetwork',
  'findings.unanswered': 'findings.notInFile',
};

const WHOLE = { section: undefined, by: undefined, dontKnowOut: false };

/**
 * What the page of a report reads.
 * @param site where people reach it; without it the page names no address
 */
export function viewReport(
  release: ShownRelease,
  source: Source,
  file: SurveyFile,
  { lang, t, site }: { readonly lang: string; readonly t: Say; readonly site?: URL | undefined },
) {
  const report = reportOf(release, source, { lang, t, credit: creditOf(file, lang) });
  const address = site && new URL(`/surveys/${file.survey}/releases/${release.number}`, site).href;
  return { lang, report, address: source === 'public' ? address : undefined };
}

/** @param reading whose language it is in, and how the survey is cited */
function reportOf(release: ShownRelease, source: Source, reading: Reading): Report {
  const { content } = release.tables;
  const wording = source === 'public' ? OWN_WORDS : NETWORK_WORDS;
  const t: Say = (key, values) => reading.t(wording[key] ?? key, values);
  const speaker = speakerFor(content, reading.lang, t);
  const { text } = speaker;
  const links = { results: '', figures: '', releases: undefined, bundle: undefined, addressOf: () => '' };
  const shown = viewTables(release, WHOLE, links, { ...reading, t });
  if (!shown) throw new Error('a release without an overview');
  const { view } = shown;
  const [segment] = content.segments;
  const [stage, ...readings] = content.readings.flatMap(
    (name) => content.tables.find((each) => each.name === name) ?? [],
  );
  const find = (table: ProtectedTable) => findQuestion(content, table, segment?.name, speaker);
  const sections = content.sections.map(({ code, title }) => {
    const own = content.tables.filter(({ section, name }) => section === code && !content.readings.includes(name));
    return { id: code, title: text(title), questions: own.flatMap((table) => find(table) ?? []) };
  });
  const told = new Set(sections.flatMap(({ questions }) => questions.map(({ id }) => id)));
  return {
    title: t(stage && stage.name === segment?.name ? 'findings.titleByStage' : 'findings.title'),
    survey: text(content.title),
    synthetic: content.synthetic,
    lead: t('findings.lead', { n: content.responses, day: view.release.day, number: release.number }),
    front: [
      // A file of the network does not tell its round.
      ...(source === 'public' ? [t('findings.wave', { wave: text(content.wave) })] : []),
      t(source === 'public' ? 'findings.sourcePublic' : 'findings.sourceNetwork', { number: release.number }),
      ...(view.madeUpLacks === undefined || source === 'network'
        ? []
        : [t('results.syntheticPart', { n: view.madeUpLacks })]),
    ],
    stage: {
      heading: text(stage?.label ?? ''),
      sentences: stage
        ? [
            sayParts('findings.stages', stage, speaker),
            ...readings.map((each) => sayParts('findings.reading', each, speaker)),
          ]
        : [],
      question: stage && find(stage),
    },
    differences: view.differences && {
      heading: view.differences.heading,
      lead: view.differences.lead,
      findings: [...view.differences.first, ...view.differences.rest],
    },
    sections: sections.filter(({ questions }) => questions.length > 0),
    notTold: sayNotTold(content, told, speaker),
    method: methodOf(
      content,
      view.weighting,
      sections.some(({ questions }) => questions.some(({ few }) => few)),
      speaker,
    ),
    cite: view.cite,
    hash: release.hash,
  };
}

/** "“Adopter”, 55 of 92 (60%, …); “Future adopter”, …": every answer, in its own order. */
function sayParts(key: string, table: ProtectedTable, speaker: Speaker): string {
  const { t, text } = speaker;
  const { overall } = table;
  const parts = table.options.map(({ label }, place) => {
    const figure = (overall && lineAt(table, overall, 0, place)?.figure) ?? { state: 'hidden' as const };
    return t('findings.entry', {
      label: t('findings.quoted', { label: text(label) }),
      share: sayShare(figure, speaker),
    });
  });
  return t(key, { label: text(table.label), list: parts.join('; ') });
}

function sayNotTold({ tables, readings }: ProtectedTables, told: ReadonlySet<string>, { t, text }: Speaker): string[] {
  const silent = tables.filter(({ name }) => !told.has(name.toLowerCase()) && !readings.includes(name));
  const say = (key: string, own: readonly { readonly label: Text }[]) =>
    own.length === 0 ? [] : [t(key, { titles: own.map(({ label }) => text(label)).join('; ') })];
  return [
    ...say(
      'findings.tooFew',
      silent.filter(({ unanswered }) => !unanswered),
    ),
    // What is worked out was asked of nobody.
    ...say(
      'findings.unanswered',
      silent.filter(({ unanswered, workedOutFrom }) => unanswered && !workedOutFrom),
    ),
  ];
}

function methodOf(
  { policy, segments }: ProtectedTables,
  weighting: string | undefined,
  few: boolean,
  { t, language }: Speaker,
): string[] {
  return [
    t('findings.howBase'),
    ...(weighting === undefined ? [] : [weighting]),
    t('findings.howInterval'),
    ...(few ? [t('findings.few', { base: WARN_BASE })] : []),
    t('results.howNone'),
    t('findings.howHidden', {
      hidden: t('results.hidden'),
      most: policy.cell - 1,
      cell: policy.cell,
      base: policy.base,
    }),
    ...(segments.length > 0 ? [t('results.howDifference')] : []),
    ...(segments.length > 0 && weighting !== undefined ? [t('results.howDifferenceWeighted')] : []),
  ].map((sentence) => asSentence(sentence, language));
}
