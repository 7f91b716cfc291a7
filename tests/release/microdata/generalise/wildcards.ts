/** k as other programs count it: a withheld cell matches whatever stands in another row (sdcMicro's `freqCalc`). */

/** For each row how many rows match it, itself among them. @param rows the keys of each row, null where withheld */
export function wildcardFrequencies(rows: readonly (readonly (number | null)[])[]): number[] {
  return rows.map(
    (row) =>
      rows.filter((other) => row.every((key, place) => key === null || other[place] === null || key === other[place]))
        .length,
  );
}
