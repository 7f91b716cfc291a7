/** From raw tables to tables that may leave: what too few stand behind is merged or hidden. */
import type { Highs } from 'highs';
import { together } from '../../results/moments.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import type { Family, Item, Table } from '../../results/tables.ts';
import { GIVEN } from '../../results/variables.ts';
import type { Policy } from '../policy.ts';
import { describeTable, netsOf } from './describe-table.ts';
import { keepEarlier } from './keep-earlier.ts';
import type { ProtectedTable, ProtectedTables, RowFigures, ShownGroup } from './protected-tables.ts';
import { Contributions } from './protection/contributions.ts';
import { answeredIn, askedIn, type Context, countsIn, placesIn } from './protection/counts.ts';
import type { Fact } from './protection/facts.ts';
import { cellKey, meanKey } from './protection/keys.ts';
import { type LaidTable, layOut } from './protection/layout.ts';
import { type RelatedFamily, relateFamily } from './protection/relate.ts';
import { type Report, type Suppression, suppress } from './protection/suppress.ts';
import { type EarlierTables, STATE, type Working, workingOf } from './protection/working.ts';
import { findUnanswered } from './unanswered.ts';
import { weightTables } from './weighting.ts';

/** Fewer people answered than may be reported on at all. */
export class TooFewResponses extends Error {
  override readonly name = 'TooFewResponses';
}

/**
 * How much a release beside earlier ones may take to audit, as the unknown numbers of all programs together: half an hour or
 * so. Some hundreds of answers beside a first release of a hundred take an eighth of it.
 */
const EFFORT = 1e9;

/** What is to be protected, and beside what. */
export interface Protecting {
  readonly family: Family;
  /** What the family was counted from. */
  readonly snapshot: Snapshot;
  readonly earlier: readonly EarlierTables[];
}

/**
 * The family as it may be published under a policy. Values of a segment are merged (T2), tables on too few people are
 * left out, answers are taken together where that saves hiding them (T4), small counts are hidden (T3, T5), and so is what would tell them by adding and subtracting within the
 * family (T7 and T8, by `suppress`, which says what it does not prove). Bases and how many were asked are never hidden.
 * @param synthetic whether the answers are made up, which every page and file then says
 * @throws TooFewResponses when there are fewer responses than the smallest base; NotWeightable
 */
export function protect(
  { family, snapshot, earlier }: Protecting,
  policy: Policy,
  synthetic: boolean,
  solver: Highs,
  report?: Report,
): { readonly tables: ProtectedTables; readonly working: Working } {
  const { survey, responses, madeOn } = family;
  if (responses < policy.base) {
    throw new TooFewResponses(
      `There ${responses === 1 ? 'is 1 response' : `are ${responses} responses`}. Results are published from ${policy.base} responses on, so that nobody can be recognised.`,
    );
  }
  const { laid } = layOut(family, policy);
  const past = [...earlier].sort((one, other) => one.number - other.number);
  const related = relateFamily(family, laid, policy, snapshot, past);
  const { facts, parts, beside } = related;
  const contributions = waysIn(past).map((since) => new Contributions(facts, snapshot, since));
  const suppression = suppress(facts, parts, policy, solver, {
    ...(report && { report }),
    ...(past.length > 0 && { effort: EFFORT }),
    contributions,
    beside,
  });
  const showing: Showing = { family, policy, related, suppression };
  const { file } = survey;
  const all = [...family.readings, ...family.tables];
  const unanswered = findUnanswered(family, (table) => isPrinted(showing, table, undefined));
  const tables: ProtectedTables = {
    survey: file.survey,
    version: file.version,
    title: file.title,
    wave: file.wave,
    languages: file.languages,
    madeOn,
    responses,
    synthetic,
    policy: { cell: policy.cell, base: policy.base },
    segments: family.segments.map(({ name, label }) => ({ name, label })),
    sections: file.sections.map(({ code, title }) => ({ code, title })),
    readings: family.readings.map(({ name }) => name),
    tables: all.map((table) => {
      const found = laid.find((each) => each.table === table);
      return {
        ...describeTable(survey, table, found?.items),
        ...(unanswered.has(table.name) && { unanswered: true as const }),
        ...(found ? show(showing, found) : { views: [] }),
      };
    }),
  };
  const weighted = weightTables(tables, laid, { family, snapshot }, policy);
  const stateOf = (fact: Fact) =>
    suppression.isShown(fact) ? STATE.shown : suppression.isAtRisk(fact) ? STATE.atRisk : STATE.hidden;
  return { tables: keepEarlier(weighted, past.at(-1)), working: workingOf(facts, related.own, stateOf) };
}

