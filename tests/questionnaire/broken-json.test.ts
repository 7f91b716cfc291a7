import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findFault } from '../../src/questionnaire/broken-json.ts';

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const RIGHT = '{"a": [1, -2.5e3, true, null, {"b": "x\\u00e9\\n", "c": {}}],\n "d": []}';
/** What a slip of the hand, a word processor or another language puts into JSON. */
const letters = fc.constantFrom(...'{}[]",:\\ \n\tu09.eE-+ax/#“”‘\'\u00a0');
const slips = fc.array(fc.record({ at: fc.nat(RIGHT.length - 1), instead: fc.nat(2), letter: letters }), {
  minLength: 1,
  maxLength: 4,
});

describe('the first fault of a text', () => {
  test('is found exactly where the text is not JSON, and inside it', () => {
    fc.assert(
      fc.property(slips, (each) => {
        const text = each.reduce(
          (before, { at, instead, letter }) => before.slice(0, at) + letter + before.slice(at + instead),
          RIGHT,
        );
        const fault = findFault(text);
        expect(fault === undefined).toBe(isJson(text));
        if (!fault) return;
        expect(fault.offset).toBeGreaterThanOrEqual(0);
        expect(fault.offset).toBeLessThanOrEqual(text.length);
        expect(fault.message).toMatch(/^.+\.$/su);
      }),
      { numRuns: 3000 },
    );
  });

  test.each([
    ['the 6" pipe', 'A straight double quote inside a text ends it too early: "the 6" is followed by pipe.'],
    ['"Yes" is', 'A straight double quote inside a text ends it too early: "" is followed by Yes.'],
  ])('is the quote inside a text: %s', (words, message) => {
    expect(findFault(`{ "text": "${words}" }`)?.message).toBe(message);
  });

  test('is shown in few words, however long the text is', () => {
    expect(findFault(`["${'long '.repeat(50)}" "x"]`)?.message).toBe(
      'A comma is missing after "long long long long long lo…ng long ".',
    );
  });
});
