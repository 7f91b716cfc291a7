/** Ways to fill in the unknown numbers of a neighbourhood, and what they leave open to whom. */
import type { Highs } from 'highs';
import type { Policy } from '../../policy.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import type { Profile } from './profiles.ts';
import { type Filling, Program } from './program.ts';

/** The solver's own tolerance is a tenth of this. */
const TOLERANCE = 1e-6;

/** So often numbers that are still closed are tried together. */
const TOGETHER = 4;

/** What somebody finds a number to be at least and at most. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Finds one way after the other; each serves every reader whose own answers it does not contradict. */
export class Fillings {
  readonly #program: Program;
  readonly #policy: Policy;
  /** The true numbers are one way, and nobody's own answers contradict them. */
  readonly #found: Filling[];
  /** For each reader, which of those so far are possible for them. */
  readonly #fits = new Map<Profile, { looked: number; readonly fitting: Filling[] }>();

  /** @param reach how far from what it is each number may go */
  constructor(near: Neighbourhood, solver: Highs, policy: Policy, reach: number) {
    this.#program = new Program(near, solver, reach);
    this.#policy = policy;
    this.#found = [near.unknown.map(({ value }) => value)];
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
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (const filling of this.#fitting(profile)) {
      const value = filling[column] ?? 0;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return { low, high };
  }

  /** The ways that a reader's own answers do not contradict. */
  #fitting(profile: Profile): readonly Filling[] {
    let known = this.#fits.get(profile);
    if (!known) {
      known = { looked: 0, fitting: [] };
      this.#fits.set(profile, known);
    }
    for (const filling of this.#found.slice(known.looked)) if (fits(filling, profile)) known.fitting.push(filling);
    known.looked = this.#found.length;
    return known.fitting;
  }

  /** Whether those with this profile leave a number open: what they know to be their own is taken off it. */
  isOpenAlready(column: number, profile: Profile): boolean {
    const { low, high } = this.rangeOf(column, profile);
    const own = profile.amounts[profile.columns.indexOf(column)] ?? 0;
    const { width, cell } = this.#policy;
    return high - low >= width - TOLERANCE && high - own >= cell - TOLERANCE;
  }

  /** Looks for ways that open many columns at once: one program then says as much as hundreds. */
  openTogether(columns: readonly number[], profile: Profile): void {
    this.#program.setFloors(profile);
    for (let round = 0; round < TOGETHER; round++) {
      for (const sense of [-1, 1] as const) {
        const closed = columns.filter((column) => !this.isOpenAlready(column, profile));
        const filling = closed.length > 0 && this.#program.solve(closed, sense);
        if (!filling) return;
        this.#found.push(filling);
      }
    }
  }

  /** The same, and looks for the highest and the lowest number while they are not far enough apart. */
  isOpen(column: number, profile: Profile): boolean {
    if (this.isOpenAlready(column, profile)) return true;
    this.#program.setFloors(profile);
    for (const sense of [-1, 1] as const) {
      const filling = this.#program.solve([column], sense);
      if (filling) this.#found.push(filling);
      if (this.isOpenAlready(column, profile)) return true;
    }
    return false;
  }
}

function fits(filling: Filling, { columns, amounts }: Profile): boolean {
  for (let index = 0; index < columns.length; index++) {
    if ((filling[columns[index] ?? 0] ?? 0) < (amounts[index] ?? 0) - TOLERANCE) return false;
  }
  return true;
}
