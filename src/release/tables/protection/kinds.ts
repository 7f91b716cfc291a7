/** What holds within one kind of table: NETs, tick lists, rankings, counts. */
import { DONT_KNOW } from '../../../questionnaire/answers.ts';
import { together } from '../../../results/moments.ts';
import type { Net, Table } from '../../../results/tables.ts';
import { type Context, placesIn } from './counts.ts';
import type { Fact, FactBook } from './facts.ts';
import { isPrimary, itemFacts, type Relating, sides } from './items.ts';
import { meanKey, sumKey } from './keys.ts';

/** What is known of a NET from the options that make it. */
export function relateNet(relating: Relating, table: Table, net: Net, context: Context | undefined): void {
  if (table.kind === 'list') relateListNet(relating, table, net, context);
  else if (table.kind !== 'ranking') relateExactNet(relating, table, net, context);
}

/** A NET is the sum of its options where each person has one. */
function relateExactNet(relating: Relating, table: Table, net: Net, context: Context | undefined): void {
  const row = table.items.find(({ variable }) => net.row === undefined || variable.name === net.row);
  if (!row) return;
  const facts = itemFacts(relating, net.item, context);
  const { base, cells } = itemFacts(relating, row, context);
  // An older version may have had the question without the NET.
  if (facts.base.value !== base.value) return;
  const { no, yes } = sides(net.item, facts.cells);
  const isIn = (index: number) => net.options.includes(row.variable.categories[index]?.code ?? '');
  relating.book.relate(base, [facts.base]);
  relating.book.relate(
    yes,
    cells.filter((_, index) => isIn(index)),
  );
  relating.book.relate(
    no,
    cells.filter((_, index) => !isIn(index)),
  );
}

/** In a tick list the options of a NET overlap; but it is not less than any of them, and not more than all together. */
function relateListNet(relating: Relating, table: Table, net: Net, context: Context | undefined): void {
  const { book } = relating;
  const { no, yes } = sides(net.item, itemFacts(relating, net.item, context).cells);
  const ticks = ticksOf(relating, table, context);
  const inside = ticks.filter(({ option }) => net.options.includes(option)).map((tick) => tick.yes);
  const outside = ticks.filter(({ option }) => !net.options.includes(option)).map((tick) => tick.yes);
  for (const tick of inside) if (tick.value <= yes.value) book.relate(yes, [tick, book.rest(yes, tick)]);
  const sum = sumOf(book, inside);
  if (sum.value >= yes.value) book.relate(sum, [yes, book.rest(sum, yes)]);
  // Whoever ticked none of it ticked one of the others; "none of these" and "don't know" exclude each other.
  if (no.value === sumOf(book, outside).value) book.relate(no, outside);
}

/**
 * Whoever answered a tick list ticked something.
 * @returns what a reader learns who leaves "don't know" out of the base: how many of the others did not tick an option
 */
export function relateList(relating: Relating, table: Table, context: Context | undefined): Fact[] {
  const { book, policy } = relating;
  const ticks = ticksOf(relating, table, context);
  const [first] = table.items;
  if (!first) return [];
  const { base } = itemFacts(relating, first, context);
  const sum = sumOf(
    book,
    ticks.map(({ yes }) => yes),
  );
  if (sum.value >= base.value) book.relate(sum, [base, book.rest(sum, base)]);
  const dontKnow = ticks.find(({ option }) => option === DONT_KNOW)?.yes;
  if (!dontKnow) return [];
  const others = table.items.filter(({ variable }) => variable.part !== DONT_KNOW);
  return [...others, ...table.nets.map((net) => net.item)].flatMap((item) => {
    const { no, yes } = sides(item, itemFacts(relating, item, context).cells);
    const net = table.nets.find((each) => each.item === item);
    const whole = net?.options.includes(DONT_KNOW) ? yes : no;
    if (whole.value < dontKnow.value) return [];
    const rest = book.rest(whole, dontKnow);
    rest.primary = isPrimary(rest.value, 0, false, policy);
    book.relate(whole, [dontKnow, rest]);
    return [rest];
  });
}

