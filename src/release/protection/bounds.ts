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

/**
 * The range of every fact for a reader who knows what is shown, that counts are not negative, and every relation.
 * Each relation narrows its facts until nothing changes. This finds whatever single sums give away, one after the
 * other; what follows only from several relations taken together at once, a linear program would find.
 */
export class Bounds {
  readonly #facts: Facts;
  readonly #shown: Uint8Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;
  /** For each relation, how many of its facts are still to be printed: nobody can do that sum yet. */
  readonly #waiting: Uint32Array;

  /** Nothing is shown at first. @param later the facts that are printed one part after the other */
  constructor(facts: Facts, later: readonly number[]) {
    this.#facts = facts;
    this.#shown = new Uint8Array(facts.facts.length);
    this.#low = new Float64Array(facts.facts.length);
    this.#high = new Float64Array(facts.facts.length);
    this.#waiting = new Uint32Array(facts.relations.length);
    this.await(later);
    this.#open(facts.facts.map(({ id }) => id));
  }

  isShown(id: number): boolean {
    return this.#shown[id] === 1;
  }

  /** Prints facts for the first time: those in `shown` with their figure, the others as hidden. */
  print(ids: readonly number[], shown: readonly number[]): void {
    for (const id of ids)
      for (const index of this.#facts.of[id] ?? []) this.#waiting[index] = this.#waitingAt(index) - 1;
    for (const id of shown) this.#shown[id] = 1;
    this.#open(ids);
  }

  /** Takes printed facts back altogether. */
  retract(ids: readonly number[]): void {
    const reached = this.#reach(ids);
    for (const id of ids) this.#shown[id] = 0;
    this.await(ids);
    this.#open([...reached]);
  }

  /** Shows facts that were hidden. */
  show(ids: readonly number[]): void {
    for (const id of ids) this.#shown[id] = 1;
    this.#open(ids);
  }

  /** Hides facts. Only what hangs together with them through other unknown facts is worked out again. */
  hide(ids: readonly number[]): void {
    const hidden = ids.filter((id) => this.isShown(id));
    for (const id of hidden) this.#shown[id] = 0;
    this.#open([...this.#reach(hidden)]);
  }

  await(ids: readonly number[]): void {
    for (const id of ids)
      for (const index of this.#facts.of[id] ?? []) this.#waiting[index] = this.#waitingAt(index) + 1;
  }

  #waitingAt(index: number): number {
    return this.#waiting[index] ?? 0;
  }

  /** The facts, and all that is unknown with them in a relation, and so on. */
  #reach(ids: readonly number[]): Set<number> {
    const reached = new Set(ids);
    for (const id of reached) {
      for (const index of this.#facts.of[id] ?? []) {
        if (this.#waitingAt(index) > 0) continue;
        const relation = this.#facts.relations[index];
        if (!relation) continue;
        if (!this.isShown(relation.total)) reached.add(relation.total);
        for (const other of relation.parts) if (!this.isShown(other)) reached.add(other);
      }
    }
    return reached;
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

  /** Starts again with these facts and narrows what touches them. */
  #open(ids: readonly number[]): void {
    let due = new Set<number>();
    for (const id of ids) {
      const value = this.#facts.facts[id]?.value ?? 0;
      this.#low[id] = this.isShown(id) ? value : 0;
      this.#high[id] = this.isShown(id) ? value : UNKNOWN;
      for (const index of this.#facts.of[id] ?? []) due.add(index);
    }
    for (let round = 0; round < ROUNDS && due.size > 0; round++) {
      const next = new Set<number>();
      for (const index of due) {
        const relation = this.#facts.relations[index];
        if (!relation || this.#waitingAt(index) > 0) continue;
        for (const id of this.#narrow(relation)) {
          for (const other of this.#facts.of[id] ?? []) if (other !== index) next.add(other);
        }
      }
      due = next;
    }
  }

  /** Narrows the facts of one relation. @returns those that changed */
  #narrow({ total, parts }: Relation): number[] {
    const changed: number[] = [];
    const sum = { ...this.#sum(parts) };
    if (this.#tighten(total, sum)) changed.push(total);
    for (const id of parts) {
      const before = this.of(id);
      const whole = this.of(total);
      const range = { low: whole.low - sum.high + before.high, high: whole.high - sum.low + before.low };
      if (!this.#tighten(id, range)) continue;
      changed.push(id);
      const after = this.of(id);
      sum.low += after.low - before.low;
      sum.high += after.high - before.high;
    }
    return changed;
  }

  #tighten(id: number, { low, high }: Range): boolean {
    const before = this.of(id);
    if (low <= before.low && high >= before.high) return false;
    this.#low[id] = Math.max(before.low, low);
    this.#high[id] = Math.min(before.high, high);
    return true;
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

/** Every fact of a relation, the total first. */
export function membersOf(relation: Relation | undefined): readonly number[] {
  return relation ? [relation.total, ...relation.parts] : [];
}
