/** The smallest of Stata's storage types that holds a column, and how a cell is written in it. */
import type { DataVariable } from '../microdata/data-file.ts';

export interface Storage {
  /** Its number in .dta format 118. */
  readonly type: number;
  readonly bytes: number;
  /** How Stata shows the column. */
  readonly format: string;
  readonly write: (row: Buffer, value: number | string, at: number) => void;
}

const TEXT_BYTES = 2045;

/** Types of whole numbers: what each holds, and its "." after which its .a, .b and so on follow. */
const WHOLE = [
  { type: 65530, bytes: 1, most: 100, dot: 101 },
  { type: 65529, bytes: 2, most: 32740, dot: 32741 },
  { type: 65528, bytes: 4, most: 2147483620, dot: 2147483621 },
];
/** The upper half of a decimal's "."; its .a, .b and so on follow in steps. */
const DECIMAL = { type: 65526, bytes: 8, dot: 0x7fe00000, step: 0x100 };

/** A column has no number under 0 but missing codes (rule M15). @throws when a text is longer than a column holds */
export function storageOf({ name, kind, values }: DataVariable): Storage {
  let [whole, most, longest] = [true, 0, 1];
  for (const value of values) {
    if (typeof value === 'string') {
      longest = Math.max(longest, Buffer.byteLength(value));
    } else {
      whole &&= Number.isInteger(value);
      most = Math.max(most, value);
    }
  }
  if (kind === 'name') return textStorage(name, longest);
  const fitting = whole ? WHOLE.find((type) => most <= type.most) : undefined;
  return fitting ? wholeStorage(fitting) : decimalStorage(whole);
}

function textStorage(name: string, bytes: number): Storage {
  if (bytes > TEXT_BYTES) throw new Error(`${name} has a text of ${bytes} bytes: Stata holds ${TEXT_BYTES}`);
  const write: Storage['write'] = (row, value, at) => row.fill(0, at, at + bytes).write(String(value), at);
  return { type: bytes, bytes, format: `%-${bytes}s`, write };
}

function wholeStorage({ type, bytes, dot }: (typeof WHOLE)[number]): Storage {
  const write: Storage['write'] = (row, value, at) =>
    row.writeIntLE(Number(value) < 0 ? dot - Number(value) : Number(value), at, bytes);
  return { type, bytes, format: '%12.0g', write };
}

function decimalStorage(whole: boolean): Storage {
  const write: Storage['write'] = (row, value, at) => {
    if (Number(value) >= 0) {
      row.writeDoubleLE(Number(value), at);
    } else {
      row.writeUInt32LE(0, at);
      row.writeUInt32LE(DECIMAL.dot - Number(value) * DECIMAL.step, at + 4);
    }
  };
  return { type: DECIMAL.type, bytes: DECIMAL.bytes, format: whole ? '%12.0f' : '%10.0g', write };
}