/** The numbers of the releases that a respondent may have been counted in first: this one, or any earlier one. */
function waysIn(earlier: readonly EarlierTables[]): number[] {
  return [...earlier.map(({ number }) => number), Number.POSITIVE_INFINITY];
}

interface Showing {
  readonly family: Family;
  readonly policy: Policy;
  readonly related: RelatedFamily;
  readonly suppression: Suppression;
}

function show(showing: Showing, laid: LaidTable): Pick<ProtectedTable, 'overall' | 'views'> {
  const { table, views } = laid;
  if (!isPrinted(showing, table, undefined)) return { views: [] };
  return {
    overall: { code: '', labels: [], ...showGroup(showing, laid, undefined) },
    views: showing.family.segments.flatMap((variable, segment) => {
      const groups = (isPrinted(showing, table, segment) ? (views[segment] ?? []) : []).map((group) => ({
        code: group.code,
        labels: [...group.labels],
        ...showGroup(showing, laid, { segment, variable, values: group.values }),
      }));
      return groups.length === 0 ? [] : [{ segment: variable.name, groups: allMeansOrNone(groups) }];
    }),
  };
}

function isPrinted({ related, suppression }: Showing, { name }: Table, segment: number | undefined): boolean {
  const part = related.parts.find((each) => each.table === name && each.segment === segment);
  return part !== undefined && !suppression.dropped.has(part);
}

/** A table among some people. */
function showGroup(
  showing: Showing,
  laid: LaidTable,
  context: Context | undefined,
): Pick<ShownGroup, 'asked' | 'rows'> {
  const { table } = laid;
  const [first] = table.items;
  return {
    asked: first ? askedIn(countsIn(first, context)) : 0,
    rows: table.kind === 'list' ? [showList(showing, table, context)] : showRows(showing, laid, context),
  };
}

/** The two-sided options of a tick list as one row: how many ticked each. */
function showList(showing: Showing, table: Table, context: Context | undefined): RowFigures {
  const [first] = table.items;
  const base = first ? baseOf(showing, first, context) : null;
  const yes = (item: Item) => (base === null ? null : cellOf(showing, item, 'yes', context));
  return { base, counts: table.items.map(yes), nets: table.nets.map(({ item }) => yes(item)) };
}

function showRows(showing: Showing, { table, items }: LaidTable, context: Context | undefined): RowFigures[] {
  return items.map((item) => {
    const base = baseOf(showing, item, context);
    const cell = (of: Item, code: string) => (base === null ? null : cellOf(showing, of, code, context));
    const own = netsOf(table).map(({ of }) => of.find(({ row }) => row === undefined || row === item.variable.name));
    return {
      base,
      counts: item.variable.categories.map(({ code }) => cell(item, code)),
      nets: own.map((net) => (net ? cell(net.item, 'yes') : null)),
      ...(item.moments && { mean: base === null ? null : meanOf(showing, item, context) }),
    };
  });
}

/** An item's base; null for a row that nobody in this group was asked, though they were the rest of the table. */
function baseOf({ policy }: Showing, item: Item, context: Context | undefined): number | null {
  const base = answeredIn(countsIn(item, context));
  return base < policy.base ? null : base;
}

function cellOf({ related, suppression }: Showing, { variable }: Item, code: string, context: Context | undefined) {
  const fact = related.find(cellKey(variable.name, code, context));
  return fact && suppression.isShown(fact) ? fact.value : null;
}

/** Rule T10, to one decimal: not on too few, and not where one or two respondents make most of it. */
function meanOf(showing: Showing, item: Item, context: Context | undefined): number | null {
  const { moments, variable } = item;
  const groups = context && (moments?.bySegment[context.segment] ?? []);
  const own =
    groups && context ? together(placesIn(context).flatMap((place) => groups[place] ?? [])) : moments?.overall;
  const printed = showing.related.find(meanKey(variable.name, context));
  if (!own || own.n < showing.policy.base || (printed && !showing.suppression.isShown(printed))) return null;
  if (cellOf(showing, item, GIVEN, context) === null) return null;
  const size = Math.abs(own.sum);
  const dominated = own.first + own.second >= 0.9 * size || size - own.first - own.second < 0.1 * own.first;
  return dominated ? null : Math.round((own.sum / own.n) * 10) / 10;
}

/** A group's mean is what the overall mean and the other groups leave over: one hidden, all hidden. */
function allMeansOrNone(groups: readonly ShownGroup[]): ShownGroup[] {
  const some = groups.some(({ rows }) => rows.some(({ base, mean }) => base !== null && mean === null));
  if (!some) return [...groups];
  return groups.map((group) => ({
    ...group,
    rows: group.rows.map((row) => (row.mean === undefined ? row : { ...row, mean: null })),
  }));
}
