/** What a reader can work out about the numbers that are hidden. */
import type { Facts, Relation } from './facts.ts';

/** More than any count or sum of counts; small enough that sums of it stay exact. */
const UNKNOWN = 1e10;

/** Narrowing goes on at most this often; each round can only find more, and few tables need ten. */
const ROUNDS = 60;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Which end of a range. */
const LOW = 0;
const HIGH = 1;

/**
 * The range of every fact for a reader who knows what is shown, that counts are not negative, and every relation.
 * Each relation narrows its facts until nothing changes. This finds whatever single sums give away, one after the
 * other; what follows only from several relations taken together at once, a linear program would find.
 *
 * Each end of a range remembers the relations that narrowed it. When a fact is hidden, only the ends that rest on it
 * are forgotten and worked out again, one resting on the other: everything unknown hangs together somehow, and going
 * through all of it at each step would take hours beside an earlier release.
 */
export class Bounds {
  readonly #facts: Facts;
  readonly #shown: Uint8Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** For each end, the relations that narrowed it since it was last forgotten. */
  readonly #narrowedBy: Map<number, number[]> = new Map();
  /** For each relation, how many of its facts are still to be printed: nobody can do that sum yet. */
  readonly #waiting: Uint32Array;
  #work = 0;

  /** Nothing is shown at first. @param later the facts that are printed one part after the other */
  constructor(facts: Facts, later: readonly number[]) {
    this.#facts = facts;
    this.#shown = new Uint8Array(facts.facts.length);
    this.#low = new Float64Array(facts.facts.length);
    this.#high = new Float64Array(facts.facts.length).fill(UNKNOWN);
    this.#waiting = new Uint32Array(facts.relations.length);
    this.#await(later);
    this.#narrowAll(facts.relations.keys());
  }

  /** How many sums were gone through so far: what the time goes with, whatever the machine. */
  get work(): number {
    return this.#work;
  }

  isShown(id: number): boolean {
    return this.#shown[id] === 1;
  }

  /** Prints facts for the first time: those in `shown` with their figure, the others as hidden. */
  print(ids: readonly number[], shown: readonly number[]): void {
    for (const id of ids)
      for (const index of this.#facts.of[id] ?? []) this.#waiting[index] = this.#waitingAt(index) - 1;
    for (const id of shown) this.#fix(id);
    this.#narrowAround(ids);
  }

  /** Takes printed facts back altogether. */
  retract(ids: readonly number[]): void {
    for (const id of ids) this.#shown[id] = 0;
    this.#await(ids);
    this.#narrowAround(this.#forget(ids));
  }

  /** Shows facts that were hidden. */
  show(ids: readonly number[]): void {
    for (const id of ids) this.#fix(id);
    this.#narrowAround(ids);
  }

  /** Hides facts. Only what was worked out from them is worked out again. */
  hide(ids: readonly number[]): void {
    const hidden = ids.filter((id) => this.isShown(id));
    for (const id of hidden) this.#shown[id] = 0;
    this.#narrowAround(this.#forget(hidden));
  }

  #await(ids: readonly number[]): void {
    for (const id of ids)
      for (const index of this.#facts.of[id] ?? []) this.#waiting[index] = this.#waitingAt(index) + 1;
  }

  #waitingAt(index: number): number {
    return this.#waiting[index] ?? 0;
  }

