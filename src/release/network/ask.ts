/** Answering one question of a researcher from the atoms. */

import { getLevel } from '../microdata/generalise/keys.ts';
import type { Figure } from '../tables/figures.ts';
import { type Cells, cellsOf, figuresOf, takeTogether } from './cells.ts';
import { NOT_KNOWN } from './dimensions.ts';
import { type Dimension, dimensionsFor, getDimension, getOffered, getValue, isSame } from './names.ts';
import type { Network } from './network.ts';
import type { Offered } from './offered.ts';
import type { Weighing } from './weighing.ts';

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
  /** Percentages of the population, where the file has weights and nothing is filtered. */
  readonly weighted?: boolean;
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
  /** Of what is weighted: how many equal answers the base is worth. */
  readonly effectiveBase?: number;
}

interface NetworkGroup {
  /** A value of `by`; empty for everybody who is selected. */
  readonly code: string;
  readonly label: string;
  /** 0 or at least b. */
  readonly people: number;
  readonly rows: readonly NetworkRow[];
  /** For each NET its figure in each row; over a tick list there is one. */
  readonly nets: readonly (readonly Figure[])[];
}

export interface NetworkTable {
  readonly question: string;
  readonly label: string;
  /** As it was put; undefined where it is worked out from answers. */
  readonly text: string | undefined;
  /** Some answers are taken together (rule T4). */
  readonly collapsed: boolean;
  readonly answers: readonly { readonly code: string; readonly label: string }[];
  readonly nets: readonly { readonly code: string; readonly label: string; readonly dontKnow: boolean }[];
  /** How many are selected: 0 or at least b. */
  readonly people: number;
  readonly groups: readonly NetworkGroup[];
  /** What percentages are weighted with, where they are. */
  readonly weighting?: { readonly designEffect: number; readonly effectiveBase: number };
}

/**
 * The figures of a question for those who are selected, of all whose rows are in the file but the rest: what is never
 * counted cannot be subtracted.
 * @throws UnknownName, NotOffered
 */
export function ask(network: Network, wanted: Wanted): NetworkTable {
  const { question, where = {}, whereNot = {}, by } = wanted;
  const asked = getOffered(network, question);
  const selected = selectAtoms(network, asked, where, whereNot);
  const groups = groupsBy(network, by === undefined ? undefined : getDimension(network, asked, by), selected);
  const isFiltered = Object.keys(where).length + Object.keys(whereNot).length > 0;
  const weighing = wanted.weighted && !isFiltered ? network.weighing : undefined;
  const { name, label, text, answers, collapsed, nets, items } = asked.question;
  const columns = items.map((_, place) => cellsOf(network, asked, place, weighing));
  const netColumns = nets.map((net) => {
    if (!net.answers) return listNet(network, net.code, wanted, weighing);
    const places = [...answers.keys()].filter((place) => net.answers?.includes(answers[place]?.code ?? ''));
    return columns.map((cells) => takeTogether(cells, places));
  });
  const figuresIn = (cells: Cells | undefined, atoms: readonly number[]) =>
    cells ? figuresOf(cells, atoms, weighing) : { base: 0, figures: [HIDDEN] };
  return {
    question: name,
    label,
    text,
    collapsed,
    answers,
    nets: nets.map(({ code, label, dontKnow }) => ({ code, label, dontKnow })),
    people: peopleIn(network, selected),
    groups: groups.map(({ code, label, atoms }) => ({
      code,
      label,
      people: peopleIn(network, atoms),
      rows: items.map((item, place) => ({
        name: item.name,
        label: item.label,
        ...figuresIn(columns[place], atoms),
      })),
      nets: netColumns.map((rows) => rows.map((cells) => figuresIn(cells, atoms).figures.at(-1) ?? HIDDEN)),
    })),
    ...(weighing && {
      weighting: { designEffect: weighing.designEffect, effectiveBase: weighing.effectiveBase },
    }),
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

/** How many have a value of a dimension. */
export function peopleWith(network: Network, dimension: Dimension, code: string): number {
  const codeOf = codesIn(network, dimension);
  return peopleIn(
    network,
    [...network.atoms.sizes.keys()].filter((atom) => codeOf(atom) === code),
  );
}

function peopleIn({ atoms: { sizes } }: Network, atoms: readonly number[]): number {
  return atoms.reduce((sum, atom) => sum + (sizes[atom] ?? 0), 0);
}

const HIDDEN: Figure = { state: 'hidden' };

/** The NET of a tick list, from its own column; nothing where that is not told by all that is asked for. */
function listNet(
  network: Network,
  code: string,
  { where = {}, whereNot = {}, by }: Wanted,
  weighing: Weighing | undefined,
): (Cells | undefined)[] {
  const own = network.offered.find(({ question }) => isSame(question.name, code));
  const names = own ? dimensionsFor(network, own).map(({ name }) => name) : [];
  const used = [...Object.keys(where), ...Object.keys(whereNot), ...(by === undefined ? [] : [by])];
  const isTold = used.every((each) => names.some((name) => isSame(name, each)));
  if (!own || !isTold) return [undefined];
  const ticked = own.question.answers.findIndex((answer) => answer.code === 'yes');
  return [takeTogether(cellsOf(network, own, 0, weighing), [ticked])];
}
