import { expect, test } from 'vitest';
import { MISSING_RANGE } from '../../../src/release/bundle/missing-codes.ts';
import { EXAMPLE } from './example.ts';
import { contentOf, entriesOf } from './study.ts';

/** As the specification has them, with the letters that Stata has for them. */
const CODES: readonly (readonly [number, string, string])[] = [
  [-1, 'a', 'Not asked'],
  [-2, 'b', 'Left before this question'],
  [-5, 'e', 'Not in the version of the questionnaire'],
  [-6, 'f', 'Withheld to protect people'],
  [-7, 'g', 'Prefer not to say'],
  [-8, 'h', 'Don’t know'],
  [-9, 'i', 'Asked, not answered'],
];

/** Each made when those before it were: the last holds their sums. */
const files = new Map(entriesOf(EXAMPLE).map((entry) => [entry.name.split('/').at(-1), contentOf(entry).toString()]));

test.each<[string, (code: number, letter: string, words: string) => string]>([
  ['README.txt', (code, letter, words) => `${code}, user-missing  .${letter}        ${words}`],
  ['datapackage.json', (code, _, words) => `"value": "${code}",\n            "label": "${words}`],
  ['ddi-codebook.xml', (code, _, words) => `${code}: ${words}`],
  ['load.sps', (code, _, words) => `  ${code} '${words}`],
  ['load.do', (code, letter, words) => `${code} is .${letter}  ${words}`],
])('M15: %s says why there is no answer by the same numbers, in the same words', (name, line) => {
  const text = files.get(name) ?? '';
  for (const code of CODES) expect(text).toContain(line(...code));
});

test('M15: load.R has the words in the order of the numbers', () => {
  const script = files.get('load.R') ?? '';
  // It can be read in any encoding: what is not ASCII is written otherwise.
  const places = CODES.map(([, , words]) => script.indexOf(`"${words.split('’')[0]}`));
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
  expect(script).toContain(`codes = c(${CODES.map(([code]) => `${code}L`).join(', ')})`);
});

test('F8: SPSS takes every one of them for missing, and nothing else that stands in a file', () => {
  expect(MISSING_RANGE).toEqual({ lowest: -9, highest: -1 });
  expect(files.get('load.sps')).toContain('(-9 THRU -1)');
});
