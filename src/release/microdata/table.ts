/** The columns of a choice with everybody's numbers in them, and the classes that they make. */
import { columnOf, type Snapshot } from '../../results/snapshot.ts';
import type { SnapshotVariable } from '../../results/variables.ts';
import { type Classes, oneClass, refine, statesOf } from './classes.ts';
import { type Choice, keyVersions, type Versions, variablesNamed } from './columns.ts';
import { numbersOf } from './numbers.ts';

/** A snapshot's numbers, each column worked out once. */
export interface Numbers {
  readonly rows: number;
  of(variable: SnapshotVariable): Int32Array;
}

export function numbersIn(snapshot: Snapshot): Numbers {
  const known = new Map<string, Int32Array>();
  return {
    rows: snapshot.responses,
    of: (variable) => {
      const found = known.get(variable.name) ?? numbersOf(variable, columnOf(snapshot, variable.name));
      known.set(variable.name, found);
      return found;
    },
  };
}

/** Rows that nobody can tell apart who knows the keys, and what having been asked says of them. */
export function classesBy(numbers: Numbers, { keys, columns }: Choice): Classes {
  const known = keys.map((variable) => numbers.of(variable));
  const told = columns.map(({ variable, telling }) => statesOf(numbers.of(variable), telling));
  return [...known, ...told].reduce(refine, oneClass(numbers.rows));
}

/** The keys and their coarser versions: what results may be shown by, and the file counted by. */
export function groupingsOf(numbers: Numbers, versions: Versions, snapshot: Snapshot, { keyNames, keys }: Choice) {
  const lists = keyVersions(versions);
  const coarser = keyNames.flatMap((name) =>
    lists.flatMap((list) => list.slice(list.indexOf(name) + 1 || list.length)),
  );
  const found = coarser.flatMap((name) => variablesNamed(snapshot.variables, name));
  return [...new Set([...keys, ...found])].map((variable) => numbers.of(variable));
}
