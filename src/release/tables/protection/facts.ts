/**
 * What is published, as numbers that hang together: every count is a fact, and every sum that a reader can do
 * ("these categories make up the base", "these groups make up everybody") is a relation. A fact that stands in two
 * tables is one fact: hidden in one, it is hidden in both.
 */

export interface Fact {
  readonly id: number;
  /** What was counted; undefined for a number without a name. */
  readonly key: string | undefined;
  readonly value: number;
  /** It would give somebody away: where it is printed, it must stay uncertain. */
  primary: boolean;
  /** The other side of a yes and no: one is told by the other. */
  twin: number | undefined;
  /** Of how many came since an earlier release: the number then and the number now, by their id. Undefined for any other. */
  step: { readonly from: number; readonly to: number } | undefined;
}

/** The total is the sum of the parts. */
export interface Relation {
  readonly total: number;
  readonly parts: readonly number[];
}

/** What is printed together: a table overall, or by one segment. */
export interface Part {
  readonly table: string;
  /** The segment's place in the family; undefined for everybody. */
  readonly segment: number | undefined;
  /** Bases, and how many were asked: never hidden without the part. */
  readonly bases: readonly number[];
  /** The figures that stand on them, by id, each with what hiding it costs the reader. */
  readonly cells: ReadonlyMap<number, number>;
  /** What is not printed, and is told all the same by leaving "don't know" out of the base. */
  readonly told: readonly number[];
}

export interface Facts {
  readonly facts: readonly Fact[];
  readonly relations: readonly Relation[];
  /** The relations that a fact stands in, by its id. */
  readonly of: readonly (readonly number[])[];
}

/** Collects facts by a key that says what was counted, and the relations between them. */
export class FactBook {
  readonly #facts: Fact[] = [];
  readonly #byKey = new Map<string, Fact>();
  readonly #relations = new Map<string, Relation>();

  /** The fact with this key; made when it is new. @throws when it is known with another value */
  fact(key: string, value: number): Fact {
    const known = this.#byKey.get(key);
    if (known) {
      if (known.value !== value) throw new Error(`${key} is both ${known.value} and ${value}`);
      return known;
    }
    const made = this.#make(key, value);
    this.#byKey.set(key, made);
    return made;
  }

  /** A number that no table prints and that closes a relation: what two options have in common, say. */
  unnamed(value: number): Fact {
    return this.#make(undefined, value);
  }

  #make(key: string | undefined, value: number): Fact {
    const made = { id: this.#facts.length, key, value, primary: false, twin: undefined, step: undefined };
    this.#facts.push(made);
    return made;
  }

  /** What a total holds beside a part, which no table prints. */
  rest(total: Fact, part: Fact): Fact {
    const value = total.value - part.value;
    // A name lets the same step of reckoning be found in the next release.
    const named = total.key !== undefined && part.key !== undefined;
    return named ? this.fact(`${total.key}~${part.key}`, value) : this.unnamed(value);
  }

  /** So many facts and relations are in it. */
  get size(): { readonly facts: number; readonly relations: number } {
    return { facts: this.#facts.length, relations: this.#relations.size };
  }

  /** @throws when there is none with this id */
  get(id: number): Fact {
    const fact = this.#facts[id];
    if (!fact) throw new Error(`there is no fact ${id}`);
    return fact;
  }

  /** Every fact with a name. */
  named(): Fact[] {
    return [...this.#byKey.values()];
  }

  find(key: string): Fact | undefined {
    return this.#byKey.get(key);
  }

  /** Says that the parts make the total. @throws when they do not: a wrong relation would protect nobody */
  relate(total: Fact, parts: readonly Fact[]): void {
    const sum = parts.reduce((so, { value }) => so + value, 0);
    if (sum !== total.value) throw new Error(`${total.value} is not the sum of ${parts.map(({ value }) => value)}`);
    const ids = parts.map(({ id }) => id).sort((one, other) => one - other);
    if (ids.length === 1 && ids[0] === total.id) return;
    this.#relations.set(`${total.id}:${ids.join()}`, { total: total.id, parts: ids });
  }

  close(): Facts {
    const relations = [...this.#relations.values()];
    const of: number[][] = this.#facts.map(() => []);
    relations.forEach(({ total, parts }, index) => {
      for (const id of [total, ...parts]) of[id]?.push(index);
    });
    return { facts: this.#facts, relations, of };
  }
}
