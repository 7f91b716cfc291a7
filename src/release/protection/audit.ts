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
import type { Policy } from '../policy.ts';
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

/** Enough for any count: what is open is open long before. */
const FAR = 1e6;

/**
 * How far around a number is looked before it is called exposed: most need a few dozen unknowns only, and nothing is
 * gained by thousands. What would be found open only further off is covered more than it had to be.
 */
const LOOKS: readonly Look[] = [
  { limit: 40, across: false },
  { limit: 250, across: false },
  { limit: 1500, across: true },
];

/** Audits again and again while figures are hidden: what has passed stays passed, as hiding more only opens more. */
export class Audit {
  readonly #facts: Facts;
  readonly #policy: Policy;
  readonly #solver: Highs;
  readonly #contributions: readonly Contributions[];
  readonly #passed = new Set<number>();

  /** @param contributions whose own answers are known; with none, the reader is nobody of those who answered */
  constructor(facts: Facts, policy: Policy, solver: Highs, contributions: readonly Contributions[] = []) {
    this.#facts = facts;
    this.#policy = policy;
    this.#solver = solver;
    this.#contributions = contributions;
  }

  /** @param risks the numbers that must stay uncertain @param isShown whether a fact is published */
  findExposed(risks: readonly Fact[], isShown: (id: number) => boolean): Exposed[] {
    const wanted = new Set(risks);
    return risks.flatMap((fact) => (this.#passed.has(fact.id) ? [] : (this.#audit(fact, wanted, isShown) ?? [])));
  }

  #audit(fact: Fact, risks: ReadonlySet<Fact>, isShown: (id: number) => boolean): Exposed | undefined {
    let range: Range | undefined;
    for (const look of LOOKS) {
      const across = look.across || fact.change;
      const near = neighbourhoodOf(this.#facts, fact.id, isShown, { ...look, across });
      const last = near.whole || look === LOOKS.at(-1);
      for (const reach of last ? [this.#nearby, FAR] : [this.#nearby]) {
        range = this.#narrowest(near, reach, fact, risks);
        if (!range) return undefined;
      }
      if (last) break;
    }
    return range && { fact, ...range };
  }

  /** Small steps leave the other numbers as they are, so that one way to fill them in serves many readers. */
  get #nearby(): number {
    return 2 * this.#policy.width + 2;
  }

  /** @returns the range that some reader finds too narrow; undefined if nobody does, and then the fact has passed */
  #narrowest(near: Neighbourhood, reach: number, fact: Fact, risks: ReadonlySet<Fact>): Range | undefined {
    const fillings = new Fillings(near, this.#solver, this.#policy, reach);
    try {
      const column = near.columns.get(fact.id) ?? 0;
      const everybody = everybodyIn(near, this.#contributions);
      if (!fillings.isOpen(column, everybody)) {
        const profiles = profilesIn(near, this.#contributions);
        const knowing = profiles.find((each) => !fillings.isOpen(column, each));
        if (knowing) return fillings.rangeOf(column, knowing);
      }
      this.#passed.add(fact.id);
      for (const [other, each] of near.unknown.entries()) {
        if (risks.has(each) && fillings.isOpenAlready(other, everybody)) this.#passed.add(each.id);
      }
      return undefined;
    } finally {
      fillings.dispose();
    }
  }
}
