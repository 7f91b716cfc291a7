import { describe, expect, test } from 'vitest';
import { cutToBytes, cutToCharacters, gatherBytes, padded } from '../../../src/release/bundle/bytes.ts';

test.each([
  ['shorter than the room', 'abc', 5, 'abc'],
  ['as long as the room', 'abcde', 5, 'abcde'],
  ['longer', 'abcdef', 5, 'ab…'],
  ['before a letter of two bytes that does not fit', 'aŵŵŵŵ', 7, 'aŵ…'],
  ['before an emoji of four bytes that does not fit', 'a🎶🎶🎶', 10, 'a🎶…'],
  ['without the blank before what is left out', 'ab cdefgh', 6, 'ab…'],
  ['with room for nothing but the sign', 'abcdef', 3, '…'],
])('cuts text to bytes: %s', (_, text, room, kept) => {
  expect(cutToBytes(text, room)).toBe(kept);
  expect(Buffer.byteLength(cutToBytes(text, room))).toBeLessThanOrEqual(room);
});

test.each([
  ['ŵŵŵ', 3, 'ŵŵŵ'],
  ['ŵŵŵŵ', 3, 'ŵŵ…'],
  ['🎶🎶🎶🎶', 3, '🎶🎶…'],
])('cuts %s to %i characters', (text, room, kept) => {
  expect(cutToCharacters(text, room)).toBe(kept);
});

test('fills text up, and refuses what does not fit', () => {
  expect(padded('ŵ', 4, ' ').toString()).toBe('ŵ  ');
  expect(() => padded('ŵŵŵ', 4, ' ')).toThrow('"ŵŵŵ" takes 6 bytes, and there is room for 4');
});

describe('chunks', () => {
  const sizes = (pieces: readonly number[]) => {
    const whole = Buffer.alloc(pieces.reduce((sum, size) => sum + size, 0)).map((_, index) => index % 251);
    let at = 0;
    const cut = pieces.map((size) => {
      at += size;
      return whole.subarray(at - size, at);
    });
    const chunks = [...gatherBytes(cut)];
    expect(Buffer.concat(chunks).equals(whole)).toBe(true);
    return chunks.map(({ length }) => length);
  };

  test.each([
    ['nothing', [], []],
    ['less than one', [1, 2, 0, 3], [6]],
    ['exactly one', [65_535, 1], [65_536]],
    ['a piece that spans three', [10, 140_000, 10], [65_536, 65_536, 8948]],
  ])('are of one size and hold the same bytes: %s', (_, pieces, expected) => {
    expect(sizes(pieces)).toEqual(expected);
  });

  test('stay as they are when more are asked for', () => {
    const piece = Buffer.alloc(65_536);
    const [first] = [...gatherBytes([piece.fill(1), Buffer.alloc(65_536, 2)])];
    expect(first?.every((byte) => byte === 1)).toBe(true);
  });
});
