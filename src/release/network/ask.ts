/** Answering one question of a researcher from the atoms. */

import { getLevel } from '../microdata/generalise/keys.ts';
import { type Figure, figureOf } from '../tables/figures.ts';
import { NOT_KNOWN } from './dimensions.ts';
import { type Dimension, getDimension, getOffered, getValue } from './names.ts';
import type { Network } from './network.ts';
import type { Offered } from './offered.ts';
import { widthOf } from './questions.ts';

type Filter = Readonly<Record<string, readonly string[]>>;

export interface Wanted {
  /** A question's code, or the name of what is worked out from answers. */
  readonly question: string;
  /** For each dimension the values that are wanted, any of them; all the dimensions together. */
  readonly where?: Filter;
  /** For each dimension the values that are not wanted. */
  readonly whereNot?: Filter;
  /** The dimension in whose groups it is shown. */
  readonly by?: string;
}

interface NetworkRow {
  readonly name: string;
  readonly label: string;
  /** How many were asked and answered: 0 or at least b. */
  readonly base: number;
  /** Where that is nobody: whether any were asked. How many is no figure of this tier. */
  readonly none?: 'not asked' | 'no answer';
  /** In the order of the answers: 0 or at least t. */
  readonly figures: readonly Figure[];
}

interface NetworkGroup {
  /** A value of `by`; empty for everybody who is selected. */
  readonly code: string;
  readonly label: string;
  /** 0 or at least b. */
  readonly people: number;
  readonly rows: readonly NetworkRow[];
}

export interface NetworkTable {
  readonly question: string;
  readonly label: string;
  /** As it was put; undefined where it is worked out from answers. */
  readonly text: string | undefined;
  /** Some answers are taken together (rule T4). */
  readonly collapsed: boolean;
  readonly answers: readonly { readonly code: string; readonly label: string }[];
  /** How many are selected: 0 or at least b. */
  readonly people: number;
  readonly groups: readonly NetworkGroup[];
}

/**
 * The figures of a question for those who are selected, of all whose rows are in the file but the rest: what is never
 * counted cannot be subtracted. Nothing is weighted.
 * @throws UnknownName, NotOffered
 */
export function ask(network: Network, { question, where = {}, whereNot = {}, by }: Wanted): NetworkTable {
  const asked = getOffered(network, question);
  const selected = selectAtoms(network, asked, where, whereNot);
  const groups = groupsBy(network, by === undefined ? undefined : getDimension(network, asked, by), selected);
  const { name, label, text, answers, collapsed } = asked.question;
  return {
    question: name,
    label,
    text,
    collapsed,
    answers,
    people: peopleIn(network, selected),
    groups: groups.map(({ code, label, atoms }) => ({
      code,
      label,
      people: peopleIn(network, atoms),
      rows: asked.question.items.map((item, place) => ({
        name: item.name,
        label: item.label,
        ...figuresOf(asked, place, atoms),
      })),
    })),
  };
}

/** The atoms whose values fit all of the filters. */
function selectAtoms(network: Network, asked: Offered, where: Filter, whereNot: Filter): number[] {
  const tests = [
    ...Object.entries(where).map(([name, values]) => testOf(network, asked, name, values, true)),
    ...Object.entries(whereNot).map(([name, values]) => testOf(network, asked, name, values, false)),
  ];
  return [...network.atoms.sizes.keys()].filter((atom) => tests.every((test) => test(atom)));
}

function testOf(network: Network, asked: Offered, name: string, values: readonly string[], wanted: boolean) {
  const dimension = getDimension(network, asked, name);
  const codes = new Set(values.map((value) => getValue(dimension, value)));
  const codeOf = codesIn(network, dimension);
  return (atom: number): boolean => codes.has(codeOf(atom)) === wanted;
}

/** The value of a dimension in each atom. */
function codesIn({ keys, atoms }: Network, { key: place, level }: Dimension): (atom: number) => string {
  const { key } = keys[place] ?? failing();
  const { groups, values } = getLevel(key, level);
  const leaves = atoms.leaves[place] ?? failing();
  return (atom) => values[groups[leaves[atom] ?? 0] ?? 0] ?? NOT_KNOWN;
}

function failing(): never {
  throw new Error('a dimension without its key');
}

interface Group {
  readonly code: string;
  readonly label: string;
  readonly atoms: readonly number[];
}

function groupsBy(network: Network, by: Dimension | undefined, selected: readonly number[]): Group[] {
  if (!by) return [{ code: '', label: 'Everybody selected', atoms: selected }];
  const codeOf = codesIn(network, by);
  return by.values.map(({ code, label }) => ({ code, label, atoms: selected.filter((atom) => codeOf(atom) === code) }));
}

function peopleIn({ atoms: { sizes } }: Network, atoms: readonly number[]): number {
  return atoms.reduce((sum, atom) => sum + (sizes[atom] ?? 0), 0);
}

function figuresOf({ question, counts }: Offered, item: number, atoms: readonly number[]) {
  const width = widthOf(question);
  const own = counts[item] ?? new Int32Array(0);
  const countOf = (cell: number) => atoms.reduce((sum, atom) => sum + (own[atom * width + cell] ?? 0), 0);
  const sums = question.answers.map((_, cell) => countOf(cell));
  const base = sums.reduce((sum, n) => sum + n, 0);
  const noAnswer = countOf(question.answers.length + 1);
  const none = noAnswer === 0 ? ('not asked' as const) : ('no answer' as const);
  return { base, ...(base === 0 && { none }), figures: sums.map((n) => figureOf(n, base)) };
}
