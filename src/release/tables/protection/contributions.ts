/** How much of a number each respondent is: 1 of a count that they are in, their own value of a sum, mostly nothing. */
import { codesByPlace, MISSING_STATES, missingCode } from '../../../results/columns.ts';
import type { Snapshot } from '../../../results/snapshot.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import type { Facts, Relation } from './facts.ts';
import { NOT_KNOWN } from './groups.ts';
import { type KeyPart, readKey } from './keys.ts';

/** The respondents who are part of a number, by their row in the snapshot, and how much of it each of them is. */
export interface Contribution {
  readonly rows: Int32Array;
  readonly amounts: Int32Array;
}

const NOBODY: Contribution = { rows: new Int32Array(0), amounts: new Int32Array(0) };

/** So many rows are remembered; beyond that all is worked out again, so that memory does not grow with the answers. */
const REMEMBERED = 4_000_000;

/** So many sums are followed from one to the next. */
const DEPTH = 4;

/** Counts respondents by keys. */
class Counter {
  readonly #snapshot: Snapshot;
  readonly #variables: ReadonlyMap<string, SnapshotVariable>;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
    this.#variables = new Map(snapshot.variables.map((variable) => [variable.name, variable]));
  }

  /** Undefined where the snapshot does not know what the key names. */
  find(parts: readonly KeyPart[]): Contribution | undefined {
    const tests = parts.map((part) => this.#amountsOf(part));
    if (tests.some((test) => test === undefined)) return undefined;
    return sparse(this.#snapshot.responses, (row) => tests.reduce((amount, test) => amount * (test?.(row) ?? 0), 1));
  }

  /** How much of one part of a key a row is. */
  #amountsOf({ variable: name, kind, values }: KeyPart): ((row: number) => number) | undefined {
    const variable = this.#variables.get(name);
    const column = this.#snapshot.columns.get(name);
    if (!variable || !column) return undefined;
    if (kind === 'sum') {
      const { values: numbers } = column;
      return numbers && ((row) => Math.max(0, Math.round(numbers[row] || 0)));
    }
    const codes = codesFor(variable, kind, values);
    if (!codes) return undefined;
    const isIn = new Uint8Array(variable.width === 1 ? 0x100 : 0x10000);
    for (const code of codes) isIn[code] = 1;
    return (row) => isIn[column.codes[row] ?? 0] ?? 0;
  }
}

/** How many a key counts; undefined for one that is not of a snapshot's answers. */
export function countByKey(snapshot: Snapshot): (key: string) => number | undefined {
  const counter = new Counter(snapshot);
  return (key) => {
    const read = readKey(key);
    return read && counter.find(read.parts)?.amounts.reduce((sum, amount) => sum + amount, 0);
  };
}

/** Reads each fact’s contributions off its key, or off the sums that it stands in where its key does not say. */
export class Contributions {
  readonly #facts: Facts;
  readonly #responses: number;
  readonly #counter: Counter;
  readonly #since: number;
  readonly #known = new Map<number, Contribution | undefined>();
  readonly #open = new Set<number>();
  #remembered = 0;

  /** @param since the number of the release that a respondent was first counted in: they are no part of an earlier one */
  constructor(facts: Facts, snapshot: Snapshot, since = 0) {
    this.#facts = facts;
    this.#responses = snapshot.responses;
    this.#counter = new Counter(snapshot);
    this.#since = since;
  }

  /** Nobody, where neither the key nor a sum tells. */
  of(id: number): Contribution {
    if (this.#remembered > REMEMBERED) this.#forget();
    return this.#find(id) ?? NOBODY;
  }

  #forget(): void {
    this.#known.clear();
    this.#remembered = 0;
  }

  #find(id: number): Contribution | undefined {
    const known = this.#known.get(id);
    if (known || this.#known.has(id)) return known;
    if (this.#open.has(id) || this.#open.size > DEPTH) return undefined;
    this.#open.add(id);
    const found = this.#byKey(id) ?? this.#byRelation(id);
    this.#open.delete(id);
    // What could not be told while another fact was being worked out may be told by itself.
    if (found || this.#open.size === 0) this.#known.set(id, found);
    this.#remembered += found?.rows.length ?? 0;
    return found;
  }

  #byKey(id: number): Contribution | undefined {
    const key = this.#facts.facts[id]?.key;
    const read = key === undefined ? undefined : readKey(key);
    if (!read) return undefined;
    if (read.release !== undefined && read.release < this.#since) return NOBODY;
    return this.#counter.find(read.parts);
  }

  /** A total is its parts, and a part what the others leave of the total. */
  #byRelation(id: number): Contribution | undefined {
    for (const index of this.#facts.of[id] ?? []) {
      const relation = this.#facts.relations[index];
      const found = relation && this.#rest(relation, id);
      if (found) return found;
    }
    return undefined;
  }

  #rest({ total, parts }: Relation, id: number): Contribution | undefined {
    if (parts.filter((part) => part === id).length > 1) return undefined;
    const others = [...(id === total ? [] : [total]), ...parts.filter((part) => part !== id)];
    const found = others.map((other) => this.#find(other));
    if (found.some((each) => each === undefined)) return undefined;
    const amounts = new Int32Array(this.#responses);
    found.forEach((each, place) => {
      const sign = id === total || (others[place] === total && place === 0) ? 1 : -1;
      each?.rows.forEach((row, index) => {
        amounts[row] = (amounts[row] ?? 0) + sign * (each.amounts[index] ?? 0);
      });
    });
    // An older version of a questionnaire can break a sum for one respondent and not for all.
    return sparse(amounts.length, (row) => Math.max(0, amounts[row] ?? 0));
  }
}

function codesFor(variable: SnapshotVariable, kind: KeyPart['kind'], values: readonly string[]): number[] | undefined {
  const { categories, width } = variable;
  const given = codesByPlace(variable).slice(0, categories.length);
  const blank = missingCode(width, 'blank');
  const missing = MISSING_STATES.map((state) => missingCode(width, state));
  if (kind === 'answered') return given;
  if (kind === 'asked') return [...given, blank];
  if (kind === 'notAsked') return missing.filter((code) => code !== blank);
  const codes = values.map((value) =>
    value === NOT_KNOWN ? missing : given.filter((_, place) => categories[place]?.code === value),
  );
  // Answers taken together have codes of their own, which the snapshot does not know.
  return codes.some((each) => each.length === 0) ? undefined : codes.flat();
}

function sparse(responses: number, amountOf: (row: number) => number): Contribution {
  const rows: number[] = [];
  const amounts: number[] = [];
  for (let row = 0; row < responses; row++) {
    const amount = amountOf(row);
    if (amount === 0) continue;
    rows.push(row);
    amounts.push(amount);
  }
  return { rows: Int32Array.from(rows), amounts: Int32Array.from(amounts) };
}
