/** What is said of differences between groups: which are clear, in sentences, and plainly that none is. */
import { type ComparedContent, type Comparison, comparisonsOf } from '../tables/differences.ts';
import { printedShare } from '../tables/figures.ts';
import type { ProtectedTable, ProtectedTables } from '../tables/protected-tables.ts';
import type { Speaker } from './words.ts';

/** A clear difference in a sentence. */
interface Finding {
  readonly text: string;
  /** Between the highest and the lowest share, from 0 to 1. */
  readonly gap: number;
  readonly comparison: Comparison;
}

/** What a page says under a question: the findings, the widest first, or one sentence that there is none. */
export interface SaidDifferences {
  readonly first: readonly string[];
  readonly rest: readonly string[];
  /** What else is to be said: that nothing is clear, that something cannot be told, or what was compared. */
  readonly notes: readonly string[];
}

/** So many findings stand in the open; the others are behind a line that says how many they are. */
const FIRST = 3;

/** The differences of a table between the groups of a segment; undefined where nothing was compared. */
export function sayDifferences(
  content: ComparedContent,
  name: string,
  segment: string,
  speaker: Speaker,
): SaidDifferences | undefined {
  const own = comparisonsOf(content).filter((each) => each.table.name === name && each.segment === segment);
  const hidden = own.filter(({ result }) => result === 'hidden').length;
  const tested = own.filter(({ result }) => typeof result === 'object').length;
  if (hidden + tested === 0) return undefined;
  const said = findingsIn(own, speaker).map(({ text }) => text);
  const none = hidden > 0 ? 'results.noDifferenceShown' : 'results.noDifference';
  return {
    first: said.slice(0, FIRST),
    rest: said.slice(FIRST),
    notes: [
      ...(tested > 0 && said.length === 0 ? [speaker.t(none)] : []),
      ...(tested === 0 ? [speaker.t('results.differenceHidden')] : []),
    ],
  };
}

/** The clear differences, the widest first. */
function findingsIn(comparisons: readonly Comparison[], speaker: Speaker): Finding[] {
  const found = comparisons.flatMap((comparison): Finding[] => {
    const { result, groups } = comparison;
    if (typeof result !== 'object' || !result.clear || isContradicted(comparison)) return [];
    const shares = groups.map(({ figure }) => figure.n / figure.base);
    const gap = Math.max(...shares) - Math.min(...shares);
    return [{ text: sayFinding(comparison, speaker), gap, comparison }];
  });
  return found.sort((one, other) => other.gap - one.gap);
}

/** Of a survey that is weighted: whether the percentages beside a test of counts say something else than the test. */
function isContradicted({ groups, result }: Comparison): boolean {
  const percents = groups.map(({ figure }) => figure.weighted?.percent);
  const pairs = typeof result === 'object' ? result.pairs : [];
  return pairs.some(({ higher, lower }) => (percents[higher] ?? 0) < (percents[lower] ?? 0));
}

/** "Cost, Big: Adopters (83%) more often than Non-adopters (40%)." */
function sayFinding({ table, row, line, groups, result }: Comparison, speaker: Speaker): string {
  const { t, text } = speaker;
  const rowLabel = table.rows.length > 1 ? table.rows[row]?.label : undefined;
  const own = line.measure === 'net' ? t('results.net', { label: text(line.label) }) : text(line.label);
  const what = rowLabel === undefined ? own : t('results.inRow', { row: text(rowLabel), label: own });
  const named = groups.map(({ group, figure }) => {
    const values = { group: speaker.group(group), n: figure.n, base: figure.base };
    const share = printedShare(figure);
    return share ? t('results.groupPercent', { ...values, percent: share.percent }) : t('results.groupCount', values);
  });
  const together = (places: readonly number[]) => speaker.list(places.map((place) => named[place] ?? ''));
  const pairs = typeof result === 'object' ? result.pairs : [];
  if (pairs.length === 0) return t('results.differsSomewhere', { what, groups: together([...named.keys()]) });
  const clauses = clausesOf(pairs).map(({ higher, lower }) =>
    t('results.moreOften', { higher: together(higher), lower: together(lower) }),
  );
  return t('results.differs', { what, clauses: clauses.join('; ') });
}

interface Clause {
  readonly higher: readonly number[];
  readonly lower: readonly number[];
}

/** The pairs in as few clauses as say them all: those below the same groups are taken together. */
function clausesOf(pairs: readonly { readonly higher: number; readonly lower: number }[]): Clause[] {
  const lowers = [...new Set(pairs.map(({ lower }) => lower))];
  const clauses = new Map<string, { higher: number[]; lower: number[] }>();
  for (const lower of lowers) {
    const higher = pairs.filter((pair) => pair.lower === lower).map((pair) => pair.higher);
    const clause = clauses.get(higher.join());
    if (clause) clause.lower.push(lower);
    else clauses.set(higher.join(), { higher, lower: [lower] });
  }
  return [...clauses.values()];
}

/** The clear differences between the groups of the first segment, one for each question. */
export interface DifferencesOverview {
  readonly heading: string;
  readonly lead: string;
  readonly first: readonly { readonly title: string; readonly href: string; readonly text: string }[];
  readonly rest: readonly { readonly title: string; readonly href: string; readonly text: string }[];
}

/** So many questions stand in the open on the overview. */
const FIRST_QUESTIONS = 6;

/** @param hrefOf where a table's figures by a segment stand; undefined for what has no place of its own */
export function overviewOf(
  content: ProtectedTables,
  hrefOf: (table: ProtectedTable, segment: string) => string | undefined,
  speaker: Speaker,
): DifferencesOverview | undefined {
  const { t, text } = speaker;
  const [segment] = content.segments;
  if (!segment) return undefined;
  const own = comparisonsOf(content).filter((each) => each.segment === segment.name);
  const tested = own.filter(({ result }) => typeof result === 'object').length;
  if (tested === 0) return undefined;
  const findings = findingsIn(own, speaker);
  const widest = findings.filter(
    ({ comparison }, index) => findings.findIndex((each) => each.comparison.table === comparison.table) === index,
  );
  const told = widest.flatMap(({ comparison, text: said }) => {
    const href = hrefOf(comparison.table, segment.name);
    return href === undefined ? [] : [{ title: text(comparison.table.label), href, text: said }];
  });
  const isStage = content.readings[0] === segment.name;
  const counts = { tested, clear: findings.length };
  return {
    heading: isStage
      ? t('results.whereStagesDiffer')
      : t('results.whereGroupsDiffer', { segment: text(segment.label) }),
    lead: t(findings.length === 0 ? 'results.overviewNone' : 'results.overviewLead', counts),
    first: told.slice(0, FIRST_QUESTIONS),
    rest: told.slice(FIRST_QUESTIONS),
  };
}
