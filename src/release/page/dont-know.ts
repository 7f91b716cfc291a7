/** "Don't know" left out of a question's figures, where that is possible and changes anything. */
import { DONT_KNOW } from '../../questionnaire/answers.ts';
import { withoutDontKnow } from '../tables/figures.ts';
import type { ProtectedTable, ProtectedTables } from '../tables/protected-tables.ts';
import { findSayable } from './sayable.ts';

/** A table without "don't know", or why it has to be counted all the same. */
export type LeavingOut =
  | { readonly table: ProtectedTable }
  /** Leaving it out would tell how many said it, or leave too little to show. */
  | { readonly kept: 'hidden' | 'few' };

/**
 * What leaving out "don't know" does to a table as it is shown; undefined where it does nothing, because it is no
 * answer to the question or because nobody gave it. A table is changed as a whole or not at all: rows on different
 * bases side by side would mislead.
 * @param by the segment that the table is shown by
 */
export function leaveOutDontKnow(
  table: ProtectedTable,
  by: string | undefined,
  policy: ProtectedTables['policy'],
): LeavingOut | undefined {
  const index = table.options.findIndex(({ code }) => code === DONT_KNOW);
  const shown = findSayable(table, by);
  if (index === -1 || !shown) return undefined;
  // What the others weigh together is not published, only percentages of everybody.
  if (shown.groups.some((group) => group.rows.some(({ weighted }) => weighted))) return undefined;
  const rows = shown.groups.flatMap((group) => group.rows.filter(({ base }) => base !== null));
  const counts = rows.map((row) => row.counts[index] ?? null);
  if (counts.every((count) => count === 0)) return undefined;
  if (counts.includes(null)) return { kept: 'hidden' };
  const without = withoutDontKnow(table, policy);
  const left = findSayable(without, by);
  const sameGroups = left?.bySegment === shown.bySegment && left.groups.length === shown.groups.length;
  const bases = (left?.groups ?? []).flatMap((group) => group.rows.filter(({ base }) => base !== null));
  return sameGroups && bases.length === rows.length ? { table: without } : { kept: 'few' };
}
