/** Two releases of a survey side by side, figure by figure, from what each of them published and nothing else. */
import type { Text } from '../../questionnaire/definition.ts';
import { type Change, changeOf } from '../../results/change.ts';
import { type Compared, compareFamily } from '../../results/differences.ts';
import { PERCENT_BASE } from '../policy.ts';
import { type Figure, linesOf, printedShare } from '../tables/figures.ts';
import type { ProtectedTable, ProtectedTables, ShownGroup } from '../tables/protected-tables.ts';
import { type Break, breaksBetween } from './breaks.ts';
import type { People } from './people.ts';

/** Why no change is stated: the question is another, the later figures are old ones, one is hidden, or too few answered. */
export type Unstated = 'break' | 'kept' | 'hidden' | 'few' | 'absent';

export interface Stated {
  /** In percentage points; of an average in its own units. One decimal. */
  readonly points: number;
  /** In points: where the people are different and nothing is weighted. */
  readonly interval?: { readonly low: number; readonly high: number };
  readonly test?: Compared;
}

/** An answer, a NET or an average then and now; undefined where one release has no such thing. */
export interface LineChange {
  readonly variable: string;
  readonly rowLabel: Text;
  readonly measure: 'option' | 'net' | 'mean';
  readonly code: string;
  readonly label: Text;
  readonly before: Figure | number | undefined;
  readonly after: Figure | number | undefined;
  readonly change: Unstated | Stated;
}

/** The lines of a question among everybody, or among a group of the first segment. */
export interface GroupChange {
  readonly segment: string;
  readonly group: Pick<ShownGroup, 'code' | 'labels'>;
  readonly lines: readonly LineChange[];
}

export interface QuestionChange {
  readonly table: ProtectedTable;
  readonly breaks: readonly Break[];
  /** Some of its figures are those of an earlier release, so that nothing can have changed. */
  readonly kept: boolean;
  readonly groups: readonly GroupChange[];
}

export interface Comparison {
  readonly people: People;
  readonly segment: { readonly name: string; readonly label: Text } | undefined;
  /** In the order of the later release. */
  readonly questions: readonly QuestionChange[];
  /** Questions that only one of them has. */
  readonly added: readonly ProtectedTable[];
  readonly gone: readonly ProtectedTable[];
  /** How many figures were tested, over which the tests are corrected. */
  readonly tested: number;
}

/** @param text in one language, the same for both @param told hears how much of the tests is done, 0 to 1 */
export function compareReleases(
  before: ProtectedTables,
  after: ProtectedTables,
  people: People,
  text: (text: Text) => string,
  told: (share: number) => void = () => {},
): Comparison {
  const pairs = after.tables.flatMap((now) => {
    const then = before.tables.find(({ name }) => name === now.name);
    return then ? [[then, now] as const] : [];
  });
  const [segment] = after.segments;
  const shared = segment?.name === before.segments[0]?.name ? segment : undefined;
  const reweighted = (before.weighting === undefined) !== (after.weighting === undefined);
  const questions = pairs.map(([then, now]) => {
    const breaks = [...breaksBetween(then, now, text), ...(reweighted ? [weightingBreak(before)] : [])];
    return compareQuestion(then, now, breaks, shared?.name, text);
  });
  const { tested, changes } = people === 'apart' ? testAll(questions, told) : { tested: 0, changes: questions };
  const without = (all: readonly ProtectedTable[], others: readonly ProtectedTable[]) =>
    all.filter(({ name }) => !others.some((each) => each.name === name));
  return {
    people,
    segment: shared,
    questions: changes,
    added: without(after.tables, before.tables),
    gone: without(before.tables, after.tables),
    tested,
  };
}

function weightingBreak({ weighting }: ProtectedTables): Break {
  const [weighted, unweighted] = ['percentages are weighted', 'percentages are not weighted'] as const;
  return { kind: 'weighting', was: weighting ? weighted : unweighted, is: weighting ? unweighted : weighted };
}

