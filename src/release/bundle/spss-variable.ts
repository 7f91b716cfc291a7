/** How SPSS shows and treats a variable: the same in a .sav file as in the syntax that makes one. */
import type { DataVariable } from '../microdata/data-file.ts';
import { plainNumber } from './numbers.ts';

/** Bytes a text may have without being cut into several columns. */
const TEXT_BYTES = 255;
const USUAL_WIDTH = 8;
const MOST_DECIMALS = 16;

export type Level = 'nominal' | 'ordinal' | 'scale';

export function levelOf({ kind, ordered }: DataVariable): Level {
  if (kind === 'count' || kind === 'weight') return 'scale';
  return ordered ? 'ordinal' : 'nominal';
}

/** Bytes of the longest text of a column; 0 for a column of numbers. @throws when a text is longer than a column holds */
export function textWidth({ name, kind, values }: DataVariable): number {
  if (kind !== 'name') return 0;
  let width = 1;
  for (const value of values) width = Math.max(width, Buffer.byteLength(String(value)));
  if (width > TEXT_BYTES) throw new Error(`${name} has a text of ${width} bytes: SPSS holds ${TEXT_BYTES}`);
  return width;
}

/** The format F<width>.<decimals> that shows every number of a column whole. */
export function numberFormat({ values }: DataVariable): { width: number; decimals: number } {
  let [most, decimals] = [0, 0];
  for (const value of values) {
    const number = Number(value);
    most = Math.max(most, number);
    if (!Number.isInteger(number)) decimals = Math.max(decimals, plainNumber(number).split('.')[1]?.length ?? 0);
  }
  decimals = Math.min(decimals, MOST_DECIMALS);
  const before = Math.max(USUAL_WIDTH, plainNumber(Math.trunc(most)).length);
  return { width: decimals === 0 ? before : before + 1 + decimals, decimals };
}
