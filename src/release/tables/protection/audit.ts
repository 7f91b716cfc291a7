/**
 * The audit (rule T8): what a reader can work out about each number that must stay uncertain, when every published
 * figure and every sum that holds is put to a linear program; and what each respondent can, who knows their own answers
 * besides. It finds what follows from many sums taken together, which going from sum to sum (`bounds.ts`) does not.
 *
 * Method: Fischetti & Salazar, "Solving the cell suppression problem on tabular data with linear constraints",
 * Management Science 47 (2001), the attacker's two programs for each cell, here by HiGHS. Whoever is in a number knows
 * that it is 1 at least: their own answers are lower bounds on what is unknown, and what is looked at is the others.
 * A program begins with the numbers nearest by and lets go of those that hold them by their reduced costs (column
 * generation: Dantzig & Wolfe 1960), since everything unknown hangs together somehow.
 */
import type { Highs } from 'highs';
import type { Policy } from '../../policy.ts';
import type { Contributions } from './contributions.ts';
import { type Merged, mergeEqual } from './equal.ts';
import type { Fact, Facts } from './facts.ts';
import { Fillings } from './fillings.ts';
import { type Neighbourhood, neighbourhoodOf, widen } from './neighbourhood.ts';
import { everybodyIn, type Profile, profilesIn } from './profiles.ts';

/** A number that can be worked out too closely, with what a reader finds it to be at least and at most. */
export interface Exposed {
  readonly fact: Fact;
  readonly low: number;
  readonly high: number;
  /** The published numbers that tell it, by their ids; those that are equal together. */
  readonly telling: readonly (readonly number[])[];
}

/** So many unknown numbers around one are looked at first: most need no more. */
const CLOSE = 40;

/**
 * A number that is closed still when so many may change with it counts as exposed where something could be hidden for
 * it: it is covered more than it had to be.
 */
const FAR = 3000;

/** From so many unknown numbers on, whatever else is at risk among them is looked at with the one. */
const LARGE = 400;

/** So many times as many are looked at next. */
const WIDER = 1.6;

/** Numbers are looked at together at first, in neighbourhoods of so many. */
const SWEEP = 1000;