function compareQuestion(
  then: ProtectedTable,
  now: ProtectedTable,
  breaks: readonly Break[],
  segment: string | undefined,
  text: (text: Text) => string,
): QuestionChange {
  const groupsOf = ({ views }: ProtectedTable) => views.find((view) => view.segment === segment)?.groups ?? [];
  const keptIn = ({ views, keptFrom }: ProtectedTable, by: string) =>
    views.find((view) => view.segment === by)?.keptFrom ?? keptFrom;
  const unstatedIn = (by: string): Unstated | undefined =>
    breaks.length > 0 ? 'break' : (keptIn(now, by) ?? keptIn(then, by)) ? 'kept' : undefined;
  const named = ({ labels }: ShownGroup) => labels.map(text).join();
  const byGroup = groupsOf(now).flatMap((group) => {
    const same = groupsOf(then).find((each) => each.code === group.code && named(each) === named(group));
    return same && segment !== undefined ? [{ segment, old: same, fresh: group }] : [];
  });
  const overall = then.overall && now.overall ? [{ segment: '', old: then.overall, fresh: now.overall }] : [];
  return {
    table: now,
    breaks,
    kept: ['', segment ?? ''].some((by) => unstatedIn(by) === 'kept'),
    groups: [...overall, ...byGroup].map(({ segment: by, old, fresh }) => ({
      segment: by,
      group: { code: fresh.code, labels: fresh.labels },
      lines: compareLines(linesAmong(then, old), linesAmong(now, fresh), unstatedIn(by)),
    })),
  };
}

type Line = Omit<LineChange, 'before' | 'after' | 'change'> & { readonly value: Figure | number };

function linesAmong(table: ProtectedTable, { rows }: ShownGroup): Line[] {
  return table.rows.flatMap(({ variable, label: rowLabel }, place) => {
    const row = rows[place];
    if (!row) return [];
    const common = { variable, rowLabel };
    const lines = linesOf(table, row).map(({ figure, ...line }) => ({ ...common, ...line, value: figure }));
    if (row.mean === undefined) return lines;
    const value = row.mean ?? ({ state: 'hidden' } as const);
    return [...lines, { ...common, measure: 'mean' as const, code: '', label: rowLabel, value }];
  });
}

/** The lines of both, those of the later release first. */
function compareLines(then: readonly Line[], now: readonly Line[], unstated: Unstated | undefined): LineChange[] {
  const isSame = (one: Line, other: Line) =>
    one.variable === other.variable && one.measure === other.measure && one.code === other.code;
  const gone = then.filter((line) => !now.some((each) => isSame(each, line)));
  return [...now, ...gone].map((each): LineChange => {
    const { value: _, ...line } = each;
    const [before, after] = [then, now].map((all) => all.find((other) => isSame(other, each))?.value);
    return { ...line, before, after, change: unstated ?? changeBetween(before, after) };
  });
}

function changeBetween(before: LineChange['before'], after: LineChange['after']): Unstated | Stated {
  if (before === undefined || after === undefined) return 'absent';
  if (typeof before === 'number' || typeof after === 'number') {
    return typeof before === 'number' && typeof after === 'number' ? { points: toTenth(after - before) } : 'hidden';
  }
  if (before.state === 'hidden' || after.state === 'hidden') return 'hidden';
  const [then, now] = [printedShare(before), printedShare(after)];
  if (!then || !now) return 'few';
  if (before.weighted || after.weighted) return { points: now.percent - then.percent };
  return { points: toTenth(100 * (after.n / after.base - before.n / before.base)) };
}

/** Tests what is stated of counts, and corrects over all of it. */
function testAll(
  questions: readonly QuestionChange[],
  told: (share: number) => void,
): {
  readonly tested: number;
  readonly changes: readonly QuestionChange[];
} {
  const lines = questions.flatMap(({ groups }) => groups.flatMap((group) => group.lines)).filter(isTestable);
  const results = compareFamily(
    lines.map(({ before, after }) => [before, after]),
    told,
  );
  const byLine = new Map<LineChange, Compared | undefined>(lines.map((line, place) => [line, results[place]]));
  const tested = (line: LineChange): LineChange => {
    if (!isTestable(line)) return line;
    const test = byLine.get(line);
    return {
      ...line,
      change: { ...line.change, interval: inPoints(changeOf(line.before, line.after)), ...(test && { test }) },
    };
  };
  return {
    tested: results.filter((result) => result !== undefined).length,
    changes: questions.map((question) => ({
      ...question,
      groups: question.groups.map((group) => ({ ...group, lines: group.lines.map(tested) })),
    })),
  };
}

type Counts = Extract<Figure, { state: 'shown' }>;
interface Testable extends LineChange {
  readonly before: Counts;
  readonly after: Counts;
  readonly change: Stated;
}

function isTestable(line: LineChange): line is Testable {
  const isCount = (value: LineChange['before']) =>
    typeof value === 'object' && value.state === 'shown' && !value.weighted && value.base >= PERCENT_BASE;
  return typeof line.change === 'object' && isCount(line.before) && isCount(line.after);
}

function inPoints({ low, high }: Change): { low: number; high: number } {
  return { low: toTenth(100 * low), high: toTenth(100 * high) };
}

function toTenth(value: number): number {
  return Math.round(value * 10) / 10;
}
