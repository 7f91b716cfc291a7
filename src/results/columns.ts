/**
 * A variable's answers as one narrow column: a code for each response. A category has its position in the variable's
 * list; the reasons why there is no value stand at the top of the range, so that a new category never moves them.
 */
import type { Missing } from '../questionnaire/variables.ts';
import type { SnapshotVariable } from './variables.ts';

/** Why a response holds no value, from the top of the range downwards. The order is stored data: only add at the end. */
export const MISSING_STATES: readonly Missing[] = ['notAsked', 'left', 'notInVersion', 'blank'];

export interface Column {
  readonly codes: Uint8Array | Uint16Array;
  /** For a number: its value where the code says that one was given, else NaN. */
  readonly values?: Float64Array;
}

/** A column for so many responses, none of whom was asked. */
export function makeColumn(variable: SnapshotVariable, responses: number): Column {
  const codes = variable.width === 1 ? new Uint8Array(responses) : new Uint16Array(responses);
  codes.fill(missingCode(variable.width, 'notAsked'));
  return variable.kind === 'number' ? { codes, values: new Float64Array(responses).fill(Number.NaN) } : { codes };
}

/** The code of a reason in a column of this width. */
export function missingCode(width: 1 | 2, state: Missing): number {
  return (width === 1 ? 0xff : 0xffff) - MISSING_STATES.indexOf(state);
}

/** The code of each place that a variable is counted in: its categories in their order, then the reasons in theirs. */
export function codesByPlace({ categories, width }: SnapshotVariable): readonly number[] {
  return [...categories.keys(), ...MISSING_STATES.map((state) => missingCode(width, state))];
}

/** The place of each code. Sized for every code that fits the width; what no variable writes is -1. */
export function placesOf(variable: SnapshotVariable): Int32Array {
  const places = new Int32Array(variable.width === 1 ? 0x100 : 0x10000).fill(-1);
  for (const [place, code] of codesByPlace(variable).entries()) places[code] = place;
  return places;
}

/** The first responses of a column, sharing its memory. */
export function firstOf({ codes, values }: Column, responses: number): Column {
  return { codes: codes.subarray(0, responses), ...(values && { values: values.subarray(0, responses) }) };
}

/** A column's codes as they are stored: one byte each, or two with the low byte first. */
export function codesToBytes(codes: Column['codes']): Uint8Array {
  if (codes instanceof Uint8Array) return codes;
  const bytes = new Uint8Array(codes.length * 2);
  const view = new DataView(bytes.buffer);
  codes.forEach((code, index) => {
    view.setUint16(index * 2, code, true);
  });
  return bytes;
}

/** @throws when the bytes are not a whole number of codes */
export function codesFromBytes(bytes: Uint8Array, width: 1 | 2): Column['codes'] {
  if (width === 1) return bytes;
  if (bytes.length % 2 !== 0) throw new Error(`a column of ${bytes.length} bytes cannot hold codes of two`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint16Array.from({ length: bytes.length / 2 }, (_, index) => view.getUint16(index * 2, true));
}

/** Numbers as they are stored: eight bytes each, the low byte first. */
export function valuesToBytes(values: Float64Array): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setFloat64(index * 8, value, true);
  });
  return bytes;
}

export function valuesFromBytes(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.length / 8 }, (_, index) => view.getFloat64(index * 8, true));
}
