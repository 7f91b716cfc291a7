/**
 * An attacker of the network tier (adversary (c)). It is written apart from what it attacks: it knows the data file's
 * keys of everybody, asks as any researcher can, and works with nothing but the answers.
 */

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Who is asked about: for each dimension the values that are wanted, or those that are not. */
export interface Asking {
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly whereNot: Readonly<Record<string, readonly string[]>>;
}

/** Whatever answers. Undefined where it says that it would be too few. */
export interface Service {
  readonly questions: readonly { readonly name: string; readonly dimensions: readonly Dimension[] }[];
  ask(question: string, asking: Asking): Answered | undefined;
}

interface Dimension {
  readonly name: string;
  readonly values: readonly string[];
}

interface Answered {
  readonly people: number;
  /** Every figure of the answer, in one order. */
  readonly cells: readonly number[];
}

/** What the attacker knows of a person beforehand: the value of each dimension. */
export type Known = Readonly<Record<string, string | undefined>>;

/** What must not come out: groups of fewer than `base`, figures of fewer than `cell`. */
export interface Promised {
  readonly base: number;
  readonly cell: number;
}

/**
 * Attacks every question of a service with random filters and finds out how far their answers, the differences of
 * answers of which one holds the other, sums over Boolean formulas, and the linear equations of all of them go.
 * @returns each breach in words
 */
export function attack(
  service: Service,
  /** Undefined of whoever is in the rest: the attacker knows that too. */
  people: readonly (Known | undefined)[],
  promised: Promised,
  seed: number,
  tries: number,
): string[] {
  const random = chance(seed);
  return service.questions.flatMap(({ name, dimensions }) => {
    const ask = (asking: Asking) => service.ask(name, asking);
    const boxes = [EVERYBODY, ...Array.from({ length: tries }, () => drawBox(dimensions, random))];
    const heard = boxes.flatMap((asking) => {
      const answer = ask(asking);
      const who = Uint8Array.from(people, (person) => (isAsked(person, asking) ? 1 : 0));
      return answer ? [{ ...answer, who }] : [];
    });
    const sums = Array.from({ length: tries }, () => sumOver(ask, drawFormula(dimensions, random), dimensions));
    const found = [
      ...[...heard, ...sums.flatMap((sum) => sum ?? [])].flatMap((answer) => tooFew(answer, promised)),
      ...differences(heard).flatMap((difference) => tooFew(difference, promised)),
      ...recovered(heard.map(({ who, people: n }) => ({ who, n })))
        .filter((n) => n > 0 && n < promised.base)
        .map((n) => `equations tell a group of ${n}`),
      ...(heard[0]?.cells ?? []).flatMap((_, cell) =>
        recovered(heard.map(({ who, cells }) => ({ who, n: cells[cell] ?? 0 })))
          .filter((n) => n > 0 && n < promised.cell)
          .map((n) => `equations tell a figure of ${n}`),
      ),
    ];
    return [...new Set(found)].map((breach) => `${name}: ${breach}`);
  });
}

const EVERYBODY: Asking = { where: {}, whereNot: {} };

function isAsked(person: Known | undefined, { where, whereNot }: Asking): boolean {
  if (!person) return false;
  const isAmong = (name: string, values: readonly string[]) => values.includes(person[name] ?? '');
  return (
    Object.entries(where).every(([name, values]) => isAmong(name, values)) &&
    Object.entries(whereNot).every(([name, values]) => person[name] !== undefined && !isAmong(name, values))
  );
}

/** Some values of some dimensions, wanted or not wanted. */
function drawBox(dimensions: readonly Dimension[], random: () => number): Asking {
  const drawn = dimensions
    .filter(() => random() < 0.6)
    .map(({ name, values }) => [name, values.filter(() => random() < 0.5)] as const)
    .filter(([, values]) => values.length > 0);
  const isWanted = drawn.map(() => random() < 0.5);
  return {
    where: Object.fromEntries(drawn.filter((_, at) => isWanted[at])),
    whereNot: Object.fromEntries(drawn.filter((_, at) => !isWanted[at])),
  };
}

function tooFew({ people, cells }: Answered, { base, cell }: Promised): string[] {
  const fault = cells.find((n) => n > 0 && n < cell);
  return [
    ...(people > 0 && people < base ? [`a group of ${people}`] : []),
    ...(fault === undefined ? [] : [`a figure of ${fault}`]),
  ];
}

