/** Ways to fill in the unknown numbers of a neighbourhood, and what they leave open to whom. */
import type { Highs } from 'highs';
import type { Policy } from '../../policy.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { type Profile, together } from './profiles.ts';
import { type Filling, Program } from './program.ts';

/** The solver's own tolerance is a tenth of this. */
const TOLERANCE = 1e-6;

/** So often numbers that are still closed are tried together. */
const TOGETHER = 4;

/** Towards the highest, and its opposite; and the other way round. */
const UP = [-1, 1] as const;
const DOWN = [1, -1] as const;

/** What somebody finds a number to be at least and at most. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What one reader finds of every column over the ways so far. */
interface Findings {
  /** So many of the ways have been looked at. */
  looked: number;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** How much of a column they are themselves. */
  readonly own: ReadonlyMap<number, number>;
}

/** Finds one way after the other; each serves every reader whose own answers it does not contradict. */
export class Fillings {
  readonly #program: Program;
  readonly #solver: Highs;
  readonly #policy: Policy;
  readonly #reach: number;
  readonly #columns: number;
  /** The true numbers are one way, and nobody's own answers contradict them. */
  readonly #found: Filling[];
  readonly #findings = new Map<Profile, Findings>();

  /** @param reach how far from what it is each number may go */
  constructor(near: Neighbourhood, solver: Highs, policy: Policy, reach: number) {
    this.#program = new Program(near, solver, reach);
    this.#solver = solver;
    this.#policy = policy;
    this.#reach = reach;
    this.#columns = near.unknown.length;
    this.#found = [near.unknown.map(({ value }) => value)];
  }

  /** The ways found so far in a neighbourhood that holds this one's columns first, and others that are left as they are. */
  widened(near: Neighbourhood): Fillings {
    const wider = new Fillings(near, this.#solver, this.#policy, this.#reach);
    for (const filling of this.#found.slice(1)) {
      wider.#found.push(near.unknown.map(({ value }, column) => filling[column] ?? value));
    }
    return wider;
  }

  /** How many programs were solved. */
  get programs(): number {
    return this.#program.runs;
  }

  dispose(): void {
    this.#program.dispose();
  }

  /** The range of a column over what was found so far, for a reader with these answers. */
  rangeOf(column: number, profile: Profile): Range {
    const { low, high } = this.#findingsOf(profile);
    return { low: low[column] ?? 0, high: high[column] ?? 0 };
  }

  #findingsOf(profile: Profile): Findings {
    let findings = this.#findings.get(profile);
    if (!findings) {
      findings = {
        looked: 0,
        low: new Float64Array(this.#columns).fill(Number.POSITIVE_INFINITY),
        high: new Float64Array(this.#columns),
        own: new Map(profile.columns.map((column, index) => [column, profile.amounts[index] ?? 0])),
      };
      this.#findings.set(profile, findings);
    }
    for (const filling of this.#found.slice(findings.looked)) if (fits(filling, profile)) widen(findings, filling);
    findings.looked = this.#found.length;
    return findings;
  }

  /** Whether those with this profile leave a number open: what they know to be their own is taken off it. */
  isOpenAlready(column: number, profile: Profile): boolean {
    const { low, high, own } = this.#findingsOf(profile);
    const { width, cell } = this.#policy;
    const most = high[column] ?? 0;
    return most - (low[column] ?? 0) >= width - TOLERANCE && most - (own.get(column) ?? 0) >= cell - TOLERANCE;
  }

  /**
   * Looks for ways that open many columns at once: one program then says as much as hundreds. Numbers that add up to a
   * known one cannot all go up or down, so that from the second time on some are pushed up and others down.
   */
  openTogether(columns: readonly number[], profile: Profile): void {
    this.#program.setFloors(profile);
    for (let round = 0; round < TOGETHER; round++) {
      for (const [sense, opposite] of [UP, DOWN]) {
        const closed = columns.filter((column) => !this.isOpenAlready(column, profile));
        if (closed.length === 0) return;
        const filling = this.#program.solve(closed, (column) => (isTurned(column, round) ? opposite : sense));
        if (!filling) return;
        this.#found.push(filling);
      }
    }
  }

  /** The same, and looks for the highest and the lowest number while they are not far enough apart. */
  isOpen(column: number, profile: Profile): boolean {
    if (this.isOpenAlready(column, profile)) return true;
    this.#program.setFloors(profile);
    for (const [sense] of [UP, DOWN]) {
      const filling = this.#program.solve([column], () => sense);
      if (filling) this.#found.push(filling);
      if (this.isOpenAlready(column, profile)) return true;
    }
    return false;
  }

  /** The numbers outside of the neighbourhood that close a column to somebody, by their id: see `Program`. */
  holding(column: number, profile: Profile): Set<number> {
    this.#program.setFloors(profile);
    return new Set([UP, DOWN].flatMap(([sense]) => this.#program.holding(column, sense)));
  }

  /**
   * Which columns were not found open to everyone of these. Readers are taken together, and apart only for what is
   * closed to them then: what some dozens leave open who know what all of them know, each leaves open.
   */
  closedTo(profiles: readonly Profile[], columns: readonly number[]): number[] {
    const all = together(profiles);
    this.openTogether(columns, all);
    const closed = columns.filter((column) => !this.isOpenAlready(column, all));
    if (closed.length === 0 || profiles.length === 1) return closed;
    const [some, others] = halves(profiles);
    const closedToSome = this.closedTo(some, closed);
    const left = closed.filter((column) => !closedToSome.includes(column));
    return left.length === 0 ? closedToSome : [...closedToSome, ...this.closedTo(others, left)];
  }

  /** Somebody of these to whom a column is closed, or nobody. */
  findKnowing(profiles: readonly Profile[], column: number): Profile | undefined {
    const all = together(profiles);
    if (this.isOpen(column, all)) return undefined;
    if (profiles.length === 1) return all;
    const [some, others] = halves(profiles);
    return this.findKnowing(some, column) ?? this.findKnowing(others, column);
  }
}

function halves<T>(list: readonly T[]): [T[], T[]] {
  const half = list.length >> 1;
  return [list.slice(0, half), list.slice(half)];
}

function widen({ low, high }: Findings, filling: Filling): void {
  for (let column = 0; column < low.length; column++) {
    const value = filling[column] ?? 0;
    if (value < (low[column] ?? 0)) low[column] = value;
    if (value > (high[column] ?? 0)) high[column] = value;
  }
}

/** Half of the columns, in each round another half; none in the first. By multiplicative hashing (Knuth, TAOCP 3, 6.4). */
function isTurned(column: number, round: number): boolean {
  return round > 0 && Math.imul(column + 1, Math.imul(0x9e3779b1, 2 * round + 1)) < 0;
}

function fits(filling: Filling, { columns, amounts }: Profile): boolean {
  for (let index = 0; index < columns.length; index++) {
    if ((filling[columns[index] ?? 0] ?? 0) < (amounts[index] ?? 0) - TOLERANCE) return false;
  }
  return true;
}
