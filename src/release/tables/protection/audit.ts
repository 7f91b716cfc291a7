/**
 * The audit (rule T8): what a reader can work out about each number that must stay uncertain, when every published
 * figure and every sum that holds is put to a linear program; and what each respondent can, who knows their own answers
 * besides. It finds what follows from many sums taken together, which going from sum to sum (`bounds.ts`) does not.
 *
 * Method: Fischetti & Salazar, "Solving the cell suppression problem on tabular data with linear constraints",
 * Management Science 47 (2001), the attacker's two programs for each cell, here by HiGHS. Whoever is in a number knows
 * that it is 1 at least: their own answers are lower bounds on what is unknown, and what is looked at is the others.
 */
import type { Highs } from 'highs';
import type { Policy } from '../../policy.ts';
import type { Contributions } from './contributions.ts';
import type { Fact, Facts } from './facts.ts';
import { Fillings, type Range } from './fillings.ts';
import { type Look, type Neighbourhood, neighbourhoodOf } from './neighbourhood.ts';
import { everybodyIn, profilesIn } from './profiles.ts';

/** A number that can be worked out too closely, with what a reader finds it to be at least and at most. */
export interface Exposed {
  readonly fact: Fact;
  readonly low: number;
  readonly high: number;
}

/**
 * How far around a number is looked before it is called exposed: most need a few dozen unknowns only, and nothing is
 * gained by thousands. What would be found open only further off is covered more than it had to be.
 */
const CLOSE = 250;
const LOOKS: readonly Look[] = [
  { limit: 40, across: false },
  { limit: CLOSE, across: false },
  { limit: 1500, across: true },
];

/** Numbers are looked at together at first, in neighbourhoods of so many. */
const SWEEP: Look = { limit: 1000, across: false };

/** Audits again and again while figures are hidden: what has passed stays passed, as hiding more only opens more. */
export class Audit {
  readonly #facts: Facts;
  readonly #policy: Policy;
  readonly #solver: Highs;
  readonly #contributions: readonly Contributions[];
  readonly #passed = new Set<number>();
  readonly #effort: number;
  #work = 0;

  /**
   * @param contributions whose own answers are known; with none, the reader is nobody of those who answered
   * @param effort how much may be worked out, as the unknown numbers of all programs together: see `isSpent`
   */
  constructor(
    facts: Facts,
    policy: Policy,
    solver: Highs,
    contributions: readonly Contributions[] = [],
    effort = Number.POSITIVE_INFINITY,
  ) {
    this.#effort = effort;
    this.#facts = facts;
    this.#policy = policy;
    this.#solver = solver;
    this.#contributions = contributions;
  }

  /** More was worked out than was to be: what has not passed by now is not proven, and counts as exposed. */
  get isSpent(): boolean {
    return this.#work > this.#effort;
  }

  /** @param risks the numbers that must stay uncertain @param isShown whether a fact is published */
  findExposed(risks: readonly Fact[], isShown: (id: number) => boolean): Exposed[] {
    const wanted = new Set(risks);
    this.#sweep(risks, wanted, isShown);
    const exposed: Exposed[] = [];
    for (const fact of risks) {
      if (this.isSpent) break;
      if (!this.#passed.has(fact.id)) exposed.push(...this.#audit(fact, wanted, isShown));
    }
    return exposed;
  }

  /** Many numbers at a time. Those near the edge of what is looked at are left for another time: what is held holds them. */
  #sweep(risks: readonly Fact[], wanted: ReadonlySet<Fact>, isShown: (id: number) => boolean): void {
    const looked = new Set<Fact>();
    for (const risk of risks) {
      if (looked.has(risk) || this.#passed.has(risk.id) || this.isSpent) continue;
      const near = neighbourhoodOf(this.#facts, risk.id, isShown, SWEEP);
      const inner = near.whole ? near.unknown.length : near.unknown.length / 2;
      const within = [...near.unknown.entries()].filter(([column, fact]) => column < inner && wanted.has(fact));
      looked.add(risk);
      for (const [, fact] of within) looked.add(fact);
      const columns = within.flatMap(([column, fact]) => (this.#passed.has(fact.id) ? [] : [column]));
      const fillings = new Fillings(near, this.#solver, this.#policy, this.#reach);
      const everybody = everybodyIn(near, this.#contributions);
      fillings.openTogether(columns, everybody);
      const left = columns.filter((column) => !fillings.isOpenAlready(column, everybody));
      const closed = new Set(left.length === 0 ? [] : fillings.closedTo(profilesIn(near, this.#contributions), left));
      for (const [column, fact] of within) if (!closed.has(column)) this.#passed.add(fact.id);
      this.#close(fillings, near);
    }
  }

  #audit(fact: Fact, risks: ReadonlySet<Fact>, isShown: (id: number) => boolean): Exposed[] {
    for (const look of LOOKS) {
      const near = neighbourhoodOf(this.#facts, fact.id, isShown, look);
      const range = this.#findNarrow(near, fact, risks);
      if (!range) return [];
      if (near.whole || look === LOOKS.at(-1) || (look.limit === CLOSE && this.#work > this.#effort / 2)) {
        return [{ fact, ...range }];
      }
    }
    return [];
  }

  /** Small steps leave the other numbers as they are, so that one way to fill them in serves many readers. */
  get #reach(): number {
    return 2 * this.#policy.width + 2;
  }

  /** @returns the range that some reader finds too narrow; undefined if nobody does, and then the fact has passed */
  #findNarrow(near: Neighbourhood, fact: Fact, risks: ReadonlySet<Fact>): Range | undefined {
    const fillings = new Fillings(near, this.#solver, this.#policy, this.#reach);
    try {
      const column = near.columns.get(fact.id) ?? 0;
      const everybody = everybodyIn(near, this.#contributions);
      if (!fillings.isOpen(column, everybody)) {
        const knowing = fillings.findKnowing(profilesIn(near, this.#contributions), column);
        if (knowing) return fillings.rangeOf(column, knowing);
      }
      this.#passed.add(fact.id);
      for (const [other, each] of near.unknown.entries()) {
        if (risks.has(each) && fillings.isOpenAlready(other, everybody)) this.#passed.add(each.id);
      }
      return undefined;
    } finally {
      this.#close(fillings, near);
    }
  }

  #close(fillings: Fillings, { unknown }: Neighbourhood): void {
    this.#work += unknown.length * (1 + fillings.programs);
    fillings.dispose();
  }
}
