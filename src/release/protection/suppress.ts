/** Which numbers are hidden: those that would give somebody away, and those that would tell them. */
import type { Policy } from '../policy.ts';
import { Bounds, membersOf } from './bounds.ts';
import type { Fact, Facts, Part, Relation } from './facts.ts';

export interface Suppression {
  isShown(fact: Fact): boolean;
  /** Parts that could not be protected and are not printed at all. */
  readonly dropped: ReadonlySet<Part>;
}

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

/**
 * Prints the parts one after the other, the most important first, and protects each with what is out already: its
 * primary facts are hidden, and more of its figures, the cheapest first, until what a reader can work out about every
 * primary fact so far leaves at least `width` open and reaches `cell`. What was printed before stays as it is, so that
 * the overall figures never pay for a small group; only the table's own overall figure may go, where that costs the
 * reader less. A part that cannot be protected in this way is dropped (rule T7).
 *
 * What this does not prove: `Bounds` narrows relation by relation. A primary fact could still be pinned down by
 * relations that only say something together, by respondents who know their own answers, or by an earlier release.
 */
export function suppress(facts: Facts, parts: readonly Part[], policy: Policy): Suppression {
  const bounds = new Bounds(facts, [...new Set(parts.flatMap(idsOf))]);
  const printed = new Set<number>();
  const dropped = new Set<Part>();
  const primary: Fact[] = [];
  const covering = new Covering(facts, bounds, policy);
  for (const part of parts) {
    const overall = parts.find(({ table, segment }) => table === part.table && segment === undefined);
    if (overall && dropped.has(overall)) {
      dropped.add(part);
      continue;
    }
    const fresh = idsOf(part).filter((id) => !printed.has(id));
    const small = fresh.flatMap((id) => facts.facts[id] ?? []).filter((fact) => fact.primary);
    const hidden = new Set(small.flatMap(withTwin));
    bounds.print(
      fresh,
      fresh.filter((id) => !hidden.has(id)),
    );
    for (const id of fresh) printed.add(id);
    const risks = [...small, ...part.told.flatMap((id) => facts.facts[id] ?? []).filter((fact) => fact.primary)];
    primary.push(...risks);
    const covers: Fact[] = [];
    for (;;) {
      const exposed = primary.find(({ id }) => covering.lackingAt(id) > 0);
      if (!exposed) break;
      const cover = covering.choose(exposed, part, part.segment === 0 ? overall : undefined);
      if (!cover) {
        bounds.retract(fresh);
        for (const id of fresh) printed.delete(id);
        primary.splice(primary.length - risks.length);
        dropped.add(part);
        covers.length = 0;
        break;
      }
      bounds.hide(withTwin(cover));
      covers.push(cover);
    }
    // Later covers can make earlier ones needless: what the reader can have back is given back, the dearest first.
    for (const cover of covers.sort((one, other) => costIn(part, other) - costIn(part, one))) {
      bounds.show(withTwin(cover));
      if (primary.some(({ id }) => covering.lackingAt(id) > 0)) bounds.hide(withTwin(cover));
    }
  }
  return { isShown: ({ id }) => bounds.isShown(id), dropped };
}

function costIn({ cells }: Part, { id }: Fact): number {
  return cells.get(id) ?? Number.POSITIVE_INFINITY;
}

function idsOf({ bases, cells }: Part): number[] {
  return [...new Set([...bases, ...cells.keys()])];
}

function withTwin({ id, twin }: Fact): number[] {
  return twin === undefined ? [id] : [id, twin];
}

interface Candidate {
  readonly fact: Fact;
  readonly cost: number;
  /** The relation it was found in. */
  readonly through: number;
}

/** Looks for what to hide next. */
class Covering {
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
