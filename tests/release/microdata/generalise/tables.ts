/** Small keys and rows for tests, written down or made up. */
import fc from 'fast-check';
import { MISSING } from '../../../../src/questionnaire/variables.ts';
import { type Counted, countClasses } from '../../../../src/release/microdata/generalise/count.ts';
import { getLevel, type Key, keyOf, leavesOf } from '../../../../src/release/microdata/generalise/keys.ts';
import { withholdCells } from '../../../../src/release/microdata/generalise/suppress.ts';

/** Each key's numbers by row, from the rows; null is withheld. */
export function columnsOf(rows: readonly (readonly (number | null)[])[]): Int32Array[] {
  return (rows[0] ?? []).map((_, place) => Int32Array.from(rows, (row) => row[place] ?? MISSING.withheld));
}

/** Classes by what is published, "withheld" being a value. */
export function strictClasses(columns: readonly Int32Array[]): Counted {
  const shifted = columns.map((codes) => codes.map((code) => (code === MISSING.withheld ? 0 : code + 1)));
  return countClasses(
    shifted.map((codes) => ({ codes, span: codes.reduce((most, code) => Math.max(most, code), 0) + 1 })),
    columns[0]?.length ?? 0,
  );
}

/** What each row's true keys are on these levels. */
export function onLevels(keys: readonly Key[], levels: readonly number[]): Int32Array[] {
  return keys.map((key, place) => key.codes.map((leaf) => getLevel(key, levels[place] ?? 0).groups[leaf] ?? 0));
}

/** Publishes keys on these levels, with cells withheld. @param tells for each key the places of those that it tells */
export function publish(keys: readonly Key[], levels: readonly number[], k: number, tells: readonly number[][] = []) {
  const rows = keys[0]?.codes.length ?? 0;
  return withholdCells(
    onLevels(keys, levels).map((codes, place) => ({
      codes,
      span: keys[place]?.levels[levels[place] ?? 0]?.values.length ?? 1,
      cost: 1 / (leavesOf(keys[place] ?? failing()) + place),
      tells: tells[place] ?? [],
    })),
    rows,
    k,
  );
}

function failing(): never {
  throw new Error('no such key');
}

/** A tree over some leaves: on each level neighbours are put together. */
const shapes = fc.record({
  leaves: fc.integer({ min: 1, max: 6 }),
  widths: fc.array(fc.integer({ min: 2, max: 3 }), { maxLength: 2 }),
});

const pathOf = (leaf: number, widths: readonly number[]) => {
  const path = [`0:${leaf}`];
  let group = leaf;
  for (const [level, width] of widths.entries()) {
    group = Math.floor(group / width);
    path.push(`${level + 1}:${group}`);
  }
  return path;
};

/** Up to four keys over up to sixty rows, and a k that they have rows enough for. */
export const keysAndK = fc
  .tuple(fc.integer({ min: 2, max: 60 }), fc.array(shapes, { minLength: 1, maxLength: 4 }))
  .chain(([rows, forms]) =>
    fc.tuple(
      fc.tuple(
        ...forms.map(({ leaves, widths }, place) =>
          fc.array(fc.nat({ max: leaves - 1 }), { minLength: rows, maxLength: rows }).map((codes) =>
            keyOf(
              `key${place}`,
              Int32Array.from(codes),
              Array.from({ length: leaves }, (_, leaf) => pathOf(leaf, widths)),
            ),
          ),
        ),
      ),
      fc.integer({ min: 2, max: Math.min(rows, 7) }),
      fc.integer({ min: 0, max: Math.floor(rows / 4) }),
    ),
  )
  .map(([keys, k, budget]) => ({ keys, k, budget, rows: keys[0]?.codes.length ?? 0 }));
