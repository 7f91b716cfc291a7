/** Weighted percentages beside the counts of protected tables (rule T11). */
import { collapsesOf } from '../../questionnaire/survey.ts';
import { type Counted, placeCount } from '../../results/crosstab.ts';
import { columnOf, type Snapshot } from '../../results/snapshot.ts';
import type { Family, Item } from '../../results/tables.ts';
import { sumWeights } from '../../results/weighted.ts';
import { precisionOf, weightsOf } from '../../results/weights.ts';
import { withoutPipes } from '../pipes.ts';
import type { Policy } from '../policy.ts';
import { netsOf } from './describe-table.ts';
import type { ProtectedTables, RowFigures, ShownGroup } from './protected-tables.ts';
import { type Context, placesIn } from './protection/counts.ts';
import type { LaidTable } from './protection/layout.ts';
import { findStep, type Spread, weightedPercent } from './weighted-percent.ts';

/**
 * The tables with weighted percentages, where the survey declares a population; else the tables themselves. What is
 * hidden was decided by counts of people, and what is hidden stays so.
 *
 * A weighted percentage beside its count tells what those behind it weigh together, and so how many of them are of each
 * kind: how many small organisations are among five, say. `weightedPercent` rounds that away, and where the coarsest
 * rounding does not there is no percentage. How sure figures are is told by one design effect, that of all answers: a
 * group's own would tell who is in it.
 * @param tables what may leave
 * @param laid the same tables as they were laid out
 * @throws NotWeightable
 */
export function weightTables(
  tables: ProtectedTables,
  laid: readonly LaidTable[],
  { family, snapshot }: { readonly family: Family; readonly snapshot: Snapshot },
  { width }: Policy,
): ProtectedTables {
  const { weighting: declared } = family.survey.file;
  const weights = weightsOf(family.survey, snapshot);
  if (!declared || !weights) return tables;
  const precision = precisionOf(weights);
  const designEffect = Math.round(precision.designEffect * 10) / 10;
  const sorted = weights.slice().sort();
  const weighing: Weighing = {
    sums: sumsOf(snapshot, weights),
    designEffect,
    spread: { least: sorted[0] ?? 1, most: sorted.at(-1) ?? 1, open: width },
  };
  return {
    ...tables,
    weighting: {
      source: withoutPipes(declared.source),
      ...(declared.population !== undefined && { population: declared.population }),
      by: declared.margins.map(({ by }) => {
        const variable = snapshot.variables.find(({ name }) => name === by.toLowerCase());
        return withoutPipes(variable?.label ?? by);
      }),
      designEffect,
      effectiveBase: Math.round(tables.responses / designEffect),
    },
    tables: tables.tables.map((table) => {
      const own = laid.find((each) => each.table.name === table.name);
      if (!own) return table;
      const weigh = (group: ShownGroup, context: Context | undefined) => weighGroup(weighing, own, group, context);
      return {
        ...table,
        ...(table.overall && { overall: weigh(table.overall, undefined) }),
        views: table.views.map((view) => ({
          ...view,
          groups: view.groups.map((group) => weigh(group, contextOf(family, own, view.segment, group))),
        })),
      };
    }),
  };
}

interface Weighing {
  /** What those weigh together who gave each answer of a variable, by its code, among the people of a context. */
  sums(variable: string, context: Context | undefined): ReadonlyMap<string, number>;
  readonly designEffect: number;
  readonly spread: Spread;
}

function sumsOf(snapshot: Snapshot, weights: Float64Array): Weighing['sums'] {
  const known = new Map<string, Float64Array>();
  const countedBy = (name: string): Counted | undefined => {
    const variable = snapshot.variables.find((each) => each.name === name);
    return variable && { variable, column: columnOf(snapshot, name) };
  };
  return (name, context) => {
    const own = countedBy(name);
    if (!own) throw new Error(`the snapshot has no variable "${name}"`);
    const by = context && countedBy(context.variable.name);
    const key = `${name} ${by?.variable.name ?? ''}`;
    const sums = known.get(key) ?? sumWeights(own, by, weights);
    known.set(key, sums);
    const width = by ? placeCount(by.variable) : 1;
    const columns = context ? placesIn(context) : [0];
    return new Map(
      own.variable.categories.map(({ code }, row) => [
        code,
        columns.reduce((total, column) => total + (sums[row * width + column] ?? 0), 0),
      ]),
    );
  };
}

function contextOf(family: Family, { views }: LaidTable, name: string, { code }: ShownGroup): Context | undefined {
  const segment = family.segments.findIndex((each) => each.name === name);
  const variable = family.segments[segment];
  const group = views[segment]?.find((each) => each.code === code);
  if (!variable || !group) throw new Error(`the tables show a group "${code}" of "${name}" that was not laid out`);
  return { segment, variable, values: group.values };
}

function weighGroup(weighing: Weighing, laid: LaidTable, group: ShownGroup, context: Context | undefined): ShownGroup {
  return { ...group, rows: group.rows.map((row, index) => weighRow(weighing, laid, row, index, context)) };
}

function weighRow(
  weighing: Weighing,
  { table, items }: LaidTable,
  row: RowFigures,
  index: number,
  context: Context | undefined,
): RowFigures {
  const item = items[table.kind === 'list' ? 0 : index];
  const { base } = row;
  if (base === null || !item) return row;
  const weightOf = ({ variable }: Item, code: string) => {
    const sums = weighing.sums(variable.name, context);
    // Answers that are taken together weigh what they weigh each.
    const codes = sums.has(code) ? [code] : (collapses.find((each) => each.code === code)?.options ?? []);
    return codes.reduce((total, each) => total + (sums.get(each) ?? 0), 0);
  };
  const collapses = table.question ? collapsesOf(table.question) : [];
  const baseWeight = [...weighing.sums(item.variable.name, context).values()].reduce((sum, weight) => sum + weight, 0);
  const step = findStep(baseWeight, weighing.spread);
  const percent = (n: number | null | undefined, weight: number) =>
    typeof n !== 'number' || step === undefined
      ? null
      : weightedPercent({ n, weight, base, baseWeight }, weighing.spread, step);
  const nets =
    table.kind === 'list'
      ? table.nets.map((net) => net.item)
      : netsOf(table).map(({ of }) => of.find((net) => net.row === undefined || net.row === item.variable.name)?.item);
  const options =
    table.kind === 'list'
      ? table.items.map((each) => weightOf(each, 'yes'))
      : item.variable.categories.map(({ code }) => weightOf(item, code));
  return {
    ...row,
    weighted: {
      effectiveBase: Math.round(base / weighing.designEffect),
      ...(step !== undefined && { step }),
      counts: options.map((weight, place) => percent(row.counts[place], weight)),
      nets: nets.map((net, place) => percent(row.nets[place], net ? weightOf(net, 'yes') : 0)),
    },
  };
}
