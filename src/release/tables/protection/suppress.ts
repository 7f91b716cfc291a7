/** Which numbers are hidden: those that would give somebody away, and those that would tell them. */
import type { Highs } from 'highs';
import type { Policy } from '../../policy.ts';
import { Audit, type Exposed } from './audit.ts';
import type { Beside } from './beside.ts';
import { Bounds } from './bounds.ts';
import type { Contributions } from './contributions.ts';
import { Covering, withTwin } from './covering.ts';
import type { Fact, Facts, Part } from './facts.ts';

export interface Suppression {
  isShown(fact: Fact): boolean;
  /** Hidden for its own sake, and found to be uncertain. */
  isAtRisk(fact: Fact): boolean;
  /** Parts that could not be protected and are not printed at all. */
  readonly dropped: ReadonlySet<Part>;
}

/**
 * Prints the parts one after the other, the most important first, and protects each with what is out already: its
 * primary facts are hidden, and more of its figures, the cheapest first, until what a reader can work out about every
 * primary fact so far leaves at least `width` open and reaches `cell`. What was printed before stays as it is, so that
 * the overall figures never pay for a small group; only the table's own overall figure may go, where that costs the
 * reader less. A part that cannot be protected in this way is dropped (rule T7).
 *
 * `Bounds` narrows relation by relation, which is quick and mostly enough. What relations say only when they are taken
 * together the audit finds in the end (rule T8), and more is hidden until it finds nothing.
 *
 * Beside earlier releases (rule R3) all that they showed is known from the start, what they hid stays uncertain, and so
 * does how many came since where these are few. Parts that keep their old numbers are not printed.
 *
 * What this does not prove: counts that no table prints are not protected for their own sake; two respondents who put
 * their answers together know more than one; and what is known of respondents from elsewhere is no part of it.
 */
export function suppress(
  facts: Facts,
  parts: readonly Part[],
  policy: Policy,
  solver: Highs,
  { report = () => {}, contributions = [], beside = NOTHING, effort }: Surroundings = {},
): Suppression {
  const printing = printInTurn(facts, parts, policy, report, beside);
  const told = hideUntilAudited(printing, new Audit(facts, policy, solver, contributions, effort), report);
  report(2 * parts.length, 2 * parts.length);
  const { bounds, dropped, primary } = printing;
  const protectedOnes = new Set(primary.filter((fact) => !told.has(fact)));
  return { isShown: ({ id }) => bounds.isShown(id), isAtRisk: (fact) => protectedOnes.has(fact), dropped };
}

const NOTHING: Beside = { given: [], risks: [], kept: new Set() };

/** What else is to be thought of. */
interface Surroundings {
  readonly report?: Report;
  /** Whose own answers are known: see `Audit`. */
  readonly contributions?: readonly Contributions[];
  readonly beside?: Beside;
  /** How much may be worked out for the audit; what is not proven by then is not printed. See `Audit`. */
  readonly effort?: number;
}

/** Told how far the work has come: so much of so much. */
export type Report = (done: number, total: number) => void;

interface Printing {
  readonly facts: Facts;
  readonly parts: readonly Part[];
  readonly bounds: Bounds;
  readonly covering: Covering;
  readonly dropped: Set<Part>;
  /** What must stay uncertain in the parts that are printed. */
  readonly primary: readonly Fact[];
  /** What is published already, by its id. */
  readonly given: ReadonlySet<number>;
}

