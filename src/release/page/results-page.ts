/** The pages of a release: an overview with the headline, and one page for each section. */
import { linesOf, offersDontKnow, withoutDontKnow } from '../figures.ts';
import type { ProtectedTable, ProtectedTables } from '../protected-tables.ts';
import type { Released } from '../released.ts';
import { type FigureTable, type QuestionView, viewTable } from './question.ts';
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

export interface ResultsPage {
  readonly title: string;
  readonly sections: readonly (PageLink & { readonly questions: readonly PageLink[] })[];
  readonly segments: readonly PageLink[];
  /** The switch, where some question on the page offers "don't know". */
  readonly dontKnow: PageLink | undefined;
  readonly headline: QuestionView | undefined;
  /** The stage beside its other readings. */
  readonly readings: FigureTable | undefined;
  readonly questions: readonly QuestionView[];
}

/** A page of a release in a language; undefined when it has no such section or segment. */
export function findPage(
  { content }: Released<ProtectedTables>,
  wanted: Wanted,
  language: string,
  t: Say,
): ResultsPage | undefined {
  const speaker = speakerFor(content, language, t);
  const readings = content.tables.filter(({ name }) => content.readings.includes(name));
  const [stage] = readings;
  const sections = sectionsOf(content);
  const section = sections.find(({ code }) => code === wanted.section);
  if (wanted.section !== undefined && !section) return undefined;
  const shown = section ? section.tables : stage ? [stage] : [];
  if (wanted.by !== undefined && !content.segments.some(({ name }) => name === wanted.by)) return undefined;
  const view = (table: ProtectedTable) =>
    viewTable(wanted.dontKnowOut ? withoutDontKnow(table, content.policy) : table, wanted.by, speaker);
  return {
    title: section ? speaker.text(section.title) : t('results.title'),
    sections: sections.map((each) => ({
      text: speaker.text(each.title),
      href: addressOf({ ...wanted, section: each.code }),
      current: each === section,
      questions: each.tables.map((table) => ({
        text: speaker.text(table.label),
        href: `${addressOf({ ...wanted, section: each.code })}#${table.name.toLowerCase()}`,
        current: false,
      })),
    })),
    segments: segmentLinks(content, wanted, shown, speaker),
    dontKnow: shown.some(offersDontKnow)
      ? {
          text: t(wanted.dontKnowOut ? 'results.dontKnowIn' : 'results.dontKnowOut'),
          href: addressOf({ ...wanted, dontKnowOut: !wanted.dontKnowOut }),
          current: false,
        }
      : undefined,
    headline: !section && stage ? view(stage) : undefined,
    readings: !section && readings.length > 1 ? readingsTable(readings, speaker) : undefined,
    questions: section ? shown.map(view) : [],
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

/** Everyone, and the segments by which anything on the page is shown. */
function segmentLinks(
  { segments }: ProtectedTables,
  wanted: Wanted,
  tables: readonly ProtectedTable[],
  { t, text }: Speaker,
): PageLink[] {
  const offered = segments.filter(({ name }) =>
    tables.some(({ views }) => views.some(({ segment }) => segment === name)),
  );
  if (offered.length === 0) return [];
  const link = (by: string | undefined, words: string) => ({
    text: words,
    href: addressOf({ ...wanted, by }),
    current: wanted.by === by,
  });
  return [link(undefined, t('results.everyone')), ...offered.map(({ name, label }) => link(name, text(label)))];
}

function readingsTable(readings: readonly ProtectedTable[], { t, text, figure }: Speaker): FigureTable {
  const views = readings.map((table) => (table.overall?.rows[0] ? linesOf(table, table.overall.rows[0]) : []));
  return {
    caption: t('results.readings'),
    head: [t('results.answer'), ...readings.map(({ label }) => text(label))],
    rows: (readings[0]?.options ?? []).map(({ label }, index) => ({
      label: text(label),
      cells: views.map((lines) => figure(lines[index]?.figure ?? { state: 'hidden' })),
      net: false,
    })),
  };
}

/** The address of a page of results, from the results page itself. */
function addressOf({ section, by, dontKnowOut }: Wanted): string {
  const query = new URLSearchParams({
    ...(section !== undefined && { section }),
    ...(by !== undefined && { by }),
    ...(dontKnowOut && { dontknow: 'out' }),
  }).toString();
  return query === '' ? '?' : `?${query}`;
}