/** What one answer tells of those whom another leaves out. */
function differences(heard: readonly (Answered & { readonly who: Uint8Array })[]): Answered[] {
  return heard.flatMap((one) =>
    heard
      .filter((other) => one !== other && other.who.every((asked, at) => asked <= (one.who[at] ?? 0)))
      .map((other) => ({
        people: one.people - other.people,
        cells: one.cells.map((n, at) => n - (other.cells[at] ?? 0)),
      })),
  );
}

/** A formula over the values of dimensions. */
type Formula =
  | { readonly is: readonly [dimension: string, value: string] }
  | { readonly not: Formula }
  | { readonly and: readonly [Formula, Formula] }
  | { readonly or: readonly [Formula, Formula] };

function drawFormula(dimensions: readonly Dimension[], random: () => number, depth = 3): Formula {
  const kind = depth === 0 ? 0 : Math.floor(random() * 4);
  const again = () => drawFormula(dimensions, random, depth - 1);
  if (kind === 1) return { not: again() };
  if (kind === 2) return { and: [again(), again()] };
  if (kind === 3) return { or: [again(), again()] };
  const dimension = dimensions[Math.floor(random() * dimensions.length)];
  const value = dimension?.values[Math.floor(random() * (dimension?.values.length ?? 0))];
  return { is: [dimension?.name ?? '', value ?? ''] };
}

type Combination = Readonly<Record<string, string>>;

/** The answer to a formula: that of each combination of values for which it holds, asked for and added up. */
function sumOver(
  ask: (asking: Asking) => Answered | undefined,
  formula: Formula,
  dimensions: readonly Dimension[],
): Answered | undefined {
  let all: Combination[] = [{}];
  for (const { name, values } of dimensions) {
    all = all.flatMap((each) => values.map((value) => ({ ...each, [name]: value })));
  }
  const parts = all
    .filter((each) => holdsFor(formula, each))
    .map((each) =>
      ask({
        where: Object.fromEntries(Object.entries(each).map(([name, value]) => [name, [value]])),
        whereNot: {},
      }),
    );
  if (parts.some((part) => part === undefined)) return undefined;
  return parts.reduce<Answered>(
    (sum, part) => ({
      people: sum.people + (part?.people ?? 0),
      cells: (part?.cells ?? []).map((n, at) => n + (sum.cells[at] ?? 0)),
    }),
    { people: 0, cells: [] },
  );
}

function holdsFor(formula: Formula, at: Combination): boolean {
  if ('is' in formula) return at[formula.is[0]] === formula.is[1];
  if ('not' in formula) return !holdsFor(formula.not, at);
  if ('and' in formula) return formula.and.every((each) => holdsFor(each, at));
  return formula.or.some((each) => holdsFor(each, at));
}

interface Told {
  /** For each person whether the answer was about them. */
  readonly who: Uint8Array;
  readonly n: number;
}

/**
 * What follows from all answers taken as linear equations: the numbers of the smallest groups that they determine. Two
 * people whom no answer tells apart weigh the same in every sum of answers, so those are one unknown (Gaussian
 * elimination).
 */
export function recovered(told: readonly Told[]): number[] {
  const people = told[0]?.who.length ?? 0;
  const looks = new Map<string, number>();
  for (let person = 0; person < people; person++) {
    const look = told.map(({ who }) => who[person]).join('');
    if (!looks.has(look) && look.includes('1')) looks.set(look, person);
  }
  const unknowns = [...looks.values()];
  const solved: { readonly lead: number; row: number[] }[] = [];
  for (const { who, n } of told) {
    let row = [...unknowns.map((person) => who[person] ?? 0), n];
    for (const { lead, row: known } of solved) row = minus(row, known, row[lead] ?? 0);
    const lead = row.findIndex((value, at) => value !== 0 && at < unknowns.length);
    if (lead === -1) continue;
    const scale = row[lead] ?? 1;
    const scaled = row.map((value) => clean(value / scale));
    for (const each of solved) each.row = minus(each.row, scaled, each.row[lead] ?? 0);
    solved.push({ lead, row: scaled });
  }
  return solved.flatMap(({ lead, row }) =>
    row.every((value, at) => at === lead || at === unknowns.length || value === 0) ? [row[unknowns.length] ?? 0] : [],
  );
}

const minus = (row: readonly number[], other: readonly number[], factor: number) =>
  factor === 0 ? [...row] : row.map((value, at) => clean(value - factor * (other[at] ?? 0)));

/** Whole numbers stay whole: what floating point adds is smaller than any step between two answers. */
const clean = (value: number) => (Math.abs(value - Math.round(value)) < 1e-7 ? Math.round(value) : value);
