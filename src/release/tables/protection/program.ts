/** The linear program over a neighbourhood: the least and the most that one of its numbers can be. */
import type { Highs, Model } from 'highs';
import type { Neighbourhood } from './neighbourhood.ts';
import type { Profile } from './profiles.ts';

const OPTIMAL = 7;
/** Less than this of a reduced cost is nothing. */
const EPSILON = 1e-7;

/** One way to fill in all columns that keeps every sum. */
export type Filling = ArrayLike<number>;

export class Program {
  readonly #near: Neighbourhood;
  readonly #model: Model;
  readonly #reach: number;
  #runs = 0;

  /** @param reach how far from what it is each number may go */
  constructor(near: Neighbourhood, solver: Highs, reach: number) {
    this.#near = near;
    this.#reach = reach;
    this.#model = solver.createModel();
    this.#model.options.set('output_flag', false);
    // The primal simplex goes on from the last way to fill in: only the costs change, so that one stays possible.
    this.#model.options.set('simplex_strategy', 4);
    this.#model.passModel(dataOf(near));
  }

  get runs(): number {
    return this.#runs;
  }

  /** The program is memory of the solver's, which nobody else gives back. */
  dispose(): void {
    this.#model.dispose();
  }

  /** No column may go under what a reader knows of it. */
  setFloors({ columns, amounts }: Profile): void {
    const { unknown } = this.#near;
    const lower = unknown.map(({ value }) => Math.max(0, value - this.#reach));
    for (const [index, column] of columns.entries()) {
      lower[column] = Math.max(lower[column] ?? 0, amounts[index] ?? 0);
    }
    const upper = unknown.map(({ value }) => value + this.#reach);
    this.#model.changeColsBounds({ kind: 'range', from: 0, to: unknown.length - 1 }, lower, upper);
  }

  /** @returns how the solver fills the columns where these are together highest (-1) or lowest (1), each in its own sense; undefined if it finds no way */
  solve(columns: readonly number[], senseOf: (column: number) => 1 | -1): Filling | undefined {
    for (const column of columns) this.#model.changeColCost(column, senseOf(column));
    this.#runs++;
    const { modelStatus } = this.#model.run();
    const filling = modelStatus === OPTIMAL ? this.#model.getSolution().colValue : undefined;
    for (const column of columns) this.#model.changeColCost(column, 0);
    return filling;
  }

  /**
   * What holds a column, known or held: were one of these free, it could go further than it can, as far as one sees from
   * here (column generation, by their reduced costs). What is not among them does not matter.
   * @returns their ids, those that hold it most first
   */
  holding(column: number, sense: 1 | -1): number[] {
    this.#model.changeColCost(column, sense);
    this.#runs++;
    this.#model.run();
    const { rowDual } = this.#model.getSolution();
    this.#model.changeColCost(column, 0);
    const costs = new Map<number, number>();
    for (const [index, { others }] of this.#near.rows.entries()) {
      const dual = rowDual[index] ?? 0;
      for (const [id, weight] of dual === 0 ? [] : others) costs.set(id, (costs.get(id) ?? 0) - dual * weight);
    }
    const size = (id: number) => Math.abs(costs.get(id) ?? 0);
    return [...costs.keys()].filter((id) => size(id) > EPSILON).sort((one, other) => size(other) - size(one));
  }
}

function dataOf({ unknown, rows }: Neighbourhood) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { weights } of rows) {
    for (const [column, weight] of weights) {
      indices.push(column);
      values.push(weight);
    }
    starts.push(indices.length);
  }
  const totals = rows.map(({ total }) => total);
  const size = { numCols: unknown.length, numRows: rows.length };
  const own = unknown.map(({ value }) => value);
  return {
    ...size,
    colCost: unknown.map(() => 0),
    colLower: own,
    colUpper: own,
    rowLower: totals,
    rowUpper: totals,
    matrix: { ...size, format: 'csr' as const, starts, indices, values },
  };
}
