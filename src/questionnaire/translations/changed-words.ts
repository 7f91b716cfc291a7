/** What changed between two texts, word by word. */

export interface Stretch {
  readonly kind: 'same' | 'gone' | 'new';
  readonly words: string;
}

/** Beyond this many pairs of words two texts are not laid beside each other: all of one went, all of the other came. */
const MOST_PAIRS = 1_000_000;

/**
 * The stretches of words that stayed, went and came, so that those that stayed are as many as can be (the longest common
 * subsequence). Pure.
 */
export function changedWords(before: string, after: string): Stretch[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail++;
  const middle = [old.slice(head, old.length - tail), now.slice(head, now.length - tail)] as const;
  return joinUp([
    ...old.slice(0, head).map((words): Stretch => ({ kind: 'same', words })),
    ...compare(...middle),
    ...old.slice(old.length - tail).map((words): Stretch => ({ kind: 'same', words })),
  ]);
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

function compare(old: readonly string[], now: readonly string[]): Stretch[] {
  const gone = (words: readonly string[]) => words.map((each): Stretch => ({ kind: 'gone', words: each }));
  const come = (words: readonly string[]) => words.map((each): Stretch => ({ kind: 'new', words: each }));
  if (old.length * now.length > MOST_PAIRS) return [...gone(old), ...come(now)];
  const width = now.length + 1;
  // How many words the rest of the one has in common with the rest of the other.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => common[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row--)
    for (let column = now.length - 1; column >= 0; column--)
      common[row * width + column] =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
  const found: Stretch[] = [];
  let [row, column] = [0, 0];
  while (row < old.length && column < now.length) {
    if (old[row] === now[column]) {
      found.push({ kind: 'same', words: old[row] ?? '' });
      row++;
      column++;
    } else if (at(row + 1, column) >= at(row, column + 1)) found.push(...gone([old[row++] ?? '']));
    else found.push(...come([now[column++] ?? '']));
  }
  return [...found, ...gone(old.slice(row)), ...come(now.slice(column))];
}

function joinUp(words: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const each of words) {
    const last = joined.at(-1);
    if (last?.kind === each.kind) joined[joined.length - 1] = { kind: each.kind, words: `${last.words} ${each.words}` };
    else joined.push(each);
  }
  return joined;
}
