/**
 * The audit (rule T8): what a reader can work out about each number that must stay uncertain, when every published
 * figure and every sum that holds is put to a linear program. It finds what follows from many sums taken together, which
 * going from sum to sum (`bounds.ts`) does not.
 *
 * Method: Fischetti & Salazar, "Solving the cell suppression problem on tabular data with linear constraints",
 * Management Science 47 (2001), the attacker's two programs for each cell, here by HiGHS.
 */
import type { Highs, Model } from 'highs';
import type { Policy } from '../policy.ts';
import type { Fact, Facts } from './facts.ts';

/** A number that can be worked out too closely, with what a reader finds it to be at least and at most. */
export interface Exposed {
  readonly fact: Fact;
  readonly low: number;
  readonly high: number;
}

/** The solver's own tolerance is a tenth of this. */
const TOLERANCE = 1e-6;

/** Unknown numbers that hang together by sums, and by nothing to any other. */
interface Component {
  /** Ids, each a column of the program. */
  readonly unknown: readonly number[];
  readonly rows: readonly Row[];
}

/** A sum over unknown numbers, with what is known taken to the other side. */
interface Row {
  readonly weights: ReadonlyMap<number, number>;
  readonly total: number;
}

/** Audits again and again while figures are hidden: what has passed and has not changed is not looked at again. */
export class Audit {
  readonly #facts: Facts;
  readonly #policy: Policy;
  readonly #solver: Highs;
  readonly #passed = new Set<string>();

  constructor(facts: Facts, policy: Policy, solver: Highs) {
    this.#facts = facts;
    this.#policy = policy;
    this.#solver = solver;
  }

  /** @param risks the numbers that must stay uncertain @param isShown whether a fact is published */
  findExposed(risks: readonly Fact[], isShown: (id: number) => boolean): Exposed[] {
    const wanted = new Set(risks);
    return componentsOf(this.#facts, isShown).flatMap((component) => {
      const own = component.unknown.flatMap((id) => this.#facts.facts[id] ?? []).filter((fact) => wanted.has(fact));
      const key = component.unknown.join();
      if (own.length === 0 || this.#passed.has(key)) return [];
      const exposed = this.#audit(component, own);
      if (exposed.length === 0) this.#passed.add(key);
      return exposed;
    });
  }

  #audit(component: Component, risks: readonly Fact[]): Exposed[] {
    const columns = new Map(component.unknown.map((id, column) => [id, column]));
    const model = this.#solver.createModel();
    try {
      model.options.set('output_flag', false);
      model.passModel(programOf(component, columns, this.#solver.infinity));
      // The true numbers are one way to fill the program; every solution found on the way serves all the others.
      const found = new Map(risks.map((fact) => [fact, { low: fact.value, high: fact.value }]));
      for (const fact of risks) {
        for (const sense of [-1, 1]) {
          if (this.#isOpen(found.get(fact))) break;
          const values = solve(model, columns.get(fact.id) ?? 0, sense);
          for (const [each, range] of found) {
            const value = values[columns.get(each.id) ?? 0] ?? each.value;
            range.low = Math.min(range.low, value);
            range.high = Math.max(range.high, value);
          }
        }
      }
      return [...found].flatMap(([fact, range]) => (this.#isOpen(range) ? [] : [{ fact, ...range }]));
    } finally {
      model.dispose();
    }
  }

  #isOpen(range: { low: number; high: number } | undefined): boolean {
    if (!range) return false;
    const { width, cell } = this.#policy;
    return range.high - range.low >= width - TOLERANCE && range.high >= cell - TOLERANCE;
  }
}

/** The most (-1) or the least (1) that one column can be; leaves the program as it was. @returns all columns there */
function solve(model: Model, column: number, sense: number): Float64Array {
  model.changeColCost(column, sense);
  model.run();
  const { colValue } = model.getSolution();
  model.changeColCost(column, 0);
  return colValue;
}

function programOf({ unknown, rows }: Component, columns: ReadonlyMap<number, number>, infinity: number) {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { weights } of rows) {
    for (const [id, weight] of weights) {
      indices.push(columns.get(id) ?? 0);
      values.push(weight);
    }
    starts.push(indices.length);
  }
  const totals = rows.map(({ total }) => total);
  const size = { numCols: unknown.length, numRows: rows.length };
  return {
    ...size,
    colCost: unknown.map(() => 0),
    colLower: unknown.map(() => 0),
    colUpper: unknown.map(() => infinity),
    rowLower: totals,
    rowUpper: totals,
    matrix: { ...size, format: 'csr' as const, starts, indices, values },
  };
}

/** The unknown numbers, as the sums fall apart once what is shown is filled in. */
function componentsOf({ facts, relations }: Facts, isShown: (id: number) => boolean): Component[] {
  const root = facts.map(({ id }) => id);
  const rootOf = (id: number): number => {
    let at = id;
    while (root[at] !== at) {
      root[at] = root[root[at] ?? at] ?? at;
      at = root[at] ?? at;
    }
    return at;
  };
  const rows: Row[] = [];
  for (const { total, parts } of relations) {
    const weights = new Map<number, number>();
    let known = 0;
    const add = (id: number, weight: number) => {
      if (isShown(id)) known += weight * (facts[id]?.value ?? 0);
      else weights.set(id, (weights.get(id) ?? 0) + weight);
    };
    add(total, 1);
    for (const part of parts) add(part, -1);
    for (const [id, weight] of weights) if (weight === 0) weights.delete(id);
    const [first] = weights.keys();
    if (first === undefined) continue;
    rows.push({ weights, total: -known });
    for (const id of weights.keys()) root[rootOf(id)] = rootOf(first);
  }
  const components = new Map<number, { unknown: Set<number>; rows: Row[] }>();
  for (const row of rows) {
    const [first = 0] = row.weights.keys();
    const component = components.get(rootOf(first)) ?? { unknown: new Set(), rows: [] };
    for (const id of row.weights.keys()) component.unknown.add(id);
    component.rows.push(row);
    components.set(rootOf(first), component);
  }
  return [...components.values()].map(({ unknown, rows: own }) => ({ unknown: [...unknown], rows: own }));
}
