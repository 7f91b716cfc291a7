/** What `codebook.html` shows: what each column holds and how often, to read beside the data for years. */
import { showDay } from '../../questionnaire/days.ts';
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { blocksOf, type ColumnBlock, describeBlock } from './codebook-blocks.ts';
import { type Counted, countColumn } from './frequencies.ts';
import { STATA_MISSING } from './missing-codes.ts';
import { citationOf, conditionsOf, forWhom, isOurs, nameOf, type StudyFacts, withheldSentence } from './terms.ts';

/** Up to so many different numbers of a count are listed one by one. */
const LISTED = 25;

const ROLES = {
  'row name': 'A name for the row, and nothing else',
  key: 'Key: others could know it',
  sensitive: 'Sensitive',
  plain: 'Answer',
  weight: 'Weight',
} as const;

interface PageRow extends Counted {
  /** Of the rows with an answer, 0 to 100; left out where there is no answer. */
  readonly percent?: number;
}

interface PageVariable extends Pick<DataVariable, 'name' | 'label' | 'question' | 'universe' | 'workedOutFrom'> {
  /** Of the label; left out where it is English. */
  readonly lang?: string;
  readonly role: string;
  readonly withheldForSome: boolean;
  /** Rows with an answer; left out where there is nothing to count. */
  readonly answered?: number;
  readonly answers: readonly PageRow[];
  readonly missing: readonly PageRow[];
  /** What stands in the place of a list of answers. */
  readonly instead?: string;
}

/** A column by itself, or several of one question in one table with what is true of them all. */
interface PageBlock extends PageVariable {
  readonly columns: ColumnBlock | undefined;
}

export interface CodebookPage {
  readonly about: DataFile['about'];
  readonly name: string;
  /** The day on which it was made, in words. */
  readonly day: string;
  readonly study: StudyFacts;
  readonly rows: number;
  readonly keys: readonly string[];
  readonly forWhom: string;
  readonly conditions: readonly string[];
  readonly citation: string;
  readonly withheld: string;
  readonly missing: typeof STATA_MISSING;
  /** How many columns there are. */
  readonly width: number;
  readonly blocks: readonly PageBlock[];
}

/** For the template `release/codebook`, as its `codebook`. */
export function codebookPage({ about, rows, variables }: DataFile, study: StudyFacts): CodebookPage {
  return {
    about,
    name: nameOf(about),
    day: showDay(about.madeOn),
    study,
    rows,
    keys: variables.filter(({ role }) => role === 'key').map(({ name }) => name),
    forWhom: `${forWhom(about)}.`,
    conditions: conditionsOf(about),
    citation: citationOf(about, study),
    withheld: withheldSentence(about),
    missing: STATA_MISSING,
    width: variables.length,
    blocks: blocksOf(variables).map((block) => ({
      ...describe(block[0], about.language),
      columns: describeBlock(block),
    })),
  };
}

function describe(variable: DataVariable, language: string): PageVariable {
  const { name, label, role, kind, question, universe, workedOutFrom, withheldForSome } = variable;
  const counted = countColumn(variable);
  const listed = kind === 'count' ? countsOf(variable) : (counted?.categories ?? []);
  const answered = counted?.answered ?? 0;
  return {
    name,
    label,
    ...(!isOurs(variable) && language !== 'en' && { lang: language }),
    role: ROLES[role],
    withheldForSome,
    ...(question && { question }),
    ...(universe !== undefined && { universe }),
    ...(workedOutFrom && { workedOutFrom }),
    ...(counted && { answered }),
    answers: listed.map((row) => ({ ...row, percent: answered === 0 ? 0 : (100 * row.n) / answered })),
    missing: counted?.missing ?? [],
    ...(listed.length === 0 && { instead: insteadOf(variable) }),
  };
}

/** The numbers of a count with how often each stands there; none where there are too many to list. */
function countsOf({ values }: DataVariable): Counted[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    if (typeof value === 'string' || value < 0) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > LISTED) return [];
  }
  return [...counts].sort(([one], [other]) => one - other).map(([value, n]) => ({ value, label: '', n }));
}

function insteadOf({ kind }: DataVariable): string {
  switch (kind) {
    case 'name':
      return 'A text.';
    case 'weight':
      return 'A number with decimals.';
    case 'count':
      return 'A whole number, with more different values than are listed here.';
    case 'categories':
      return 'There is no answer that could have been given.';
  }
}
