/** What a researcher can ask for, with how the groups came about. */
import { peopleWith } from './ask.ts';
import { type Dimension, dimensionsFor, dimensionsOf } from './names.ts';
import type { Network } from './network.ts';

export interface NetworkOffer {
  readonly respondents: number;
  /** b and t. */
  readonly policy: { readonly base: number; readonly cell: number };
  /** The smallest groups that filters can tell apart. */
  readonly groups: number;
  /** How many are in no group, because too few were like them: 0 or at least b. */
  readonly rest: number;
  readonly dimensions: readonly {
    readonly name: string;
    readonly label: string;
    /** Its key in the file: of `size` and `size_wide` it is `size`. */
    readonly key: string;
    /** With how many rows in groups have it: 0 or at least b. */
    readonly values: readonly { readonly code: string; readonly label: string; readonly people: number }[];
  }[];
  /** Keys of the file that nothing can be filtered by: with them, groups would be too small. */
  readonly without: readonly string[];
  readonly questions: readonly {
    readonly name: string;
    readonly label: string;
    /** Names of dimensions. */
    readonly by: readonly string[];
    readonly collapsed: boolean;
  }[];
  /** Questions that are not shown at all. */
  readonly refused: readonly { readonly name: string; readonly label: string }[];
  /** Questions that are not told anew: less the figures of an earlier file, some of theirs would be of too few. */
  readonly kept: readonly { readonly name: string; readonly label: string }[];
}

export function describeNetwork(network: Network): NetworkOffer {
  const { rows, policy, keys, atoms, offered, refused, kept } = network;
  const dimensions = dimensionsOf(network);
  const keyOf = ({ key }: Dimension) => keys[key]?.key.name ?? '';
  return {
    respondents: rows,
    policy,
    groups: atoms.count,
    rest: atoms.rest,
    dimensions: dimensions.map((each) => ({
      name: each.name,
      label: each.label,
      key: keyOf(each),
      values: each.values.map((value) => ({ ...value, people: peopleWith(network, each, value.code) })),
    })),
    without: keys.flatMap(({ key }) => (dimensions.some((each) => keyOf(each) === key.name) ? [] : [key.name])),
    questions: offered.map((each) => ({
      name: each.question.name,
      label: each.question.label,
      by: dimensionsFor(network, each).map(({ name }) => name),
      collapsed: each.question.collapsed,
    })),
    refused: refused.map(({ name, label }) => ({ name, label })),
    kept: kept.map(({ name, label }) => ({ name, label })),
  };
}
