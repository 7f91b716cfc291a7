/** What one table says about another: tables that rest on the same answers, and segments that are tables themselves. */

import { MISSING_STATES } from '../../../results/columns.ts';
import type { Item, Link } from '../../../results/tables.ts';
import type { Context } from './counts.ts';
import type { Fact } from './facts.ts';
import { NOT_KNOWN } from './groups.ts';
import { addUp, askedFacts, contextOf, itemFacts, type Relating, singleContexts } from './items.ts';
import { cellKey } from './keys.ts';
import type { LaidTable } from './layout.ts';

/** Relates the tables of a family to each other. */
export function relateLinks(relating: Relating, laid: readonly LaidTable[]): void {
  const contexts = contextsOf(relating, laid);
  const segments = new Set(relating.family.segments.map(({ name }) => name));
  const linked = new Set(relating.family.links.flatMap(({ one, other, asked }) => (asked ? [other] : [one, other])));
  for (const item of laid.flatMap(({ table }) => table.items)) {
    if (segments.has(item.variable.name) || linked.has(item)) spread(relating, item, contexts);
  }
  for (const link of relating.family.links) {
    for (const context of [undefined, ...contexts]) {
      if (!context || (isCountedBy(link.one, context) && isCountedBy(link.other, context))) {
        relateLink(relating, link, context);
      }
    }
  }
}

/** Every group of every view, and every single value, once each. */
function contextsOf(relating: Relating, laid: readonly LaidTable[]): Context[] {
  const contexts = new Map<string, Context>();
  relating.family.segments.forEach((_, segment) => {
    const groups = laid.flatMap(({ views }) => views[segment] ?? []);
    for (const context of [
      ...singleContexts(relating, segment),
      ...groups.map((group) => contextOf(relating, segment, group)),
    ]) {
      contexts.set(cellKey('', '', context), context);
    }
  });
  return [...contexts.values()];
}

/** An item in every group: the single values make up each group, and everybody. */
function spread(relating: Relating, item: Item, contexts: readonly Context[]): void {
  for (const context of contexts) {
    if (!isCountedBy(item, context) || context.values.length === 1) continue;
    addUp(
      relating,
      item,
      context,
      context.values.map((value) => ({ ...context, values: [value] })),
    );
  }
  relating.family.segments.forEach((_, segment) => {
    const singles = singleContexts(relating, segment).filter((context) => isCountedBy(item, context));
    if (singles.length > 0) addUp(relating, item, undefined, singles);
  });
}

function isCountedBy({ bySegment }: Item, { segment }: Context): boolean {
  return bySegment[segment] !== undefined;
}

/**
 * Values of the two that always come together have the same people in them: adopters are those who said "agreed",
 * "trial" or "informal". Which do is read off the counts, as an attacker reads it off the questionnaire.
 */
function relateLink(relating: Relating, link: Link, context: Context | undefined): void {
  const { book } = relating;
  const rows = rowFacts(relating, link, context);
  const columns = valueFacts(relating, link.other, context);
  for (const group of together(link, rows.length, columns.length)) {
    const one = group.rows.flatMap((row) => rows[row] ?? []);
    const other = group.columns.flatMap((column) => columns[column] ?? []);
    const [first] = one;
    if (one.length === 1 && first) {
      book.relate(first, other);
      continue;
    }
    const sum = book.unnamed(one.reduce((so, { value }) => so + value, 0));
    book.relate(sum, one);
    book.relate(sum, other);
  }
}

/** A link's own side: its values with those who have none last, or asked and not asked. */
function rowFacts(relating: Relating, { one, asked }: Link, context: Context | undefined): Fact[] {
  if (!asked) return valueFacts(relating, one, context);
  const facts = askedFacts(relating, one, context);
  return [facts.asked, facts.not];
}

function valueFacts(relating: Relating, item: Item, context: Context | undefined): Fact[] {
  const { cells } = itemFacts(relating, item, context);
  const missing = relating.book.find(cellKey(item.variable.name, NOT_KNOWN, context));
  return [...cells, ...(missing ? [missing] : [])];
}

interface Together {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/** The parts into which the counted pairs fall apart; a single part says nothing new. */
function together({ one, asked, other, counts }: Link, rows: number, columns: number): Together[] {
  const rowOf = (place: number) => {
    const { length } = one.variable.categories;
    if (!asked) return Math.min(place, length);
    return place < length || place === length + MISSING_STATES.indexOf('blank') ? 0 : 1;
  };
  const columnOf = (place: number) => Math.min(place, other.variable.categories.length);
  // Rows first, columns after them; each knows the smallest it hangs together with.
  const part = Array.from({ length: rows + columns }, (_, index) => index);
  const rootOf = (index: number): number => (part[index] === index ? index : rootOf(part[index] ?? index));
  const counted = new Set<number>();
  counts.counts.forEach((count, index) => {
    if (count === 0) return;
    const pair = [rowOf(Math.floor(index / counts.columns)), rows + columnOf(index % counts.columns)];
    for (const each of pair) counted.add(each);
    const roots = pair.map(rootOf);
    for (const root of roots) part[root] = Math.min(...roots);
  });
  const groups = [...new Set([...counted].map(rootOf))].map((root) => ({
    rows: [...counted].filter((each) => each < rows && rootOf(each) === root),
    columns: [...counted].filter((each) => each >= rows && rootOf(each) === root).map((each) => each - rows),
  }));
  return groups.length === 1 ? [] : groups;
}