function printInTurn(
  facts: Facts,
  parts: readonly Part[],
  policy: Policy,
  report: Report,
  { given, risks: earlier, kept }: Beside,
): Printing {
  const bounds = new Bounds(facts, [...new Set(parts.flatMap(idsOf))]);
  const printed = new Set<number>();
  const dropped = new Set<Part>();
  const covering = new Covering(facts, bounds, { ...policy, width: policy.width + 1, cell: policy.cell + 1 });
  bounds.show(given.map(({ id }) => id));
  // What an earlier release has told by itself cannot be taken back.
  const primary = earlier.filter(({ id }) => covering.lackingAt(id) <= 0);
  for (const [index, part] of parts.entries()) {
    report(index, 2 * parts.length);
    const overall = parts.find(({ table, segment }) => table === part.table && segment === undefined);
    if (kept.has(part) || (overall && dropped.has(overall))) {
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
  return { facts, parts, bounds, covering, dropped, primary, given: new Set(given.map(({ id }) => id)) };
}

/**
 * Hides more for what the audit finds exposed, or drops the parts it stands in, until it finds nothing.
 * @returns what is exposed whatever this release prints: an earlier one told it, or it stands in no part that is left
 */
function hideUntilAudited(printing: Printing, audit: Audit, report: Report): ReadonlySet<Fact> {
  const { parts, dropped, bounds, covering, primary, given } = printing;
  const past = new Set<Fact>();
  for (;;) {
    const exposed = audit.findExposed(
      primary.filter((fact) => !past.has(fact)),
      (id) => bounds.isShown(id),
      (id) => !given.has(id),
      // Half of the way is behind when all tables are protected by their sums.
      (done, total) => report(Math.round(parts.length * (1 + done / total)), 2 * parts.length),
    );
    if (audit.isSpent) {
      drop(printing, printing.parts);
      return past;
    }
    if (exposed.length === 0) return past;
    for (const { fact, telling } of exposed) {
      if (isEarlier(fact)) {
        const isDone = fact.step && !parts.some((part) => !dropped.has(part) && prints(part, fact.step?.to ?? -1));
        if (isDone || !coverEarlier(printing, fact, telling)) past.add(fact);
        continue;
      }
      const standing = parts.filter((part) => !dropped.has(part) && isIn(part, fact));
      const cover = standing.map((part) => covering.choose(fact, part, undefined)).find((each) => each !== undefined);
      const last = standing.at(-1);
      if (cover) bounds.hide(withTwin(cover));
      else if (last) drop(printing, [last]);
      // Nothing of this release tells it: an earlier one did, or its own part is gone.
      else past.add(fact);
    }
  }
}

/**
 * Hides the cheapest of the figures that tell a number of an earlier release. Where only bases do, parts are taken back:
 * those that print what the number is now, or else those that print one of the bases, the least important there are.
 * Nothing more is done where one of the figures was hidden since.
 * @returns whether there was anything to do
 */
function coverEarlier(printing: Printing, { step }: Fact, telling: Exposed['telling']): boolean {
  const { facts, parts, dropped, bounds } = printing;
  if (telling.some((equal) => equal.some((id) => !bounds.isShown(id)))) return true;
  const printed = parts.filter((part) => !dropped.has(part));
  const bases = new Set(printed.flatMap((part) => part.bases));
  const costOf = (id: number) =>
    bases.has(id)
      ? Number.POSITIVE_INFINITY
      : Math.min(...printed.map(({ cells }) => cells.get(id) ?? Number.POSITIVE_INFINITY));
  const costs = telling.map((equal) => equal.reduce((sum, id) => sum + costOf(id), 0));
  const least = Math.min(...costs);
  if (Number.isFinite(least)) {
    const cover = telling[costs.indexOf(least)] ?? [];
    bounds.hide(cover.flatMap((id) => facts.facts[id] ?? []).flatMap(withTwin));
    return true;
  }
  const thatPrint = (ids: readonly number[]) => printed.filter((part) => ids.some((id) => prints(part, id)));
  const own = step ? thatPrint([step.to]) : [];
  const importanceOf = ([first]: readonly Part[]) => (first ? -printed.indexOf(first) : 0);
  const [unwanted = []] = (own.length > 0 ? [own] : telling.map(thatPrint))
    .filter(({ length }) => length > 0)
    .sort((one, other) => importanceOf(one) - importanceOf(other) || one.length - other.length);
  drop(printing, unwanted);
  return unwanted.length > 0;
}

/** A number of an earlier release, or what became of it since. */
function isEarlier({ key, step }: Fact): boolean {
  return step !== undefined || key?.includes('@') === true;
}

/** Takes parts back: what no other part prints is not known any more. */
function drop(
  { parts, dropped, bounds }: Pick<Printing, 'parts' | 'dropped' | 'bounds'>,
  unwanted: readonly Part[],
): void {
  if (unwanted.length === 0) return;
  const tables = new Set(unwanted.flatMap(({ table, segment }) => (segment === undefined ? [table] : [])));
  for (const part of [...unwanted, ...parts.filter(({ table }) => tables.has(table))]) dropped.add(part);
  const others = new Set(parts.filter((each) => !dropped.has(each)).flatMap(idsOf));
  bounds.hide(
    parts
      .filter((each) => dropped.has(each))
      .flatMap(idsOf)
      .filter((id) => !others.has(id)),
  );
}

function prints({ bases, cells, told }: Part, id: number): boolean {
  return cells.has(id) || bases.includes(id) || told.includes(id);
}

/** Whether a part tells of a fact. */
function isIn({ cells, told }: Part, { id }: Fact): boolean {
  return cells.has(id) || told.includes(id);
}

function costIn({ cells }: Part, { id }: Fact): number {
  return cells.get(id) ?? Number.POSITIVE_INFINITY;
}

function idsOf({ bases, cells }: Part): number[] {
  return [...new Set([...bases, ...cells.keys()])];
}
