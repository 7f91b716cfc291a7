/** A column's values as numbers, with what each becomes on coarser levels. */
import type { ColumnSpec } from './spec.ts';

/** How a column's cells are read, and under which names they may leave. */
export interface Tree {
  /** For each leaf its value on each level, its own first, without the top. */
  readonly paths: readonly (readonly string[])[];
  /** The leaf of a cell's text; undefined where the column cannot hold it. */
  leafOf(text: string): number | undefined;
  /** What a cell should have been, for a sentence, and what to do where it is not. */
  readonly wanted: string;
  readonly mend: string;
}

/** @returns undefined where the column says nothing of its values: free text and raw numbers stay (rules M4 and M16) */
export function treeOf({ values, hierarchy, bands }: ColumnSpec): Tree | undefined {
  if (bands) return bandTree(bands);
  if (values) return valueTree(values.map((value) => [value]));
  return hierarchy && valueTree(Object.entries(hierarchy).map(([value, coarser]) => [value, ...coarser]));
}

function valueTree(paths: readonly (readonly string[])[]): Tree {
  const leaves = new Map(paths.map(([value = ''], leaf) => [value, leaf]));
  return {
    paths,
    leafOf: (text) => leaves.get(text),
    wanted: 'one of the values that the spec lists',
    mend: 'Add it there, or say under "missing" what it means, or mend the cell.',
  };
}

/** The leaves are the finest bands: a number itself never leaves. */
function bandTree(bands: readonly (readonly number[])[]): Tree {
  const [finest = []] = bands;
  const inside = [Number.NEGATIVE_INFINITY, ...finest];
  return {
    paths: inside.map((number) => bands.map((level) => bandName(level, number))),
    leafOf: (text) => (/^\d+(\.\d+)?$/.test(text) ? finest.filter((from) => from <= Number(text)).length : undefined),
    wanted: 'a number such as 1234.5, without signs or commas',
    mend: 'Mend the cell, or say under "missing" what it means.',
  };
}

function bandName(level: readonly number[], number: number): string {
  const from = level.findLast((each) => each <= number);
  const to = level.find((each) => each > number);
  if (from === undefined) return `under ${to}`;
  return to === undefined ? `${from} and over` : `${from} to under ${to}`;
}
