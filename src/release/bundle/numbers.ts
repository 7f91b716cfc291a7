/** Numbers as the text formats write them (rule F3): `-?digits(.digits)?`, whatever their size. */
import Big from 'big.js';

/** A number without exponent or sign of nought. @throws when it is not a number: no cell may be empty */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`a cell of a data file would hold ${value}`);
  const text = String(value);
  return text.includes('e') ? Big(value).toFixed() : text;
}
