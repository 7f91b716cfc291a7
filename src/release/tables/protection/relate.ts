/** The facts of a laid-out family, and every sum that its reader can do. */
import { collapsesOf } from '../../../questionnaire/survey.ts';
import type { Snapshot } from '../../../results/snapshot.ts';
import type { Family, Item, Table } from '../../../results/tables.ts';
import type { Policy } from '../../policy.ts';
import { type Beside, relateEarlier } from './beside.ts';
import type { Context } from './counts.ts';
import { type Fact, FactBook, type Facts, type Part } from './facts.ts';
import { addUp, askedFacts, contextOf, itemFacts, type Relating, sides } from './items.ts';
import { relateList, relateMean, relateNet, relateRanking, relateSum } from './kinds.ts';
import type { LaidTable } from './layout.ts';
import { relateLinks } from './links.ts';
import type { EarlierTables } from './working.ts';

/** What a figure is worth to the reader, against a plain count in a group. */
const WORTH = { leadingNet: 12, mean: 12, overall: 2, cell: 1 };

export interface RelatedFamily {
  readonly facts: Facts;
  /** What is printed: everybody in every table, then by the first segment, and so on. */
  readonly parts: readonly Part[];
  /** So many facts and relations are the family's own; those of earlier releases stand after them. */
  readonly own: { readonly facts: number; readonly relations: number };
  readonly beside: Beside;
  /** A fact by its key, if it was made. */
  find(key: string): Fact | undefined;
}

/** @param earlier the earlier releases that the family is to be published beside */
export function relateFamily(
  family: Family,
  laid: readonly LaidTable[],
  policy: Policy,
  snapshot: Snapshot,
  earlier: readonly EarlierTables[],
): RelatedFamily {
  const book = new FactBook();
  const relating: Relating = { book, family, policy };
  const isSegment = (name: string) => family.segments.some((segment) => segment.name === name);
  const rank = ({ table }: LaidTable) => (family.readings.includes(table) ? 0 : isSegment(table.name) ? 1 : 2);
  // The stage first and then the segments: what stands in every heading is protected at the cost of the rest.
  const ranked = [...laid].sort((one, other) => rank(one) - rank(other));
  const overall = ranked.map((each) => relatePart(relating, each, undefined, [undefined]));
  const bySegment = family.segments.flatMap((_, segment) =>
    ranked.flatMap((each) => {
      const contexts = each.views[segment]?.map((group) => contextOf(relating, segment, group));
      return contexts ? [relateView(relating, each, segment, contexts)] : [];
    }),
  );
  relateLinks(relating, laid);
  const own = book.size;
  const parts = [...overall, ...bySegment];
  const segments = new Set(family.segments.map(({ name }) => name));
  const beside = relateEarlier(book, parts, { snapshot, segments, earlier, policy });
  return { facts: book.close(), parts, own, beside, find: (key) => book.find(key) };
}

/** A table by a segment: its groups add up to everybody. */
function relateView(relating: Relating, laid: LaidTable, segment: number, contexts: readonly Context[]): Part {
  const { table } = laid;
  const part = relatePart(relating, laid, segment, contexts);
  for (const item of itemsOf(laid)) addUp(relating, item, undefined, contexts);
  addUpAsked(relating, table, contexts);
  const whole = relateSum(relating, table, undefined);
  if (whole) {
    relating.book.relate(
      whole,
      contexts.flatMap((context) => relateSum(relating, table, context) ?? []),
    );
  }
  return part;
}

