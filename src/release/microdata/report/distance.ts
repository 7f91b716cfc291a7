/** How far the answers that a file shows are from all answers. */
import type { Text } from '../../../questionnaire/definition.ts';
import type { SnapshotVariable } from '../../../results/variables.ts';
import { isAnswer } from '../sensitive.ts';
import type { Reading } from '../whole-numbers.ts';

export interface Shift {
  readonly rows: number;
  /** For each response what was answered, and what the file shows. */
  readonly truth: Reading;
  readonly shown: Reading;
}

/** An answer's share of those who answered, before and after. */
export interface Change {
  readonly name: string;
  readonly label: string;
  readonly answer: string;
  readonly before: number;
  readonly after: number;
}

export interface Moved {
  /** Half the sum of what the shares differ by: the share of answers that would have to be others. */
  readonly distance: number;
  readonly number: number;
  readonly before: number;
  readonly after: number;
}

/** @returns undefined where nobody answered, or nothing is shown */
export function changeIn({ rows, truth, shown }: Shift): Moved | undefined {
  const before = sharesOf(rows, truth);
  const after = truth === shown ? before : sharesOf(rows, shown);
  if (before.size === 0 || after.size === 0) return undefined;
  const changes = [...before].map(([number, share]) => ({ number, before: share, after: after.get(number) ?? 0 }));
  const apart = (change: { before: number; after: number }) => Math.abs(change.after - change.before);
  const distance = changes.reduce((sum, change) => sum + apart(change), 0) / 2;
  const first = changes[0] ?? { number: 0, before: 0, after: 0 };
  return { distance, ...changes.reduce((most, change) => (apart(change) > apart(most) ? change : most), first) };
}

/** The answer of any question whose share changed most. Counts have no share. */
export function largestChange(
  shifts: readonly { readonly variable: SnapshotVariable; readonly moved: Moved | undefined }[],
  say: (text: Text) => string,
): Change | undefined {
  const found = shifts.flatMap(({ variable, moved: own }): Change[] => {
    const { name, label, kind, categories } = variable;
    const moved = kind === 'categorical' ? own : undefined;
    const category = categories.find(({ value }) => value === moved?.number);
    if (!moved || !category) return [];
    const { before, after } = moved;
    return [{ name, label: say(label), answer: say(category.label), before, after }];
  });
  const apart = ({ before, after }: Change) => Math.abs(after - before);
  return found.reduce<Change | undefined>(
    (most, each) => (most && apart(most) >= apart(each) ? most : each),
    undefined,
  );
}

/** The share of each answer among those who answered. Numbers of answers are small, so each has a place. */
function sharesOf(rows: number, read: Reading): Map<number, number> {
  let [least, most] = [0, 0];
  for (let row = 0; row < rows; row++) {
    const number = read(row);
    if (number < least) least = number;
    if (number > most) most = number;
  }
  const counts = new Int32Array(most - least + 1);
  for (let row = 0; row < rows; row++) {
    const place = read(row) - least;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  const given = [...counts.keys()].flatMap((place) => {
    const n = counts[place] ?? 0;
    return n > 0 && isAnswer(place + least) ? [[place + least, n] as const] : [];
  });
  const answered = given.reduce((sum, [, n]) => sum + n, 0);
  return new Map(given.map(([number, n]) => [number, n / answered]));
}
