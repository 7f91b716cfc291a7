/** Names that a researcher typed, found in what is offered; or a sentence that says what is. */
import { findNearest } from '../../questionnaire/checks/nearest.ts';
import { getLevel } from '../microdata/generalise/keys.ts';
import { NOT_KNOWN } from './dimensions.ts';
import type { Network } from './network.ts';
import type { Offered } from './offered.ts';

/** A name that is not there; the message names the nearest and what there is. */
export class UnknownName extends Error {
  override readonly name = 'UnknownName';
}

/** What is there and cannot be shown; the message says why. */
export class NotOffered extends Error {
  override readonly name = 'NotOffered';
  /** What can be: a sentence of names. */
  readonly instead: string;
  constructor(message: string, instead: string) {
    super(message);
    this.instead = instead;
  }
}

/** A version of a key that some filter can use. */
export interface Dimension {
  readonly name: string;
  readonly label: string;
  /** The place of its key, and its level. */
  readonly key: number;
  readonly level: number;
  /** All but the value of those of whom it is not known. */
  readonly values: readonly { readonly code: string; readonly label: string }[];
}

/** Every version of every key that is at least as coarse as the atoms, the finest first. */
export function dimensionsOf({ keys, atoms }: Network): Dimension[] {
  return keys.flatMap(({ key, versions }, place) =>
    versions.flatMap(({ name, label, labels }, level) => {
      const { values } = getLevel(key, level);
      const codes = values.filter((code) => code !== NOT_KNOWN);
      if (level < (atoms.levels[place] ?? 0) || codes.length < 2) return [];
      const described = codes.map((code) => ({ code, label: labels.get(code) ?? code }));
      return [{ name, label, key: place, level, values: described }];
    }),
  );
}

/** Those that a question can be crossed with. */
export function dimensionsFor(network: Network, { levels }: Pick<Offered, 'levels'>): Dimension[] {
  return dimensionsOf(network).filter(({ key, level }) => level >= (levels[key] ?? 0));
}

/** @throws UnknownName, NotOffered */
export function getOffered({ offered, refused, kept, policy }: Network, name: string): Offered {
  const found = offered.find(({ question }) => isSame(question.name, name));
  if (found) return found;
  const names = offered.map(({ question }) => question.name);
  const shown = offered.length === 0 ? 'No question of this release can be.' : `Shown are: ${names.join(', ')}.`;
  const old = kept.find((question) => isSame(question.name, name));
  if (old) {
    throw new NotOffered(
      `${old.name} is not told anew of this release: less what was told of an earlier one, some of its figures would be of fewer than ${policy.cell} people, or of fewer than ${policy.base} who answered${old.sensitive ? ', or nearly everybody would have given the same answer' : ''}.`,
      shown,
    );
  }
  const known = refused.find((question) => isSame(question.name, name));
  if (!known) throw new UnknownName(`There is no question "${name}" in this release. ${offer(name, names, 'Asked')}`);
  throw new NotOffered(
    `${known.name} cannot be shown: even for everybody together, some of its figures would be of fewer than ${policy.cell} people, or would tell such a figure beside another question${known.sensitive ? ', or nearly everybody gave the same answer' : ''}.`,
    shown,
  );
}

/** A dimension by which a question can be crossed. @throws UnknownName, NotOffered */
export function getDimension(network: Network, asked: Offered, name: string): Dimension {
  const open = dimensionsFor(network, asked);
  const found = open.find((each) => isSame(each.name, name));
  if (found) return found;
  const names = open.map((each) => each.name);
  const can = names.length === 0 ? 'It is shown for everybody together only.' : `It can be by: ${names.join(', ')}.`;
  const less = network.later ? ', as they are or less what was told of an earlier release' : '';
  const every = dimensionsOf(network);
  if (every.some((each) => isSame(each.name, name))) {
    throw new NotOffered(
      `${asked.question.name} cannot be filtered or crossed by ${name}: some figures would be of fewer than ${network.policy.cell} people${less}.`,
      can,
    );
  }
  if (network.keys.some(({ versions }) => versions.some((version) => isSame(version.name, name)))) {
    throw new NotOffered(
      `Nothing can be filtered or crossed by ${name} in this release: with it, groups would have fewer than ${network.policy.base} people${less}.`,
      can,
    );
  }
  throw new UnknownName(
    names.length === 0
      ? `Nothing called "${name}" can be filtered or crossed by here: ${asked.question.name} is shown for everybody together only.`
      : `Nothing called "${name}" can be filtered or crossed by here. ${offer(name, names, `${asked.question.name} can be filtered and crossed by`)}`,
  );
}

/** The code of a dimension's value. @throws UnknownName */
export function getValue({ name, values }: Dimension, written: string): string {
  const codes = values.map(({ code }) => code);
  const found = codes.find((code) => isSame(code, written));
  if (found !== undefined) return found;
  throw new UnknownName(`"${written}" is not a value of ${name}. ${offer(written, codes, 'Its values')}`);
}

/** Capitals make no difference in a name. */
export const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

/** What is there, and what was probably meant. */
export function offer(written: string, names: readonly string[], what: string): string {
  const nearest = findNearest(written, names);
  const all = names.length === 0 ? `${what}: nothing.` : `${what}: ${names.join(', ')}.`;
  return nearest === undefined ? all : `Did you mean "${nearest}"? ${all}`;
}
