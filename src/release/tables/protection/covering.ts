/** What to hide next, so that a number which must stay uncertain is. */
import type { Policy } from '../../policy.ts';
import { type Bounds, membersOf } from './bounds.ts';
import type { Fact, Facts, Part, Relation } from './facts.ts';

/** A zero is hidden only where it closes a ring. */
const ZERO = 100;
/** What hiding a figure weighs that was printed earlier. */
const STANDING = 3;
/** What is unknown but held itself may have to be loosened as well. */
const HELD = 10;
/** A relation in which nothing else can be hidden. */
const DEAD_END = 1e5;
/** How many candidates are tried, the cheapest first. */
const TRIALS = 16;
/** How many steps from the exposed fact the cheapest figure is looked for, before the search takes what it finds. */
const NEAR = 1;

/** A fact with the other side of its yes and no: hidden and shown together. */
export function withTwin({ id, twin }: Fact): number[] {
  return twin === undefined ? [id] : [id, twin];
}

interface Candidate {
  readonly fact: Fact;
  readonly cost: number;
  /** The relation it was found in. */
  readonly through: number;
}

export class Covering {
  readonly #facts: Facts;
  readonly #bounds: Bounds;
  readonly #policy: Policy;

  constructor(facts: Facts, bounds: Bounds, policy: Policy) {
    this.#facts = facts;
    this.#bounds = bounds;
    this.#policy = policy;
  }

  /** How much wider a fact's range would have to be. */
  lackingAt(id: number): number {
    const { low, high } = this.#bounds.of(id);
    return Math.max(this.#policy.width - (high - low), this.#policy.cell - high);
  }

  /**
   * The cheapest figure of a part that frees the exposed fact when it is hidden; or else that loosens it, or else that
   * takes least to follow up. Looked for in the relations that hold the exposed fact and what is unknown beside it;
   * further off only where these have no figure of the part.
   * @param standing the same table overall, if its figures may go as well
   */
  choose(exposed: Fact, part: Part, standing: Part | undefined): Fact | undefined {
    const costOf = (id: number) =>
      part.cells.get(id) ?? (standing?.cells.get(id) ?? Number.POSITIVE_INFINITY) * STANDING;
    const found = this.#candidates(exposed, costOf);
    const lacking = this.lackingAt(exposed.id);
    const tried = found
      .sort((one, other) => one.cost - other.cost)
      .slice(0, TRIALS)
      .map((candidate) => ({ ...candidate, left: this.#lackingWithout(candidate.fact, exposed) }));
    const frees = tried.find(({ left }) => left <= 0) ?? tried.find(({ left }) => left < lacking);
    if (frees) return frees.fact;
    const followUp = ({ fact, cost, through }: Candidate) => cost + this.#consequence(fact, through, exposed, costOf);
    return found
      .map((candidate) => ({ ...candidate, whole: followUp(candidate) }))
      .sort((one, other) => one.whole - other.whole)[0]?.fact;
  }

  #candidates(exposed: Fact, costOf: (id: number) => number): Candidate[] {
    const found: Candidate[] = [];
    const through = new Set<number>();
    const reached = new Map([[exposed.id, 0]]);
    for (const [id, steps] of reached) {
      if (found.length > 0 && steps > NEAR) break;
      for (const index of this.#bounds.relationsOf(id)) {
        const relation = this.#facts.relations[index];
        if (!relation || through.has(index) || !this.#isBinding(relation, id)) continue;
        through.add(index);
        for (const other of membersOf(relation)) {
          const fact = this.#facts.facts[other];
          if (!fact || reached.has(other) || found.some((each) => each.fact === fact)) continue;
          if (!this.#bounds.isShown(other)) reached.set(other, steps + 1);
          else if (Number.isFinite(costOf(other)))
            found.push({ fact, cost: penaltyOf(fact, costOf(other)), through: index });
        }
      }
    }
    return found;
  }

  /** What would still be lacking at the exposed fact if this one were hidden. */
  #lackingWithout(fact: Fact, exposed: Fact): number {
    const shown = withTwin(fact).filter((id) => this.#bounds.isShown(id));
    this.#bounds.hide(shown);
    const left = this.lackingAt(exposed.id);
    this.#bounds.show(shown);
    return left;
  }

  /**
   * What hiding a fact would drag along: in every other relation of which it would be the only unknown, one more has to
   * go. Looking one step ahead prefers figures that close a ring with what is hidden already.
   */
  #consequence({ id, twin }: Fact, except: number, exposed: Fact, costOf: (id: number) => number): number {
    let sum = 0;
    for (const index of this.#bounds.relationsOf(id)) {
      if (index === except) continue;
      let cheapest = DEAD_END;
      for (const other of membersOf(this.#facts.relations[index])) {
        const fact = this.#facts.facts[other];
        if (!fact || other === id) continue;
        if (other === twin || fact === exposed) cheapest = 0;
        else if (this.#bounds.isShown(other)) cheapest = Math.min(cheapest, penaltyOf(fact, costOf(other)));
        else cheapest = Math.min(cheapest, this.lackingAt(other) > 0 ? HELD : 0);
        if (cheapest === 0) break;
      }
      sum += cheapest;
    }
    return sum;
  }

  /** Whether the relation sets one of the ends of the fact's range. */
  #isBinding(relation: Relation, id: number): boolean {
    const implied = this.#bounds.implied(relation, id);
    const { low, high } = this.#bounds.of(id);
    return implied.high <= high || (implied.low > 0 && implied.low >= low);
  }
}

/** A zero covers nothing by itself. */
function penaltyOf({ value }: Fact, cost: number): number {
  return value === 0 ? cost + ZERO : cost;
}