/** Audits again and again while figures are hidden: what has passed stays passed, as hiding more only opens more. */
export class Audit {
  readonly #merged: Merged;
  readonly #policy: Policy;
  readonly #solver: Highs;
  readonly #contributions: readonly Contributions[];
  readonly #passed = new Set<number>();
  /** What was exposed before is not looked at together with others again. */
  readonly #failed = new Set<number>();
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
    this.#merged = mergeEqual(facts);
    this.#policy = policy;
    this.#solver = solver;
    this.#contributions = contributions;
  }

  /** More was worked out than was to be: what has not passed by now is not proven, and counts as exposed. */
  get isSpent(): boolean {
    return this.#work > this.#effort;
  }

  /**
   * @param risks the numbers that must stay uncertain
   * @param isShown whether a fact is published
   * @param isOurs whether a published fact can be hidden still: an earlier release's cannot
   * @param report told how many of the risks are done
   */
  findExposed(
    risks: readonly Fact[],
    isShown: (id: number) => boolean,
    isOurs: (id: number) => boolean = () => true,
    report: (done: number, total: number) => void = () => {},
  ): Exposed[] {
    const { facts, standsFor } = this.#merged;
    // What is equal to a published number is published.
    const shown = new Map<number, number[]>();
    for (const { id } of facts.facts) {
      if (isShown(id)) shown.set(standsFor(id), [...(shown.get(standsFor(id)) ?? []), id]);
    }
    const isKnown = (id: number) => shown.has(id);
    const standing = risks.map((fact) => facts.facts[standsFor(fact.id)] ?? fact);
    const exposed = new Map<Fact, Omit<Exposed, 'fact'>>();
    for (const fact of standing) {
      const equal = shown.get(fact.id);
      if (equal) exposed.set(fact, { low: fact.value, high: fact.value, telling: [equal] });
    }
    const wanted = new Set(standing.filter((fact) => !exposed.has(fact)));
    this.#sweep([...wanted], wanted, isKnown, report);
    const canHide = (id: number) => shown.get(id)?.every(isOurs) === true;
    for (const fact of wanted) {
      if (this.isSpent) break;
      report(this.#passed.size, wanted.size);
      const found = this.#passed.has(fact.id) ? undefined : this.#audit(fact, wanted, isKnown, canHide);
      if (!found) continue;
      this.#failed.add(fact.id);
      exposed.set(fact, { ...found, telling: found.telling.flatMap((id) => [shown.get(id) ?? []]) });
    }
    return risks.flatMap((fact, index) => {
      const found = exposed.get(standing[index] ?? fact);
      return found ? [{ ...found, fact }] : [];
    });
  }

  /** Many numbers at a time. Those near the edge of what is looked at are left for another time: what is held holds them. */
  #sweep(
    risks: readonly Fact[],
    wanted: ReadonlySet<Fact>,
    isShown: (id: number) => boolean,
    report: (done: number, total: number) => void,
  ): void {
    const looked = new Set<Fact>();
    for (const risk of risks) {
      report(this.#passed.size, wanted.size);
      if (looked.has(risk) || this.#passed.has(risk.id) || this.#failed.has(risk.id) || this.isSpent) continue;
      const near = neighbourhoodOf(this.#merged.facts, risk.id, isShown, SWEEP);
      const inner = near.whole ? near.unknown.length : near.unknown.length / 2;
      const within = [...near.unknown.entries()].filter(([column, fact]) => column < inner && wanted.has(fact));
      looked.add(risk);
      for (const [, fact] of within) looked.add(fact);
      const fillings = new Fillings(near, this.#solver, this.#policy, this.#reach);
      this.#passTogether(near, fillings, within);
      this.#close(fillings, near);
    }
  }

  /** Passes those of some numbers that everyone leaves open in a neighbourhood. */
  #passTogether(near: Neighbourhood, fillings: Fillings, risks: readonly (readonly [column: number, fact: Fact])[]) {
    const left = risks.filter(([, { id }]) => !this.#passed.has(id) && !this.#failed.has(id));
    const everybody = everybodyIn(near, this.#contributions);
    fillings.openTogether(
      left.map(([column]) => column),
      everybody,
    );
    const closed = left.map(([column]) => column).filter((column) => !fillings.isOpenAlready(column, everybody));
    const known = new Set(closed.length === 0 ? [] : fillings.closedTo(profilesIn(near, this.#contributions), closed));
    for (const [column, { id }] of left) if (!known.has(column)) this.#passed.add(id);
  }

  /** What some reader finds too narrow when more and more of what holds it is let go; undefined if nobody does. */
  #audit(fact: Fact, risks: ReadonlySet<Fact>, isShown: (id: number) => boolean, canHide: (id: number) => boolean) {
    const { facts } = this.#merged;
    let near = neighbourhoodOf(facts, fact.id, isShown, CLOSE);
    let fillings = new Fillings(near, this.#solver, this.#policy, this.#reach);
    try {
      for (;;) {
        const column = near.columns.get(fact.id) ?? 0;
        const knowing = this.#findKnowing(column, near, fillings);
        if (!knowing) break;
        const holding = [...fillings.holding(column, knowing)];
        const held = holding.filter((id) => !isShown(id));
        const isFar = near.unknown.length >= FAR && holding.some(canHide);
        if (held.length === 0 || isFar || this.isSpent) {
          return { ...fillings.rangeOf(column, knowing), telling: holding.filter(isShown) };
        }
        const wider = widen(near, held, facts, isShown, WIDER * near.unknown.length);
        const before = fillings;
        fillings = before.widened(wider);
        this.#close(before, near);
        near = wider;
      }
      this.#passed.add(fact.id);
      // What it takes to find one open in a large neighbourhood is seldom found for that one alone.
      if (near.unknown.length > LARGE) {
        this.#passTogether(
          near,
          fillings,
          [...near.unknown.entries()].filter(([, each]) => risks.has(each)),
        );
      }
      return undefined;
    } finally {
      this.#close(fillings, near);
    }
  }

  /** Somebody to whom a column is closed, or nobody. */
  #findKnowing(column: number, near: Neighbourhood, fillings: Fillings): Profile | undefined {
    if (fillings.isOpen(column, everybodyIn(near, this.#contributions))) return undefined;
    return fillings.findKnowing(profilesIn(near, this.#contributions), column);
  }

  /** Small steps leave the other numbers as they are, so that one way to fill them in serves many readers. */
  get #reach(): number {
    return 2 * this.#policy.width + 2;
  }

  #close(fillings: Fillings, { unknown }: Neighbourhood): void {
    this.#work += unknown.length * (1 + fillings.programs);
    fillings.dispose();
  }
}
