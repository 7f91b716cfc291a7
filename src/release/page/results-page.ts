/** The pages of a release: an overview with the headline, and one page for each section. */

import type { Released } from '../released.ts';
import type { ProtectedTable, ProtectedTables } from '../tables/protected-tables.ts';
import { type DifferencesOverview, overviewOf, type SaidDifferences, sayDifferences } from './differences.ts';
import { type LeavingOut, leaveOutDontKnow } from './dont-know.ts';
import { findView, type Meaning, meaningsOf, nameOf, type QuestionView, type SilentQuestion } from './question.ts';
import { isSayable, isSayableBy } from './sayable.ts';
import { type FigureTable, readingsTable } from './tables.ts';
import { type Say, type Speaker, speakerFor } from './words.ts';

/** What of a release somebody wants to see. */
export interface Wanted {
  readonly section: string | undefined;
  readonly by: string | undefined;
  /** Whether "don't know" is left out of the base. */
  readonly dontKnowOut: boolean;
}

interface PageLink {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** A section in the table of contents: what can be looked at, what too few answered, and what nobody did. */
interface SectionLink extends PageLink {
  readonly questions: readonly PageLink[];
  readonly silent: readonly string[];
  readonly unanswered: readonly string[];
}

/** A question with what is said of the groups that it is shown by. */
interface ComparedView extends QuestionView {
  readonly differences: SaidDifferences | undefined;
}

export interface ResultsPage {
  /** The name of the page among those of the survey. */
  readonly title: string;
  /** What the page is about, for its heading: the survey, or a section of it. */
  readonly heading: string;
  /** What the heading stands under; the overview stands under nothing. */
  readonly caption: string | undefined;
  readonly sections: readonly SectionLink[];
  readonly segments: readonly PageLink[];
  /** The switch, where it changes some figure on the page, and what it did. */
  readonly dontKnow: { readonly link: PageLink; readonly done: string | undefined } | undefined;
  readonly headline: ComparedView | undefined;
  /** What the overview says of the differences between the groups of the first segment. */
  readonly differences: DifferencesOverview | undefined;
  /** The stage beside its other readings, for everyone, and how they differ. */
  readonly readings:
    | (FigureTable & { readonly meanings: readonly Meaning[]; readonly forEveryone: boolean })
    | undefined;
  readonly questions: readonly ComparedView[];
  /** The questions of the section of which nothing can be shown. */
  readonly silent: readonly SilentQuestion[];
  readonly unanswered: readonly SilentQuestion[];
  /** What percentages are weighted to, where they are. */
  readonly weighting: string | undefined;
  /** How many of a made-up survey's questions nobody answered, where that is any. */
  readonly madeUpLacks: number | undefined;
}

/** Where another page of the same release is, as a link on one of them has it. */
export type AddressOf = (wanted: Wanted) => string;

/**
 * A page of a release in a language; undefined when it has no such section or segment.
 * @param addressOf where its links lead; on the site each is another query of one address
 */
export function findPage(
  { content }: Released<ProtectedTables>,
  wanted: Wanted,
  language: string,
  t: Say,
  addressOf: AddressOf = addressInQuery,
): ResultsPage | undefined {
  const speaker = speakerFor(content, language, t);
  const readings = content.tables.filter(({ name }) => content.readings.includes(name));
  const [stage] = readings;
  const sections = sectionsOf(content);
  const section = sections.find(({ code }) => code === wanted.section);
  if (wanted.section !== undefined && !section) return undefined;
  const onPage = section ? section.tables : stage ? [stage] : [];
  if (wanted.by !== undefined && !content.segments.some(({ name }) => name === wanted.by)) return undefined;
  const views = onPage.map((table) => {
    const leaving = leaveOutDontKnow(table, wanted.by, content.policy);
    const applied = wanted.dontKnowOut ? leaving : undefined;
    const view = findView(table, wanted.by, speaker, applied);
    return {
      table,
      leaving,
      view: view && { ...view, differences: differencesFor(content, table, wanted, applied, speaker) },
    };
  });
  const shown = views.flatMap(({ view }) => (view ? [view] : []));
  const silent = views.flatMap(({ table, view }) => (view ? [] : [table]));
  const lacks = content.tables.filter(({ unanswered, workedOutFrom }) => unanswered && !workedOutFrom).length;
  const whole = t('results.heading', { survey: speaker.text(content.title) });
  return {
    title: section ? speaker.text(section.title) : t('results.title'),
    heading: section ? speaker.text(section.title) : whole,
    caption: section && whole,
    sections: sections.map((each) => viewSection(each, wanted, each === section, speaker, addressOf)),
    segments: segmentLinks(content, wanted, onPage, speaker, addressOf),
    dontKnow: switchOf(
      views.flatMap(({ leaving }) => leaving ?? []),
      wanted,
      t,
      addressOf,
    ),
    headline: section ? undefined : shown[0],
    differences: section
      ? undefined
      : overviewOf(
          content,
          (table, by) => hrefOf(table, { ...wanted, section: table.section, by }, content, addressOf),
          speaker,
        ),
    readings:
      !section && readings.length > 1
        ? {
            ...readingsTable(readings, speaker),
            meanings: meaningsOf(readings.slice(1), speaker),
            forEveryone: wanted.by !== undefined,
          }
        : undefined,
    questions: section ? shown : [],
    silent: silent.filter(({ unanswered }) => !unanswered).map((table) => nameOf(table, speaker)),
    unanswered: silent.filter(({ unanswered }) => unanswered).map((table) => nameOf(table, speaker)),
    weighting: sayWeighting(content, speaker),
    madeUpLacks: content.synthetic && lacks > 0 ? lacks : undefined,
  };
}

function sayWeighting(
  { weighting, responses }: ProtectedTables,
  { t, text, list, language }: Speaker,
): string | undefined {
  if (!weighting) return undefined;
  const { by, source, population, designEffect, effectiveBase } = weighting;
  const values = {
    by: list(by.map(text)),
    source: text(source),
    population: population?.toLocaleString(language) ?? '',
    responses,
    designEffect,
    effectiveBase,
  };
  return t(population === undefined ? 'results.weighted' : 'results.weightedOf', values);
}

/** What is said of the groups that a table is shown by. They are compared with "don't know" counted in any case. */
function differencesFor(
  content: ProtectedTables,
  table: ProtectedTable,
  { by }: Wanted,
  leaving: LeavingOut | undefined,
  speaker: Speaker,
): SaidDifferences | undefined {
  if (by === undefined || !isSayableBy(table, by)) return undefined;
  const said = sayDifferences(content, table.name, by, speaker);
  const counted = leaving && 'table' in leaving ? [speaker.t('results.differencesCountDontKnow')] : [];
  return said && { ...said, notes: [...said.notes, ...counted] };
}

/** Where a table stands by a segment: the stage on the overview, all else on the page of its section. */
function hrefOf(
  { name }: ProtectedTable,
  wanted: Wanted,
  { readings }: ProtectedTables,
  addressOf: AddressOf,
): string | undefined {
  const [stage] = readings;
  if (readings.includes(name) && name !== stage) return undefined;
  const place = name === stage ? { ...wanted, section: undefined } : wanted;
  return `${addressOf(place)}#${name.toLowerCase()}`;
}

/** The way back is there wherever somebody may have come with "don't know" left out. */
function switchOf(
  leaving: readonly LeavingOut[],
  wanted: Wanted,
  t: Say,
  addressOf: AddressOf,
): ResultsPage['dontKnow'] {
  const changes = leaving.filter((each) => 'table' in each).length;
  if (leaving.length === 0 || (changes === 0 && !wanted.dontKnowOut)) return undefined;
  const done = changes === leaving.length ? 'results.dontKnowIsOut' : 'results.dontKnowIsPartlyOut';
  return {
    link: {
      text: t(wanted.dontKnowOut ? 'results.dontKnowIn' : 'results.dontKnowOut'),
      href: addressOf({ ...wanted, dontKnowOut: !wanted.dontKnowOut }),
      current: false,
    },
    done: wanted.dontKnowOut && changes > 0 ? t(done) : undefined,
  };
}

interface SectionOfTables {
  readonly code: string;
  readonly title: ProtectedTables['title'];
  readonly tables: readonly ProtectedTable[];
}

/** The sections that have any tables; the stage stands on the overview. */
function sectionsOf({ sections, tables, readings }: ProtectedTables): SectionOfTables[] {
  return sections
    .map(({ code, title }) => ({
      code,
      title,
      tables: tables.filter(({ section, name }) => section === code && !readings.includes(name)),
    }))
    .filter((section) => section.tables.length > 0);
}

function viewSection(
  section: SectionOfTables,
  wanted: Wanted,
  current: boolean,
  { text }: Speaker,
  addressOf: AddressOf,
): SectionLink {
  const href = addressOf({ ...wanted, section: section.code });
  const silent = section.tables.filter((table) => !isSayable(table));
  return {
    text: text(section.title),
    href,
    current,
    questions: section.tables
      .filter(isSayable)
      .map(({ label, name }) => ({ text: text(label), href: `${href}#${name.toLowerCase()}`, current: false })),
    silent: silent.filter(({ unanswered }) => !unanswered).map(({ label }) => text(label)),
    // What is worked out was asked of nobody: the questions behind it are told.
    unanswered: silent
      .filter(({ unanswered, workedOutFrom }) => unanswered && !workedOutFrom)
      .map(({ label }) => text(label)),
  };
}

/** Everyone, and the segments by which anything on the page is shown. */
function segmentLinks(
  { segments }: ProtectedTables,
  wanted: Wanted,
  tables: readonly ProtectedTable[],
  { t, text }: Speaker,
  addressOf: AddressOf,
): PageLink[] {
  const offered = segments.filter(({ name }) => tables.some((table) => isSayableBy(table, name)));
  if (offered.length === 0) return [];
  const link = (by: string | undefined, words: string) => ({
    text: words,
    href: addressOf({ ...wanted, by }),
    current: wanted.by === by,
  });
  return [link(undefined, t('results.everyone')), ...offered.map(({ name, label }) => link(name, text(label)))];
}

/** The address of a page of results, from the results page itself. */
export function addressInQuery({ section, by, dontKnowOut }: Wanted): string {
  const query = new URLSearchParams({
    ...(section !== undefined && { section }),
    ...(by !== undefined && { by }),
    ...(dontKnowOut && { dontknow: 'out' }),
  }).toString();
  return query === '' ? '?' : `?${query}`;
}
