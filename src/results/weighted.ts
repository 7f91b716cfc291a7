/** Counting with weights. */
import { placesOf } from './columns.ts';
import { type Counted, placeCount } from './crosstab.ts';

/**
 * The weights of the responses at each place of a variable, by each place of a segment: row after row, as in a
 * `Crosstab`. Without a segment there is one column, for everybody.
 */
export function sumWeights(own: Counted, by: Counted | undefined, weights: Float64Array): Float64Array {
  const rows = placesOf(own.variable);
  const columns = by && placesOf(by.variable);
  const width = by ? placeCount(by.variable) : 1;
  const sums = new Float64Array(placeCount(own.variable) * width);
  for (let response = 0; response < weights.length; response++) {
    const row = rows[own.column.codes[response] ?? 0] ?? 0;
    const column = (by && columns?.[by.column.codes[response] ?? 0]) ?? 0;
    const at = row * width + column;
    sums[at] = (sums[at] ?? 0) + (weights[response] ?? 0);
  }
  return sums;
}
