/** Answers taken together before any figure is hidden, where the questionnaire says how (rule T4): five points to three. */
import type { Collapsed } from '../../../questionnaire/definition.ts';
import { collapsesOf } from '../../../questionnaire/survey.ts';
import type { Crosstab } from '../../../results/crosstab.ts';
import type { Item, Table } from '../../../results/tables.ts';
import type { Policy } from '../../policy.ts';
import { answeredIn, type Context, countsIn } from './counts.ts';
import { isPrimary } from './items.ts';

/**
 * A table's items as they are printed: its own, or collapsed where one of their figures would have to be hidden. One
 * answer is collapsed everywhere in a table or nowhere, so that everybody and a group can be compared.
 * @param contexts everybody and every group that the table is shown in
 */
export function printedItems(
  table: Table,
  contexts: readonly (Context | undefined)[],
  policy: Policy,
): readonly Item[] {
  const collapse = table.question ? collapsesOf(table.question) : [];
  if (collapse.length === 0) return table.items;
  const hides = table.items.some((item) => contexts.some((context) => hidesIn(item, context, policy)));
  return hides ? table.items.map((item) => collapseItem(item, collapse)) : table.items;
}

function hidesIn(item: Item, context: Context | undefined, policy: Policy): boolean {
  const counts = countsIn(item, context);
  const sensitive = item.variable.role === 'sensitive';
  return counts.categories.some((count) => isPrimary(count, answeredIn(counts), sensitive, policy));
}

/** The item with some answers taken together; those that are in no group stay as they are. */
function collapseItem(item: Item, groups: readonly Collapsed[]): Item {
  const { categories } = item.variable;
  const groupOf = (code: string) => groups.find(({ options }) => options.includes(code));
  const collapsed = [
    ...new Map(
      categories.map((category) => {
        const group = groupOf(category.code);
        return [
          group?.code ?? category.code,
          group ? { ...category, code: group.code, label: group.label } : category,
        ] as const;
      }),
    ).values(),
  ];
  const place = (index: number) => {
    const own = categories[index];
    // After the categories stand the reasons why there is no value.
    if (!own) return index - categories.length + collapsed.length;
    return collapsed.findIndex(({ code }) => code === (groupOf(own.code)?.code ?? own.code));
  };
  const fold = (counts: Int32Array, columns: number): Int32Array => {
    const folded = new Int32Array(counts.length - (categories.length - collapsed.length) * columns);
    counts.forEach((count, index) => {
      const at = place(Math.floor(index / columns)) * columns + (index % columns);
      folded[at] = (folded[at] ?? 0) + count;
    });
    return folded;
  };
  const foldRows = (crosstab: Crosstab | undefined): Crosstab | undefined =>
    crosstab && {
      ...crosstab,
      rows: crosstab.rows - (categories.length - collapsed.length),
      counts: fold(crosstab.counts, crosstab.columns),
    };
  return {
    variable: { ...item.variable, categories: collapsed },
    counts: fold(item.counts, 1),
    bySegment: item.bySegment.map(foldRows),
  };
}
