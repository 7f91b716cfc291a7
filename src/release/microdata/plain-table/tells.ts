/** Which columns give away what others withhold (rule M12). */
import type { Table } from './read-table.ts';
import type { ColumnSpec, TableSpec } from './spec.ts';

export interface LeftOut {
  readonly name: string;
  /** The rest of a sentence that begins with the name. */
  readonly reason: string;
}

/** For each column everything that can be told from it: what it tells, and what that tells. */
export function closureOf({ columns }: TableSpec): Map<string, ReadonlySet<string>> {
  const reached = (name: string, found = new Set<string>()): Set<string> => {
    for (const told of columns[name]?.tells ?? []) {
      if (found.has(told)) continue;
      found.add(told);
      reached(told, found);
    }
    return found;
  };
  return new Map(Object.keys(columns).map((name) => [name, reached(name)]));
}

const REASONS = {
  direct: 'names people',
  technical: 'is technical',
  text: 'is free text',
  weight: 'is a weight, which no file carries yet',
} as const;

/** The columns that stay, and why. @param levels of the keys that are in the file */
export function leftOutOf(
  { header }: Table,
  { columns }: TableSpec,
  tells: ReadonlyMap<string, ReadonlySet<string>>,
  levels: ReadonlyMap<string, number>,
): LeftOut[] {
  const own = new Map<string, string>();
  for (const name of header) {
    const reason = reasonOf(columns[name]);
    if (reason !== undefined) own.set(name, reason);
  }
  return header.flatMap((name) => {
    const reason = own.get(name);
    if (reason !== undefined) return [{ name, reason }];
    // A key that tells another is in the classes itself: whoever knows it finds no fewer than k rows by it.
    if (levels.has(name)) return [];
    const [told] = [...(tells.get(name) ?? [])].filter((each) => own.has(each) || (levels.get(each) ?? 0) > 0);
    if (told === undefined) return [];
    return [
      { name, reason: own.has(told) ? `tells "${told}", which is left out` : `tells "${told}", which is made coarser` },
    ];
  });
}

function reasonOf(column: ColumnSpec | undefined): string | undefined {
  if (!column) return undefined;
  const { role, values, hierarchy, bands } = column;
  if (role !== 'quasi' && role !== 'sensitive' && role !== 'plain') return REASONS[role];
  return values || hierarchy || bands ? undefined : 'has neither values nor bands: raw numbers and text never leave';
}