function relatePart(
  relating: Relating,
  { table, items }: LaidTable,
  segment: number | undefined,
  contexts: readonly (Context | undefined)[],
): Part {
  const bases = new Set<number>();
  const cells = new Map<number, number>();
  const told: number[] = [];
  for (const context of contexts) {
    for (const item of items) print(relating, item, context, false, bases, cells);
    relateCollapsed(relating, table, items, context);
    for (const net of table.nets) {
      print(relating, net.item, context, true, bases, cells);
      relateNet(relating, table, net, context);
    }
    if (table.kind === 'list') told.push(...relateList(relating, table, context).map(({ id }) => id));
    if (table.kind === 'ranking') relateRanking(relating, table, context);
    const sum = relateSum(relating, table, context);
    const [item] = table.items;
    const n = item ? itemFacts(relating, item, context).base.value : 0;
    const printed = sum && relateMean(relating, table, context, sum, n);
    if (printed) {
      cells.set(printed.mean.id, WORTH.mean * Math.max(1, printed.mean.value));
      bases.add(printed.width.id);
    }
    bases.add(relateAsked(relating, table, context).id);
  }
  return { table: table.name, segment, bases: [...bases], cells, told };
}

/** An item's facts as figures that a reader sees. */
function print(
  relating: Relating,
  item: Item,
  context: Context | undefined,
  net: boolean,
  bases: Set<number>,
  cells: Map<number, number>,
): void {
  const facts = itemFacts(relating, item, context);
  const [one, other] = facts.cells;
  const pair = facts.cells.length === 2 && one && other ? { one, other } : undefined;
  // Of a yes and a no, the yes is what is printed.
  const yes = pair && item.variable.categories.some(({ code }) => code === 'yes') && sides(item, facts.cells).yes;
  const worth = !context ? WORTH.overall : net && context.segment === 0 ? WORTH.leadingNet : WORTH.cell;
  for (const cell of facts.cells) cells.set(cell.id, worth * Math.max(1, (yes || cell).value));
  if (pair) {
    pair.one.twin = pair.other.id;
    pair.other.twin = pair.one.id;
  }
  bases.add(facts.base.id);
}

/** Answers taken together are the sum of those that the question has: their figures are not printed, but follow. */
function relateCollapsed(relating: Relating, table: Table, items: readonly Item[], context: Context | undefined): void {
  const groups = table.question ? collapsesOf(table.question) : [];
  items.forEach((item, index) => {
    const own = table.items[index];
    if (!own || own === item) return;
    const parts = itemFacts(relating, own, context).cells;
    const sums = itemFacts(relating, item, context).cells;
    item.variable.categories.forEach(({ code }, place) => {
      const options = groups.find((group) => group.code === code)?.options;
      const sum = sums[place];
      if (!options || !sum) return;
      const isIn = (each: number) => options.includes(own.variable.categories[each]?.code ?? '');
      relating.book.relate(
        sum,
        parts.filter((_, each) => isIn(each)),
      );
    });
  });
}

/** How many a question was put to. */
function relateAsked(relating: Relating, table: Table, context: Context | undefined): Fact {
  const { book } = relating;
  const [item] = table.items;
  if (!item) throw new Error(`the table ${table.name} has nothing in it`);
  const { all, asked, not } = askedFacts(relating, item, context);
  if (table.universe.length === 0 && not.value === 0) book.relate(all, [asked]);
  for (const each of table.items) {
    const { base } = itemFacts(relating, each, context);
    // A row that an older version did not have was put to fewer people.
    if (asked.value >= base.value) book.relate(asked, [base, book.rest(asked, base)]);
  }
  return asked;
}

/** A group in which nobody answered is left out of a view; if some there were asked, this sum cannot be done. */
function addUpAsked(relating: Relating, table: Table, contexts: readonly Context[]): void {
  const [item] = table.items;
  if (!item) return;
  const whole = askedFacts(relating, item, undefined).asked;
  const parts = contexts.map((context) => askedFacts(relating, item, context).asked);
  if (parts.reduce((sum, { value }) => sum + value, 0) === whole.value) relating.book.relate(whole, parts);
}

function itemsOf({ table, items }: LaidTable): Item[] {
  const own = table.items.filter((item) => !items.includes(item));
  return [...items, ...own, ...table.nets.map(({ item }) => item)];
}
