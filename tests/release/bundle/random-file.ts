/** A data file of any size from a seed: every kind of column, all missing codes, labels of any letters. Made up. */
import { randomFrom } from '../../../src/questionnaire/random.ts';
import type { DataFile, DataVariable } from '../../../src/release/microdata/data-file.ts';
import { MISSING_WORDS } from '../../../src/release/microdata/missing.ts';
import { AWKWARD, EXAMPLE } from './example.ts';

type Picker = <T>(from: readonly T[]) => T;

/** @param columns besides the row's name */
export function randomFile(rows: number, columns: number, seed: number): DataFile {
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick: Picker = (from) => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  };
  const codes = MISSING_WORDS.map(({ value }) => value);
  const valuesOf = (answer: () => number) =>
    Array.from({ length: rows }, () => (random() < 0.2 ? pick(codes) : answer()));
  const variables = Array.from({ length: columns }, (_, index) => {
    const name = pick(['v', 'q', 'a_long_name_of_a_question_']) + String(index + 1);
    const kind = pick(['categories', 'categories', 'categories', 'count', 'weight'] as const);
    return { ...baseOf(name, kind, textFrom(pick, below(400))), ...columnOf(kind, valuesOf, random, pick) };
  });
  const names = Array.from({ length: rows }, (_, row) => `r${below(2 ** 32).toString(16)}${row}`);
  return { about: { ...EXAMPLE.about, synthetic: false }, rows, variables: [nameColumn(names), ...variables] };
}

function baseOf(name: string, kind: DataVariable['kind'], label: string) {
  return { name, label, role: kind === 'weight' ? 'weight' : 'plain', kind, withheldForSome: false } as const;
}

function columnOf(
  kind: 'categories' | 'count' | 'weight',
  valuesOf: (answer: () => number) => number[],
  random: () => number,
  pick: Picker,
): Pick<DataVariable, 'ordered' | 'categories' | 'values'> {
  const upTo = (most: number) => () => Math.floor(random() * (most + 1));
  if (kind === 'count') {
    const most = pick([1, 99, 100, 101, 32740, 32741, 10_000_000, 2147483647]);
    return { ordered: false, categories: [], values: Int32Array.from(valuesOf(upTo(most))) };
  }
  if (kind === 'weight') {
    const decimals = pick([1, 100, 10_000, 1_000_000]);
    const values = valuesOf(() => Math.round(random() * 5 * decimals) / decimals);
    return { ordered: false, categories: [], values: Float64Array.from(values) };
  }
  const categories = Array.from({ length: pick([1, 2, 5, 11, 40]) }, (_, index) => ({
    value: index + 1,
    label: `${index} ${textFrom(pick, pick([5, 20, 60, 200]))}`,
  }));
  const values = valuesOf(() => pick(categories).value);
  return { ordered: random() < 0.3, categories, values: Int32Array.from(values) };
}

/** Letters from every awkward text, in any order; no blank at either end, which SPSS does not keep. */
function textFrom(pick: Picker, length: number): string {
  const letters = AWKWARD.flatMap((text) => [...text]);
  return `x${Array.from({ length }, () => pick(letters)).join('')}x`;
}

function nameColumn(values: readonly string[]): DataVariable {
  return {
    name: 'row_id',
    label: 'A random name for the row',
    role: 'row name',
    kind: 'name',
    ordered: false,
    categories: [],
    withheldForSome: false,
    values,
  };
}
