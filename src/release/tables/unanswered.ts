/** Which tables may be told to be empty. */
import type { Family, Table } from '../../results/tables.ts';
import { answeredIn, countsIn } from './protection/counts.ts';

/**
 * The names of the tables that nobody answered, where that may be said. Of a question put to some only, "nobody" could
 * tell that there were none to ask, which a hidden figure keeps back elsewhere. So it is said of questions put to
 * everyone, and of those put to the very same people as a printed one: how many those are is printed there.
 * @param printed whether a table is shown
 */
export function findUnanswered(family: Family, printed: (table: Table) => boolean): Set<string> {
  const tables = [...family.readings, ...family.tables];
  const known = new Set(['[]', ...tables.filter((table) => table.question && printed(table)).map(whoIsAsked)]);
  const isTold = (table: Table) => isEmpty(table) && known.has(whoIsAsked(table));
  const told = new Set(tables.filter((table) => table.question && isTold(table)).map(({ name }) => name));
  const isWorkedOutOfNothing = (table: Table) =>
    !table.question && isEmpty(table) && table.sources.every((source) => told.has(source));
  return new Set([...told, ...tables.filter(isWorkedOutOfNothing).map(({ name }) => name)]);
}

function whoIsAsked({ universe }: Table): string {
  return JSON.stringify(universe);
}

function isEmpty({ items }: Table): boolean {
  return items.every((item) => answeredIn(countsIn(item, undefined)) === 0);
}
