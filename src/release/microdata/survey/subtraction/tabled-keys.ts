/** Keys by which published tables count answers: a row that lacks one and shows answers could get it back (rule T12). */
import type { ProtectedTables } from '../../../tables/protected-tables.ts';
import type { SurveyTable } from '../survey-table.ts';

/**
 * @returns whether answers are counted by what a key, or a coarser version of it, is worked out from. Such counts less
 *   what the file shows say how many of the rows that lack the key gave each answer, question after question: if the
 *   rows showed their answers, these sums together would tell which row has which value
 */
export function tabledKeys({ telling }: SurveyTable, tables: readonly ProtectedTables[]): (name: string) => boolean {
  const segments = new Set(
    tables.flatMap((each) => each.tables.flatMap(({ views }) => views.map((view) => view.segment))),
  );
  return (name) => [...segments].some((segment) => telling.share(segment, name));
}
