/** What a file cost and what it still gives away, for whoever made it. */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { PublishedColumn, PublishedTable } from './publish-table.ts';
import type { TableSpec } from './spec.ts';
import type { LastLook } from './table-file.ts';

/** Where a file came from: sums of the texts, so that a report can be matched with them. */
export interface Origin {
  readonly table: string;
  readonly spec: string;
  readonly data: string;
  /** YYYY-MM-DD. */
  readonly madeOn: string;
  /** The names of rows come from a seed: whoever knows it knows which row was whose. */
  readonly seeded: boolean;
}

const NOTE =
  'For whoever made the file. It says how many rows could be told apart before and how many were withheld: keep it, and do not publish it with the data.';
/** From so many on both a file could be meant for the public (rule M10). */
const PUBLIC_K = 10;
const PUBLIC_ROWS = 200;

/** Whom a file can be for. */
function audienceOf(k: number, rows: number): string {
  return k >= PUBLIC_K && rows >= PUBLIC_ROWS
    ? 'known users; the public only after a person has looked at every column'
    : 'known users under agreement; not for the public';
}

export type TableReport = ReturnType<typeof reportOf>;

/** The report as a value for JSON. Numbers are not rounded. */
export function reportOf(published: PublishedTable, { budget, synthetic }: TableSpec, look: LastLook, origin: Origin) {
  const { k, search, columns, before, after } = published;
  const { seeded, madeOn, ...sha256 } = origin;
  return {
    note: NOTE,
    audience: audienceOf(k, after.rows),
    synthetic,
    madeOn,
    settings: { k, budget, rowNames: seeded ? 'from a seed' : 'from chance' },
    sha256,
    before,
    after,
    keys: columns.flatMap((each) =>
      each.key ? [{ name: each.column.name, ...each.key, values: each.values.length, withheld: withheldIn(each) }] : [],
    ),
    score: published.score,
    search: { ...search, budgetRows: published.budgetRows },
    withheldRows: published.withheldRows,
    lastLook: look,
    sensitive: columns.flatMap((each) =>
      each.column.spec.role === 'sensitive'
        ? [{ name: each.column.name, withheld: withheldIn(each), classes: each.diversity ?? 'withheld in all' }]
        : [],
    ),
    columns: columns.map((each) => ({
      name: each.column.name,
      role: each.column.spec.role,
      withheld: withheldIn(each),
    })),
    leftOut: published.leftOut,
  };
}

/** How many cells of a column are withheld. */
export function withheldIn({ codes }: PublishedColumn): number {
  return codes.reduce((sum, code) => (code === MISSING.withheld ? sum + 1 : sum), 0);
}