  #fix(id: number): void {
    const value = this.#facts.facts[id]?.value ?? 0;
    this.#shown[id] = 1;
    this.#low[id] = value;
    this.#high[id] = value;
  }

  /** Forgets both ends of these facts, and each end that was narrowed by what is forgotten. @returns whose they are */
  #forget(ids: readonly number[]): Set<number> {
    const ends = new Set(ids.flatMap((id) => [endOf(id, LOW), endOf(id, HIGH)]));
    for (const end of ends) {
      const [id, side] = [end >> 1, end & 1];
      const ranges = side === LOW ? this.#low : this.#high;
      ranges[id] = side === LOW ? 0 : UNKNOWN;
      this.#narrowedBy.delete(end);
      for (const index of this.#facts.of[id] ?? []) this.#restingOn(id, side, index, ends);
    }
    return new Set([...ends].map((end) => end >> 1));
  }

  /** Adds the ends that a relation may have narrowed by this one: a total and a part go together, two parts do not. */
  #restingOn(id: number, side: number, index: number, ends: Set<number>): void {
    const relation = this.#facts.relations[index];
    if (!relation) return;
    const isTotal = relation.total === id;
    if (!isTotal) this.#addNarrowed(endOf(relation.total, side), index, ends);
    for (const part of relation.parts) {
      if (part !== id || isTotal) this.#addNarrowed(endOf(part, isTotal ? side : 1 - side), index, ends);
    }
  }

  #addNarrowed(end: number, index: number, ends: Set<number>): void {
    if (!this.isShown(end >> 1) && this.#narrowedBy.get(end)?.includes(index)) ends.add(end);
  }

  of(id: number): Range {
    return { low: this.#low[id] ?? 0, high: this.#high[id] ?? 0 };
  }

  /** The relations of a fact that a reader can use. */
  relationsOf(id: number): number[] {
    return (this.#facts.of[id] ?? []).filter((index) => this.#waitingAt(index) === 0);
  }

  /** What one relation alone says about one of its facts. */
  implied({ total, parts }: Relation, id: number): Range {
    if (id === total) return this.#sum(parts);
    const others = this.#sum(parts.filter((each) => each !== id));
    const whole = this.of(total);
    return { low: Math.max(0, whole.low - others.high), high: whole.high - others.low };
  }

  /** Narrows what touches these facts, and what touches what that changes. */
  #narrowAround(ids: Iterable<number>): void {
    const due = new Set<number>();
    for (const id of ids) for (const index of this.#facts.of[id] ?? []) due.add(index);
    this.#narrowAll(due);
  }

  #narrowAll(relations: Iterable<number>): void {
    let due = new Set(relations);
    for (let round = 0; round < ROUNDS && due.size > 0; round++) {
      const next = new Set<number>();
      for (const index of due) {
        const relation = this.#facts.relations[index];
        if (!relation || this.#waitingAt(index) > 0) continue;
        for (const id of this.#narrow(relation, index)) {
          for (const other of this.#facts.of[id] ?? []) if (other !== index) next.add(other);
        }
      }
      due = next;
    }
  }

  /** Narrows the facts of one relation. @returns those that changed */
  #narrow({ total, parts }: Relation, index: number): number[] {
    this.#work++;
    const changed: number[] = [];
    const sum = this.#sum(parts);
    if (this.#tighten(total, sum.low, sum.high, index)) changed.push(total);
    const [whole, { low, high }] = [this.of(total), sum];
    for (const id of parts) {
      const before = this.of(id);
      if (this.#tighten(id, whole.low - high + before.high, whole.high - low + before.low, index)) changed.push(id);
    }
    return changed;
  }

  #tighten(id: number, low: number, high: number, index: number): boolean {
    const [isHigher, isLower] = [low > (this.#low[id] ?? 0), high < (this.#high[id] ?? 0)];
    if (isHigher) {
      this.#low[id] = low;
      this.#remember(endOf(id, LOW), index);
    }
    if (isLower) {
      this.#high[id] = high;
      this.#remember(endOf(id, HIGH), index);
    }
    return isHigher || isLower;
  }

  #remember(end: number, index: number): void {
    const known = this.#narrowedBy.get(end);
    if (!known) this.#narrowedBy.set(end, [index]);
    else if (!known.includes(index)) known.push(index);
  }

  #sum(ids: readonly number[]): { low: number; high: number } {
    let low = 0;
    let high = 0;
    for (const id of ids) {
      low += this.#low[id] ?? 0;
      high += this.#high[id] ?? 0;
    }
    return { low, high };
  }
}

function endOf(id: number, side: number): number {
  return 2 * id + side;
}

/** Every fact of a relation, the total first. */
export function membersOf(relation: Relation | undefined): readonly number[] {
  return relation ? [relation.total, ...relation.parts] : [];
}
