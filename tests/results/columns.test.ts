import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  codesFromBytes,
  codesToBytes,
  missingCode,
  valuesFromBytes,
  valuesToBytes,
} from '../../src/results/columns.ts';

test('codes of one and of two bytes come back as they were stored', () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint16Array(), (narrow, wide) => {
      expect(codesFromBytes(codesToBytes(narrow), 1)).toEqual(narrow);
      expect(codesFromBytes(codesToBytes(wide), 2)).toEqual(wide);
    }),
  );
});

test('two bytes are stored with the low one first', () => {
  expect([...codesToBytes(Uint16Array.of(1, 0xfffe))]).toEqual([1, 0, 0xfe, 0xff]);
});

test('half a code is refused', () => {
  expect(() => codesFromBytes(new Uint8Array(3), 2)).toThrow('3 bytes');
});

test('numbers come back to the last digit, also those that are not there', () => {
  const values = Float64Array.of(0.1, -12.5, 1e15, Number.NaN);
  expect(valuesFromBytes(valuesToBytes(values))).toEqual(values);
});

test('the reasons for a missing value stand at the top of the range, where they are stored data', () => {
  expect((['notAsked', 'left', 'notInVersion', 'blank'] as const).map((state) => missingCode(1, state))).toEqual([
    255, 254, 253, 252,
  ]);
  expect(missingCode(2, 'notAsked')).toBe(65_535);
});
