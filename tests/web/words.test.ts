import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PATHS } from '../../src/web/paths.ts';
import { INTERFACE_LANGUAGES, wordsFor } from '../../src/web/words.ts';

/** Every key of a language's file with its words. */
function wordsIn(language: string): ReadonlyMap<string, string> {
  const flatten = (value: unknown, key: string): [string, string][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => flatten(inner, key ? `${key}.${name}` : name))
      : [[key, String(value)]];
  return new Map(flatten(JSON.parse(readFileSync(join(PATHS.words, `${language}.json`), 'utf8')), ''));
}

/** The names in `{{…}}`, sorted. */
const blanksIn = (words = ''): string[] => [...words.matchAll(/{{(\w+)}}/g)].map(([, name = '']) => name).sort();

const filesUnder = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .map((file) => join(folder, file));

const english = wordsIn('en');

test.each(INTERFACE_LANGUAGES.filter((language) => language !== 'en'))(
  '"%s" says all that English says',
  (language) => {
    const words = wordsIn(language);
    expect([...words.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of english) expect([key, blanksIn(words.get(key))]).toEqual([key, blanksIn(text)]);
  },
);

test('every word that a page or the program asks for is there', () => {
  const files = [...filesUnder(PATHS.views, /\.ejs$/), ...filesUnder(join(PATHS.root, 'src'), /\.ts$/)];
  const sections = new Set([...english.keys()].map((key) => key.split('.')[0] ?? ''));
  const missing = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/['"]((\w+)\.[\w.]*\w)['"]/g)]
      .filter(([, , section = '']) => sections.has(section))
      // "answer.people_one" and "answer.people_other" are the two forms of "answer.people".
      .filter(([, key = '']) => !english.has(key) && !english.has(`${key}_other`))
      .map(([, key]) => `${file}: ${key}`),
  );
  expect(missing).toEqual([]);
});

test('what people typed stays as they typed it inside a sentence', () => {
  const t = wordsFor('en');
  expect(t('error.required_grid_row', { row: '<b>$t(product) {{n}} & co</b>' })).toBe(
    'Choose an answer for “<b>$t(product) {{n}} & co</b>”',
  );
});

test('a language that we do not have is shown in English', () => {
  expect(wordsFor('pl')('action.continue')).toBe('Continue');
  expect(wordsFor('cy')('action.continue')).toBe('Parhau');
});
