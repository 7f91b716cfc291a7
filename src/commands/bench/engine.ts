/** Anonymising many rows: the search for the best levels and the withholding of single cells, against one plain count. */
import { randomFrom } from '../../questionnaire/random.ts';
import { publishKeys } from '../../release/microdata/generalise/key-columns.ts';
import { type Key, keyOf } from '../../release/microdata/generalise/keys.ts';
import { findOptimum } from '../../release/microdata/generalise/lattice.ts';
import { BUDGET } from '../../release/microdata/wanted-file.ts';

export interface EngineFigure {
  readonly k: number;
  readonly searchSeconds: number;
  readonly withholdSeconds: number;
  /** The search as so many plain counts of equal rows. */
  readonly ratio: number;
  readonly choices: number;
  readonly counted: number;
}

const ROWS = 100_000;
/** How many values each key has, and how many of a level make one of the next. */
const KEYS = [
  [16, 4],
  [12, 3],
  [9, 3],
  [8, 2],
  [6, 2],
  [5, 5],
] as const;

/** Measures made-up rows with six keys, at each k. */
export function measureEngine(): EngineFigure[] {
  const keys = madeUpKeys();
  const bare = seconds(() => countPlain(keys));
  const bonds = { tells: keys.map(() => []), columns: keys.map(() => 0) };
  return [3, 5, 10].map((k) => {
    const search = timed(() => findOptimum(keys, ROWS, k, ROWS * BUDGET));
    const { levels, choices, counted } = search.value ?? { levels: [], choices: 0, counted: 0 };
    const withhold = timed(() => publishKeys(keys, levels, bonds, ROWS, k));
    const ratio = search.seconds / bare;
    return { k, searchSeconds: search.seconds, withholdSeconds: withhold.seconds, ratio, choices, counted };
  });
}

/** Values that lean to the first, as those of real keys do. */
function madeUpKeys(): Key[] {
  const random = randomFrom(1);
  return KEYS.map(([leaves, width], place) => {
    const codes = Int32Array.from({ length: ROWS }, () => Math.floor(leaves * random() ** 2));
    const paths = Array.from({ length: leaves }, (_, leaf) => [`0:${leaf}`, `1:${Math.floor(leaf / width)}`]);
    return keyOf(`key${place}`, codes, paths);
  });
}

/** What anybody would write: a text for each row, and a map of how often it comes. */
function countPlain(keys: readonly Key[]): number {
  const counts = new Map<string, number>();
  for (let row = 0; row < ROWS; row++) {
    const look = keys.map(({ codes }) => codes[row]).join();
    counts.set(look, (counts.get(look) ?? 0) + 1);
  }
  return counts.size;
}

function timed<T>(work: () => T): { value: T; seconds: number } {
  const began = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - began) / 1000 };
}

const seconds = (work: () => unknown) => timed(work).seconds;
