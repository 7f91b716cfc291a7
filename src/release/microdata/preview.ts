/** What a data file would hold and lose. For the terminal of who makes it: exact counts of small classes never leave. */
import type { Text } from '../../questionnaire/definition.ts';
import type { Snapshot } from '../../results/snapshot.ts';
import { sizesOf } from './classes.ts';
import { assertColumns, chooseColumns, type LeftOut, type Versions } from './columns.ts';
import { bestByNumber, type KeyTrial, type KeyTrials } from './compare-keys.ts';
import { classesBy, numbersIn } from './table.ts';

export interface Preview {
  readonly k: number;
  readonly responses: number;
  readonly rows: number;
  readonly withheld: number;
  readonly columns: number;
  readonly keys: readonly {
    readonly name: string;
    readonly label: Text;
    /** How many values there are among the responses. */
    readonly values: number;
  }[];
  readonly leftOut: readonly LeftOut[];
  /** Classes of all responses by their size, before anything is withheld. `to` is left out for the largest. */
  readonly sizes: readonly { from: number; to?: number; classes: number; rows: number }[];
  /** With each key in turn left out. */
  readonly without: readonly (KeyTrial & { readonly key: string })[];
  /** For each number of keys the choice that keeps most. */
  readonly best: readonly KeyTrial[];
}

/** Looks at a file before it is made. @throws NotReleasable */
export function previewFile(
  versions: Versions,
  snapshot: Snapshot,
  { keyNames, k }: { readonly keyNames: readonly string[]; readonly k: number },
  trials: KeyTrials,
  all: readonly KeyTrial[],
): Preview {
  const choice = chooseColumns(versions, snapshot.variables, keyNames);
  assertColumns(choice);
  const numbers = numbersIn(snapshot);
  const { rows, columns } = trials.of(keyNames);
  return {
    k,
    responses: snapshot.responses,
    rows,
    withheld: snapshot.responses - rows,
    columns,
    keys: choice.keys.map((variable) => ({
      name: variable.name,
      label: variable.label,
      values: new Set(numbers.of(variable)).size,
    })),
    leftOut: choice.leftOut,
    sizes: bySize(sizesOf(classesBy(numbers, choice)), k),
    without: keyNames.map((key) => ({ key, ...trials.of(keyNames.filter((each) => each !== key)) })),
    best: bestByNumber(all),
  };
}

function bySize(sizes: Int32Array, k: number): Preview['sizes'] {
  const starts = [...new Set([1, 2, 3, k, 2 * k, 4 * k])].sort((one, other) => one - other);
  return starts.map((from, place) => {
    const next = starts[place + 1];
    const own = sizes.filter((size) => size >= from && (next === undefined || size < next));
    const rows = own.reduce((sum, size) => sum + size, 0);
    return { from, ...(next !== undefined && { to: next - 1 }), classes: own.length, rows };
  });
}
