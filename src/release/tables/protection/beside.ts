/**
 * Earlier releases among the facts of a new one (rule R3). All that they showed is known, their sums hold, and whoever
 * was counted then and has not withdrawn is counted now: each number is the earlier one and those who came since.
 */
import type { Snapshot } from '../../../results/snapshot.ts';
import type { Policy } from '../../policy.ts';
import { countByKey } from './contributions.ts';
import type { Fact, FactBook, Part } from './facts.ts';
import { allKey, earlierKey, readKey, withValues } from './keys.ts';
import { type EarlierTables, STATE } from './working.ts';

export interface Beside {
  /** What is known before anything new is printed. */
  readonly given: readonly Fact[];
  /** What had to stay uncertain in an earlier release, and how much numbers have changed by, where that is little. */
  readonly risks: readonly Fact[];
  /** Parts that would tell the few who came or went: they keep their old numbers. */
  readonly kept: ReadonlySet<Part>;
}

/** What the facts of a new release are put beside. */
export interface Setting {
  readonly snapshot: Snapshot;
  /** By the segments' names. */
  readonly segments: ReadonlySet<string>;
  readonly earlier: readonly EarlierTables[];
  readonly policy: Policy;
}

/** An earlier release's number and the new one's. */
interface Pair {
  readonly then: Fact;
  readonly now: Fact;
  readonly state: number;
}

/** Adds the earlier releases to a book that holds all of the new one. @param parts what is to be printed of that */
export function relateEarlier(book: FactBook, parts: readonly Part[], setting: Setting): Beside {
  // How many answered stands on every page.
  const given = [book.find(allKey(undefined))].flatMap((fact) => fact ?? []);
  const risks: Fact[] = [];
  const releases = setting.earlier.map((release) => ({
    release,
    pairs: relateRelease(book, release, setting, given, risks),
  }));
  const kept = new Set<Part>();
  for (const { pairs } of releases) {
    const shown = new Map(pairs.flatMap(({ then, now, state }) => (state === STATE.shown ? [[now.id, then]] : [])));
    for (const part of parts) if (changesLittle(book, part, shown, setting.policy)) kept.add(part);
  }
  const overall = new Set([...kept].flatMap(({ table, segment }) => (segment === undefined ? [table] : [])));
  for (const part of parts) if (overall.has(part.table)) kept.add(part);
  const printed = new Set(
    parts.flatMap((part) => (kept.has(part) ? [] : [...part.bases, ...part.cells.keys(), ...part.told])),
  );
  for (const { release, pairs } of releases) {
    risks.push(...relateChange(book, release.number, pairs, printed, setting.policy, given));
  }
  return { given, risks, kept };
}

/** Writes an earlier release's own facts and sums down. @returns those that the new one has as well */
function relateRelease(
  book: FactBook,
  { number, working }: EarlierTables,
  setting: Setting,
  given: Fact[],
  risks: Fact[],
): Pair[] {
  const facts = working.facts.map(([key, value, state]) => {
    const fact = key === '' ? book.unnamed(value) : book.fact(earlierKey(key, number), value);
    if (state === STATE.shown) given.push(fact);
    if (state === STATE.atRisk) risks.push(fact);
    return fact;
  });
  for (const [total = 0, ...members] of working.relations) {
    const whole = facts[total];
    if (whole)
      book.relate(
        whole,
        members.flatMap((member) => facts[member] ?? []),
      );
  }
  regroup(
    book,
    working.facts.map(([key]) => key),
    setting,
  );
  return working.facts.flatMap(([key, , state], place) => {
    const [then, now] = [facts[place], book.find(key)];
    return then && now ? [{ then, now, state }] : [];
  });
}

/**
 * Where a segment's values were put together differently then and now, both are the sums of the single values. What is
 * missing for that is counted.
 */
function regroup(book: FactBook, keys: readonly string[], { snapshot, segments }: Setting): void {
  const count = countByKey(snapshot);
  const different = new Set(
    keys.filter((key) => key !== '' && !book.find(key)).flatMap((key) => groupsIn(key, segments).map(({ of }) => of)),
  );
  if (different.size === 0) return;
  for (const key of new Set([...keys, ...book.named().flatMap((fact) => fact.key ?? [])])) {
    for (const { of, singles } of groupsIn(key, segments)) {
      if (!different.has(of)) continue;
      const [whole, ...parts] = [key, ...singles].map((each) => {
        const value = book.find(each)?.value ?? count(each);
        return value === undefined ? undefined : book.fact(each, value);
      });
      if (whole && singles.length > 1 && parts.every((part) => part !== undefined)) book.relate(whole, parts);
    }
  }
}

/** The parts of a key that are a group of a segment: what else it counts, and its key for each single value. */
function groupsIn(key: string, segments: ReadonlySet<string>): { of: string; singles: string[] }[] {
  const read = readKey(key);
  if (!read || read.release !== undefined) return [];
  return read.parts.flatMap(({ variable, kind, values }) =>
    kind === 'values' && segments.has(variable)
      ? [
          {
            of: withValues(key, variable, []),
            singles: values.map((value) => withValues(key, variable, [value])),
          },
        ]
      : [],
  );
}

/**
 * Each number is the number then and those who came since, whether it is printed or follows from what is. If anybody must have left, as many as must have are
 * taken to have left anywhere: a reader can know of one withdrawal, and not where it was.
 * @returns the changes that are few people, of what is printed
 */
function relateChange(
  book: FactBook,
  number: number,
  pairs: readonly Pair[],
  printed: ReadonlySet<number>,
  { cell }: Policy,
  given: Fact[],
): Fact[] {
  const most = Math.max(0, ...pairs.map(({ then, now }) => then.value - now.value));
  const left = most > 0 ? book.fact(`left@${number}`, most) : undefined;
  if (left) given.push(left);
  return pairs.flatMap(({ then, now }) => {
    const change = now.value - then.value;
    const came = book.fact(`${now.key}@+${number}`, change + most);
    came.step = { from: then.id, to: now.id };
    if (left) {
      const both = book.unnamed(now.value + most);
      both.step = came.step;
      book.relate(both, [now, left]);
      book.relate(both, [then, came]);
    } else book.relate(now, [then, came]);
    if (!printed.has(now.id) || change === 0 || Math.abs(change) >= cell) return [];
    return [came];
  });
}

/** Whether a base has changed by 1 … b − 1, or a figure by 1 … t − 1, since it was shown. */
function changesLittle(
  book: FactBook,
  { bases, cells }: Part,
  shown: ReadonlyMap<number, Fact>,
  { base, cell }: Policy,
): boolean {
  const isLittle = (id: number, least: number) => {
    const [then, now] = [shown.get(id), book.get(id)];
    const change = then ? Math.abs(now.value - then.value) : 0;
    // What is small now is hidden whatever it was.
    return !now.primary && change > 0 && change < least;
  };
  return bases.some((id) => isLittle(id, base)) || [...cells.keys()].some((id) => isLittle(id, cell));
}
