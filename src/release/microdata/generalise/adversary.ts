/** Somebody who knows every key of a respondent and holds the file (rule M7). */
import { MISSING } from '../../../questionnaire/variables.ts';
import type { WholeNumbers } from '../whole-numbers.ts';

/**
 * For each respondent the rows of the file that could be theirs: each key is withheld, or is what theirs is published
 * as. It compares values one by one and knows nothing of classes, so it can find fault with whatever made them.
 * @param published for each key its value in each row of the file, or `MISSING.withheld`
 * @param truth for each key what each respondent's true value is published as
 */
export function compatibleRows(published: readonly WholeNumbers[], truth: readonly WholeNumbers[]): Int32Array {
  const patterns = new Map<string, { readonly shown: readonly number[]; readonly rows: Map<string, number> }>();
  const fileRows = published[0]?.length ?? 0;
  for (let row = 0; row < fileRows; row++) {
    const shown = [...published.keys()].filter((key) => published[key]?.[row] !== MISSING.withheld);
    const pattern = patterns.get(shown.join()) ?? { shown, rows: new Map<string, number>() };
    patterns.set(shown.join(), pattern);
    const look = lookOf(published, shown, row);
    pattern.rows.set(look, (pattern.rows.get(look) ?? 0) + 1);
  }
  const all = [...truth.keys()];
  const known = new Map<string, number>();
  return Int32Array.from({ length: truth[0]?.length ?? 0 }, (_, respondent) => {
    const own = lookOf(truth, all, respondent);
    const found =
      known.get(own) ??
      [...patterns.values()].reduce(
        (sum, { shown, rows }) => sum + (rows.get(lookOf(truth, shown, respondent)) ?? 0),
        0,
      );
    known.set(own, found);
    return found;
  });
}

function lookOf(columns: readonly WholeNumbers[], shown: readonly number[], row: number): string {
  let look = '';
  for (const key of shown) look += `${columns[key]?.[row]} `;
  return look;
}