function ticksOf(relating: Relating, table: Table, context: Context | undefined): { option: string; yes: Fact }[] {
  return table.items.map((item) => ({
    option: item.variable.part ?? '',
    yes: sides(item, itemFacts(relating, item, context).cells).yes,
  }));
}

/** Everybody who ranked anything put one option first, and nobody put two in one place. */
export function relateRanking(relating: Relating, table: Table, context: Context | undefined): void {
  const { book } = relating;
  const items = table.items.map((item) => ({ item, ...itemFacts(relating, item, context) }));
  const [any] = items;
  if (!any) return;
  const codes = any.item.variable.categories.map(({ code }) => code);
  const at = (code: string) =>
    items.flatMap(({ item, cells }) => cells[item.variable.categories.findIndex((each) => each.code === code)] ?? []);
  const first = sumOf(book, at('1'));
  const later = codes.filter((code) => /^\d+$/.test(code) && code !== '1').map((code) => sumOf(book, at(code)));
  for (const place of later) if (place.value <= first.value) book.relate(first, [place, book.rest(first, place)]);
  const marks = codes.filter((code) => !/^\d+$/.test(code) && code !== 'unranked').map(at);
  for (const [one, ...same] of marks) if (one) for (const other of same) book.relate(one, [other]);
  const ranked = [first, ...marks.flatMap(([one]) => one ?? [])];
  if (ranked.reduce((sum, { value }) => sum + value, 0) === any.base.value) book.relate(any.base, ranked);
}

/**
 * The mean of a count ("worries raised") says how many were raised in all, over the rows or options counted.
 * @returns the fact of that sum, if the table is such a count
 */
export function relateSum(relating: Relating, table: Table, context: Context | undefined): Fact | undefined {
  const { book, family } = relating;
  const [item] = table.items;
  const definition = family.survey.file.derived.find(({ code }) => code === table.name);
  if (!item?.moments || definition?.kind !== 'count') return undefined;
  const { overall, bySegment } = item.moments;
  const groups = context && (bySegment[context.segment] ?? []);
  const value = groups ? together(placesIn(context).flatMap((place) => groups[place] ?? [])).sum : overall.sum;
  const sum = book.fact(sumKey(item.variable.name, context), value);
  const counted = family.tables.find(({ name }) => name === definition.of);
  const cells = (counted?.items ?? []).flatMap((each) => {
    const { cells } = itemFacts(relating, each, context);
    if (counted?.kind === 'list') {
      return definition.options.includes(each.variable.part ?? '') ? [sides(each, cells).yes] : [];
    }
    const net = counted?.nets.find(
      ({ row, options }) => row === each.variable.name && isSame(options, definition.options),
    );
    if (net) return [sides(net.item, itemFacts(relating, net.item, context).cells).yes];
    return cells.filter((_, index) => definition.options.includes(each.variable.categories[index]?.code ?? ''));
  });
  const all = sumOf(book, cells);
  if (all.value === value) book.relate(all, [sum]);
  else if (all.value > value) book.relate(all, [sum, book.rest(all, sum)]);
  return sum;
}

/**
 * A mean is printed to one decimal, so of the sum behind it a reader knows the most that it can be, and how much less.
 * @returns what the printed mean tells, and the width of it, which is known with the base
 */
export function relateMean({ book }: Relating, table: Table, context: Context | undefined, sum: Fact, n: number) {
  const [item] = table.items;
  if (!item || n === 0) return undefined;
  const tenths = Math.round((sum.value / n) * 10);
  const isPrintedSo = (value: number) => Math.round((value / n) * 10) === tenths;
  let [low, high] = [sum.value, sum.value];
  while (low > 0 && isPrintedSo(low - 1)) low--;
  while (isPrintedSo(high + 1)) high++;
  const mean = book.fact(meanKey(item.variable.name, context), high);
  const width = book.unnamed(high - low);
  const under = book.unnamed(high - sum.value);
  book.relate(mean, [sum, under]);
  book.relate(width, [under, book.unnamed(sum.value - low)]);
  return { mean, width };
}

/** The sum of some facts, which no table prints. */
function sumOf(book: FactBook, parts: readonly Fact[]): Fact {
  const sum = book.unnamed(parts.reduce((so, { value }) => so + value, 0));
  book.relate(sum, parts);
  return sum;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((code) => other.includes(code));
}
