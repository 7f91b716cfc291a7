/** Parts of the last release that stay as they are, because new ones beside them would tell the few who came or went (R3). */
import type { ProtectedTable, ProtectedTables } from './protected-tables.ts';
import type { EarlierTables } from './protection/working.ts';

type Origin = NonNullable<ProtectedTable['keptFrom']>;

/**
 * The tables with the old numbers of what is not printed anew: a whole table, or its figures by one segment where its
 * answers are still the same. Old numbers are copied to the letter and say which release they are of.
 */
export function keepEarlier(tables: ProtectedTables, last: EarlierTables | undefined): ProtectedTables {
  if (!last) return tables;
  const origin: Origin = { release: last.number, madeOn: last.madeOn };
  const order = tables.segments.map(({ name }) => name);
  return {
    ...tables,
    tables: tables.tables.map((table) => {
      const old = last.tables.tables.find(({ name }) => name === table.name);
      if (!old?.overall) return table;
      return table.overall ? keepViews(table, old, origin, order) : { ...old, keptFrom: old.keptFrom ?? origin };
    }),
  };
}

function keepViews(
  table: ProtectedTable,
  old: ProtectedTable,
  origin: Origin,
  order: readonly string[],
): ProtectedTable {
  if (shapeOf(table) !== shapeOf(old)) return table;
  const missing = old.views.filter(({ segment }) => !table.views.some((view) => view.segment === segment));
  const kept = missing.map((view) => ({ ...view, keptFrom: view.keptFrom ?? old.keptFrom ?? origin }));
  const place = ({ segment }: { segment: string }) => order.indexOf(segment);
  const views = [...table.views, ...kept].filter((view) => place(view) !== -1);
  return { ...table, views: views.sort((one, other) => place(one) - place(other)) };
}

/** What figures stand for by their place: old ones fit only under the same. */
function shapeOf({ kind, rows, options, nets }: ProtectedTable): string {
  const codes = (list: readonly { code: string }[]) => list.map(({ code }) => code);
  return JSON.stringify([kind, rows.map(({ variable }) => variable), codes(options), codes(nets)]);
}
