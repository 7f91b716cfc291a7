/** The whole way from a survey's answers to rows that may leave, for files and for trying what they would cost. */
import type { ProtectedTables } from '../../tables/protected-tables.ts';
import type { Counted } from '../generalise/count.ts';
import { budgetRowsOf } from '../generalise/key-columns.ts';
import { type ChosenLevels, chooseLevels } from './choose-levels.ts';
import { NotReleasable } from './columns.ts';
import { type FileWeights, protectWeights } from './file-weights.ts';
import { classesIn, maskColumns, type ProtectedRows, protectKeys } from './protect-rows.ts';
import { checksOf } from './subtraction/checks.ts';
import { tabledKeys } from './subtraction/tabled-keys.ts';
import { withholdBySubtraction } from './subtraction/withhold-keys.ts';
import { countLost, type SurveyTable } from './survey-table.ts';
import { withholdAnswers } from './withhold-answers.ts';

export interface Protecting {
  readonly k: number;
  /** The share of rows that the levels may leave in classes under k. */
  readonly budget: number;
  readonly keep?: readonly string[] | undefined;
  /** For each response, where the survey declares how it is weighted. */
  readonly weights?: Float64Array | undefined;
  /** Tables that are published, and those about to be. */
  readonly tables: readonly ProtectedTables[];
  /** Numbers from 0 up to 1 that nobody who holds the file knows: which classes go with those that have to. */
  readonly chance: () => number;
}

export interface ProtectedSurvey extends ProtectedRows {
  readonly search: ChosenLevels;
  readonly budget: number;
  readonly budgetRows: number;
  /** By the keys and by who was asked. */
  readonly classes: Counted;
  readonly weights: FileWeights | undefined;
}

/**
 * Levels, then single keys, then whole classes that tables would give away, then what tells any of these, then
 * sensitive answers that a class has in common (rules M6, M8, M9, M11 to M14 and M18).
 * @throws NotReleasable
 */
export function protectSurvey(table: SurveyTable, protecting: Protecting): ProtectedSurvey {
  const { k, budget, keep, weights, tables, chance } = protecting;
  const { rows } = table.numbers;
  const budgetRows = budgetRowsOf(budget, rows);
  const lost = (levels: readonly number[]) => countLost(table, levels);
  const search = chooseLevels(table.candidates, rows, lost, { k, budgetRows, keep });
  const isTabled = tabledKeys(table, tables);
  const levelled = protectKeys(table, search, k, isTabled);
  const checks = checksOf(table, levelled.keys, tables);
  const hidden = maskColumns(table, withholdBySubtraction(levelled, checks.keys, rows, k), isTabled);
  const classes = classesIn(hidden, rows);
  const own = weights && protectWeights(weights, classes, k);
  const done = withholdAnswers(hidden, own?.classes ?? classes, checks, chance);
  if (!done.keys.some(({ published }) => published) && done.columns.length === 0)
    throw new NotReleasable(
      'Nothing in the survey may leave in a data file with these keys. Name quasi-identifiers in "keys" and other questions in "columns", under "disclosure" in its file.',
    );
  const reason = 'are no numbers above 0 for everybody, so they cannot leave';
  const leftOut = weights && !own ? [...done.leftOut, { name: 'weights', reason }] : done.leftOut;
  return { ...done, leftOut, search, budget, budgetRows, classes, weights: own };
}
