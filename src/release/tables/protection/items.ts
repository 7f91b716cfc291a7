/** The facts of one item among some people: its categories, its base, and those who are not in it. */
import type { Family, Item } from '../../../results/tables.ts';
import type { Policy } from '../../policy.ts';
import { answeredIn, askedIn, type Context, countsIn, everyoneIn } from './counts.ts';
import type { Fact, FactBook } from './facts.ts';
import { type Group, NOT_KNOWN } from './groups.ts';
import { allKey, askedKey, baseKey, cellKey, notAskedKey } from './keys.ts';

/** A family on its way into a book of facts. */
export interface Relating {
  readonly book: FactBook;
  readonly family: Family;
  readonly policy: Policy;
}

export interface ItemFacts {
  readonly base: Fact;
  /** In the order of the item's categories. */
  readonly cells: readonly Fact[];
}

/** A group of a segment as a context. */
export function contextOf({ family }: Relating, segment: number, { values }: Pick<Group, 'values'>): Context {
  const variable = family.segments[segment];
  if (!variable) throw new Error(`the family has no segment ${segment}`);
  return { segment, variable, values };
}

/** Every single value of a segment as a context, and those without one. */
export function singleContexts(relating: Relating, segment: number): Context[] {
  const categories = relating.family.segments[segment]?.categories ?? [];
  return [...categories.map(({ code }) => code), NOT_KNOWN].map((value) =>
    contextOf(relating, segment, { values: [value] }),
  );
}

/**
 * The facts of an item in a context, with what always holds of them: the categories make the base, and the base with
 * those who did not answer makes everybody. They are not printed by that alone; small ones have to stay uncertain
 * either way, because a difference of two tables could give them.
 */
export function itemFacts({ book, policy }: Relating, item: Item, context: Context | undefined): ItemFacts {
  const { name, categories, role } = item.variable;
  const counts = countsIn(item, context);
  const base = book.fact(baseKey(name, context), answeredIn(counts));
  const cells = categories.map(({ code }, index) =>
    book.fact(cellKey(name, code, context), counts.categories[index] ?? 0),
  );
  const all = book.fact(allKey(context), everyoneIn(counts));
  book.relate(base, cells);
  book.relate(all, [base, book.fact(cellKey(name, NOT_KNOWN, context), all.value - base.value)]);
  for (const cell of cells) cell.primary ||= isPrimary(cell.value, base.value, role === 'sensitive', policy);
  return { base, cells };
}

/** Rule T3: few people, and in a sensitive question also nobody and nearly everybody. */
export function isPrimary(value: number, base: number, sensitive: boolean, { cell }: Policy): boolean {
  if (value >= 1 && value < cell) return true;
  return sensitive && base > 0 && (value === 0 || value > base - cell);
}

/** Says that an item in these contexts adds up to the item in that one. */
export function addUp(relating: Relating, item: Item, whole: Context | undefined, parts: readonly Context[]): void {
  const { book } = relating;
  const total = itemFacts(relating, item, whole);
  const each = parts.map((context) => itemFacts(relating, item, context));
  book.relate(
    total.base,
    each.map(({ base }) => base),
  );
  total.cells.forEach((cell, index) => {
    book.relate(
      cell,
      each.flatMap(({ cells }) => cells[index] ?? []),
    );
  });
}

/** The "no" and the "yes" of a two-sided item. */
export function sides({ variable }: Item, cells: readonly Fact[]): { readonly no: Fact; readonly yes: Fact } {
  const at = (code: string) => cells[variable.categories.findIndex((category) => category.code === code)];
  const [no, yes] = [at('no'), at('yes')];
  if (!no || !yes) throw new Error(`${variable.name} is not a matter of yes and no`);
  return { no, yes };
}

/** Whether a question was put to people, as facts. */
export function askedFacts({ book }: Relating, item: Item, context: Context | undefined) {
  const counts = countsIn(item, context);
  const all = book.fact(allKey(context), everyoneIn(counts));
  const asked = book.fact(askedKey(item.variable.name, context), askedIn(counts));
  const not = book.fact(notAskedKey(item.variable.name, context), all.value - asked.value);
  book.relate(all, [asked, not]);
  return { all, asked, not };
}
