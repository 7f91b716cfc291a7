/** Rule T2: the values of a segment are merged until nobody is shown in a group of fewer than b. */
import type { Text } from '../../../questionnaire/definition.ts';

/** The place of those whose value of the segment is not known. */
export const NOT_KNOWN = '?';
/** The name of what is left over, together. */
export const REST = 'rest';

export interface SegmentValue {
  readonly code: string;
  readonly label: Text;
  /** How many of them answered. */
  readonly base: number;
}

/** One level of a hierarchy: the group that each value of the segment belongs to. */
export type Level = ReadonlyMap<string, { readonly code: string; readonly label: Text }>;

export interface Group {
  /** A value's code, the code of a coarser group, or `rest`. */
  readonly code: string;
  /** What to call it; for the rest, what is in it. */
  readonly labels: readonly Text[];
  /** The values that it holds. */
  readonly values: readonly string[];
}

interface Merged extends Group {
  readonly base: number;
}

/**
 * The groups that a segment is shown in: each of at least `least`, or none at all where that cannot be. Values are
 * merged up the hierarchy where a sibling is too small; what is then still too small goes to one rest with those whose
 * value is not known, and the smallest group next to it is pulled in until the rest is large enough. Values that
 * nobody has are left out.
 * @param notKnown how many answered without a known value of the segment
 */
export function groupValues(
  values: readonly SegmentValue[],
  notKnown: number,
  levels: readonly Level[],
  least: number,
): Group[] {
  let groups: Merged[] = values
    .filter(({ base }) => base > 0)
    .map(({ code, label, base }) => ({ code, labels: [label], values: [code], base }));
  for (const level of levels) groups = mergeUp(groups, level, least);
  groups.sort((one, other) => one.base - other.base);
  const rest: Merged[] = groups.filter(({ base }) => base < least);
  const large = groups.filter(({ base }) => base >= least);
  const size = () => notKnown + rest.reduce((total, { base }) => total + base, 0);
  while (size() > 0 && size() < least && large.length > 0) rest.push(...large.splice(0, 1));
  if (size() === 0) return inOrder(large, values);
  if (size() < least || large.length === 0) return [];
  return [
    ...inOrder(large, values),
    {
      code: REST,
      labels: inOrder(rest, values).flatMap(({ labels }) => labels),
      values: [...rest.flatMap((group) => group.values), ...(notKnown > 0 ? [NOT_KNOWN] : [])],
    },
  ];
}

/** Where one of its members is too small, a group of the level takes the place of all of them. */
function mergeUp(groups: readonly Merged[], level: Level, least: number): Merged[] {
  const parentOf = (group: Merged) => {
    const parents = group.values.map((value) => level.get(value));
    const [first] = parents;
    return first && parents.every((each) => each?.code === first.code) ? first : undefined;
  };
  const small = new Set(groups.filter(({ base }) => base < least).map((group) => parentOf(group)?.code));
  const merged = new Map<string, Merged>();
  const kept: Merged[] = [];
  for (const group of groups) {
    const parent = parentOf(group);
    if (!parent || !small.has(parent.code)) {
      kept.push(group);
      continue;
    }
    const so = merged.get(parent.code);
    merged.set(parent.code, {
      code: parent.code,
      labels: [parent.label],
      values: [...(so?.values ?? []), ...group.values],
      base: (so?.base ?? 0) + group.base,
    });
  }
  return [...kept, ...merged.values()];
}

function inOrder<G extends Group>(groups: readonly G[], values: readonly SegmentValue[]): G[] {
  const place = ({ values: [first] }: Group) => values.findIndex(({ code }) => code === first);
  return [...groups].sort((one, other) => place(one) - place(other));
}
