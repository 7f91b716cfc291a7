import { describe, expect, test } from 'vitest';
import { encodeCode, readCode, showCode } from '../../src/responses/codes.ts';

// The third is the example of other readers of this alphabet (ULID).
const NOTHING = new Uint8Array(16);
const ALL = new Uint8Array(16).fill(0xff);

test.each([
  [NOTHING, '00000000000000000000000000'],
  [ALL, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
  [Uint8Array.from({ length: 16 }, (_, n) => n), '00041061050R3GG28A1C60T3GF'],
])('16 bytes are 26 letters and digits', (bytes, code) => {
  expect(encodeCode(bytes)).toBe(code);
});

test('a code is shown in groups, and read back from them', () => {
  expect(showCode('00041061050R3GG28A1C60T3GF')).toBe('00041-06105-0R3GG-28A1C-60T3GF');
  expect(readCode(showCode('00041061050R3GG28A1C60T3GF'))).toBe('00041061050R3GG28A1C60T3GF');
});

describe('a code as people type it', () => {
  test.each([
    ['small letters', '7zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['spaces', ' 7ZZZZ ZZZZZ ZZZZZ ZZZZZ ZZZZZ Z\n'],
    ['no-break spaces', '7ZZZZ\u00a0ZZZZZ\u202fZZZZZ ZZZZZ ZZZZZ Z'],
    ['long dashes', '7ZZZZ–ZZZZZ—ZZZZZ‑ZZZZZ−ZZZZZ-Z'],
    ['what a mail program slips in', '\u200b7ZZZZ\u00adZZZZZ-ZZZZZ-ZZZZZ-ZZZZZ-Z\ufeff'],
  ])('%s are forgiven', (_, typed) => {
    expect(readCode(typed)).toBe('7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
  });

  test('letters that look like digits are read as digits', () => {
    expect(readCode('OoIiLl00000000000000000000')).toBe('00111100000000000000000000');
  });

  test.each([
    ['too short', '7ZZZZ'],
    ['too long', '7ZZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['a letter that no code has', 'UZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['other signs', '7ZZZZZZZZZZZZZZZZZZZZZZZZ!'],
    ['other digits', '７ZZZZZZZZZZZZZZZZZZZZZZZZZ'],
    ['nothing', ''],
  ])('%s is no code', (_, typed) => {
    expect(readCode(typed)).toBeUndefined();
  });
});
