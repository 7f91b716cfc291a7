/** Which numbers are hidden: those that would give somebody away, and those that would tell them. */
import type { Highs } from 'highs';
import type { Policy } from '../policy.ts';
import { Audit } from './audit.ts';
import { Bounds } from './bounds.ts';
import type { Contributions } from './contributions.ts';
import { Covering, withTwin } from './covering.ts';
import type { Fact, Facts, Part } from './facts.ts';

export interface Suppression {
  isShown(fact: Fact): boolean;
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
 * What this does not prove: a primary fact could still be pinned down by respondents who know their own answers, or
 * beside an earlier release.
 */
export function suppress(
  facts: Facts,
  parts: readonly Part[],
  policy: Policy,
  solver: Highs,
  report: Report = () => {},
  contributions: readonly Contributions[] = [],
): Suppression {
  const printing = printInTurn(facts, parts, policy, report);
  hideUntilAudited(printing, new Audit(facts, policy, solver, contributions));
  report(parts.length, parts.length);
  const { bounds, dropped } = printing;
  return { isShown: ({ id }) => bounds.isShown(id), dropped };
}

/** Told how far the work has come: so many of so many tables. */
export type Report = (done: number, total: number) => void;

interface Printing {
  readonly parts: readonly Part[];
  readonly bounds: Bounds;
  readonly covering: Covering;
  readonly dropped: Set<Part>;
  /** What must stay uncertain in the parts that are printed. */
  readonly primary: readonly Fact[];
}

function printInTurn(facts: Facts, parts: readonly Part[], policy: Policy, report: Report): Printing {
  const bounds = new Bounds(facts, [...new Set(parts.flatMap(idsOf))]);
  const printed = new Set<number>();
  const dropped = new Set<Part>();
  const primary: Fact[] = [];
  const covering = new Covering(facts, bounds, { ...policy, width: policy.width + 1, cell: policy.cell + 1 });
  for (const [index, part] of parts.entries()) {
    report(index, parts.length);
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
  return { parts, bounds, covering, dropped, primary };
}

/** Hides more for what the audit finds exposed, or drops the parts it stands in, until it finds nothing. */
function hideUntilAudited({ parts, bounds, covering, dropped, primary }: Printing, audit: Audit): void {
  const standing = (fact: Fact) => parts.filter((part) => !dropped.has(part) && isIn(part, fact));
  for (;;) {
    const exposed = audit.findExposed(
      primary.filter((fact) => standing(fact).length > 0),
      (id) => bounds.isShown(id),
    );
    if (exposed.length === 0) return;
    for (const { fact } of exposed) {
      const cover = standing(fact)
        .map((part) => covering.choose(fact, part, undefined))
        .find((each) => each !== undefined);
      if (cover) {
        bounds.hide(withTwin(cover));
        continue;
      }
      const last = standing(fact).at(-1);
      if (!last) continue;
      bounds.hide([...last.cells.keys()]);
      dropped.add(last);
    }
  }
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
