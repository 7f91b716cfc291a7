/** Rows that published tables would give away by subtraction from the file hide among more (rule M18). */
import { MISSING } from '../../../../questionnaire/variables.ts';
import { classesIn, type ProtectedRows } from '../protect-rows.ts';
import type { KeyCheck } from './checks.ts';

/**
 * Withholds keys in whole classes until, of the rows that a table counts, none, at least k or all are those in which
 * the file does not show the keys. A class has at least k rows, and all of them are in one part, so a class withheld
 * mends every part that it is in; two classes that come to look alike only grow. The class that costs fewest cells goes
 * first. A table of an earlier snapshot may count fewer than there are now, and so be spoiled by what mended another: so
 * all are looked at until nothing changes.
 */
export function withholdBySubtraction(
  rows: ProtectedRows,
  checks: readonly KeyCheck[],
  count: number,
  k: number,
): ProtectedRows {
  let own = rows;
  for (let before: ProtectedRows | undefined; before !== own; ) {
    before = own;
    for (const check of checks) {
      for (let lack = findLack(own, check, k); lack !== undefined; lack = findLack(own, check, k)) {
        own = withholdCheapest(own, check, lack, count);
      }
    }
  }
  return own;
}

/** A part of which the file shows some rows, and does not show so few that they are known. */
function findLack({ keys }: ProtectedRows, { keys: places, parts, printed }: KeyCheck, k: number): number | undefined {
  const shown = new Float64Array(parts.count);
  const columns = places.flatMap((place) => keys[place]?.codes ?? []);
  for (let row = 0; row < parts.rows; row++) {
    const part = parts.of(row);
    if (columns.every((codes) => codes[row] !== MISSING.withheld)) shown[part] = (shown[part] ?? 0) + 1;
  }
  const lack = printed.findIndex((n, part) => {
    const missing = n - (shown[part] ?? 0);
    return (shown[part] ?? 0) > 0 && missing > 0 && missing < k;
  });
  return lack === -1 ? undefined : lack;
}

function withholdCheapest(rows: ProtectedRows, check: KeyCheck, part: number, count: number): ProtectedRows {
  const { keys, bonds } = rows;
  const { of, sizes } = classesIn(rows, count);
  const columns = check.keys.flatMap((place) => keys[place]?.codes ?? []);
  const offers = new Map<number, true>();
  of.forEach((own, row) => {
    if (check.parts.of(row) === part && columns.every((codes) => codes[row] !== MISSING.withheld))
      offers.set(own, true);
  });
  const withheldWith = (place: number) =>
    new Set([place, ...bonds.tells.flatMap((told, other) => (told.includes(place) ? [other] : []))]);
  const costOf = (place: number) =>
    [...withheldWith(place)].reduce((sum, each) => sum + 1 + (bonds.columns[each] ?? 0), 0);
  const [key] = [...check.keys].sort((one, other) => costOf(one) - costOf(other));
  const [own] = [...offers.keys()].sort((one, other) => (sizes[one] ?? 0) - (sizes[other] ?? 0));
  const gone = withheldWith(key ?? 0);
  return {
    ...rows,
    keys: keys.map((each, place) =>
      gone.has(place)
        ? { ...each, codes: each.codes.map((code, row) => (of[row] === own ? MISSING.withheld : code)) }
        : each,
    ),
  };
}
