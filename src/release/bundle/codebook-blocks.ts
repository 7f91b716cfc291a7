/** The columns of a codebook in blocks: those of a tick list, a ranking or a grid stand together, in one table. */
import type { DataVariable } from '../microdata/data-file.ts';
import { type Counted, countColumn } from './frequencies.ts';

/** A number that stands in some column of a block, with what it means. */
interface BlockValue {
  readonly value: number;
  readonly label: string;
  /** It says why there is no answer. */
  readonly missing: boolean;
}

interface BlockRow {
  readonly name: string;
  readonly label: string;
  readonly withheldForSome: boolean;
  /** Rows of the file with an answer. */
  readonly answered: number;
  /** For each value of the block how many rows have it, and the share of those with an answer, 0 to 100. */
  readonly cells: readonly { readonly n: number; readonly percent?: number }[];
  /** The share of those who ticked it; left out where nothing is to be ticked. */
  readonly ticked?: number;
}

/** Columns of one question with the same answers. */
export interface ColumnBlock {
  readonly question: { readonly code: string; readonly text: string };
  /** What each row counts, in the order of its cells. */
  readonly values: readonly BlockValue[];
  /** The reasons for no answer that stand as often in every column. */
  readonly common: readonly Counted[];
  /** Every column has cells that are withheld. */
  readonly withheldEverywhere: boolean;
  readonly rows: readonly BlockRow[];
}

/** The columns in their order, those that belong together in one list of more than one. */
export function blocksOf(variables: readonly DataVariable[]): (readonly [DataVariable, ...DataVariable[]])[] {
  const blocks: [DataVariable, ...DataVariable[]][] = [];
  for (const variable of variables) {
    const last = blocks.at(-1);
    if (last && belongTogether(last[0], variable)) last.push(variable);
    else blocks.push([variable]);
  }
  return blocks;
}

/** What is said of a block is true of each of its columns: all but the label, the counts and what is withheld. */
function belongTogether(one: DataVariable, other: DataVariable): boolean {
  const said = ({ kind, question, universe, workedOutFrom, role, categories }: DataVariable) =>
    JSON.stringify([kind, question, universe, workedOutFrom, role, categories]);
  return one.question !== undefined && one.kind === 'categories' && said(one) === said(other);
}

/** Columns that belong together, counted; undefined of a column by itself. */
export function describeBlock(variables: readonly [DataVariable, ...DataVariable[]]): ColumnBlock | undefined {
  const [{ question, categories }] = variables;
  if (variables.length < 2 || question === undefined) return undefined;
  const columns = variables.map((variable) => ({ variable, counted: countColumn(variable) }));
  const reasons = reasonsIn(columns.map(({ counted }) => counted?.missing ?? []));
  const common = reasons.filter(({ everywhere }) => everywhere);
  const values = [
    ...categories.map(({ value, label }) => ({ value, label, missing: false })),
    ...reasons.filter(({ everywhere }) => !everywhere).map(({ value, label }) => ({ value, label, missing: true })),
  ];
  const isTicked = categories.map(({ value }) => value).join() === '0,1';
  return {
    question,
    values,
    common: common.map(({ value, label, n }) => ({ value, label, n })),
    withheldEverywhere: variables.every(({ withheldForSome }) => withheldForSome),
    rows: columns.map(({ variable: { name, label, withheldForSome }, counted }) => {
      const answered = counted?.answered ?? 0;
      const share = (n: number) => (answered === 0 ? 0 : (100 * n) / answered);
      const countOf = (value: number) => numberOf(value, [...(counted?.categories ?? []), ...(counted?.missing ?? [])]);
      return {
        name,
        label,
        withheldForSome,
        answered,
        cells: values.map(({ value, missing }) => {
          const n = countOf(value);
          return missing ? { n } : { n, percent: share(n) };
        }),
        ...(isTicked && answered > 0 && { ticked: share(countOf(1)) }),
      };
    }),
  };
}

/** Every reason that stands in some column, -1 first, and whether it stands as often in each. */
function reasonsIn(columns: readonly (readonly Counted[])[]): (Counted & { readonly everywhere: boolean })[] {
  const reasons = new Map(columns.flat().map((each) => [each.value, each]));
  return [...reasons.values()]
    .sort((one, other) => other.value - one.value)
    .map((reason) => ({ ...reason, everywhere: columns.every((own) => numberOf(reason.value, own) === reason.n) }));
}

const numberOf = (value: number, counts: readonly Counted[]) => counts.find((each) => each.value === value)?.n ?? 0;
