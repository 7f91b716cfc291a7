/** Every text of a survey file that somebody may read, with its place. */
import type { Text } from '../definition.ts';
import type { Path } from '../source.ts';
import type { Survey } from '../survey.ts';

export interface PlacedText {
  readonly path: Path;
  readonly text: Text;
}

const TEXT_KEYS = new Set([
  'title',
  'wave',
  'summary',
  'text',
  'minutes',
  'runBy',
  'contact',
  'author',
  'publisher',
  'label',
  'short',
  'hint',
  'unit',
  'prefix',
  'lowest',
  'highest',
  'message',
  'intro',
  'description',
  'source',
]);
const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;

/** The texts in the order of the file. */
export function textsIn(survey: Survey): PlacedText[] {
  return textsUnder(survey.file, []);
}

function textsUnder(node: unknown, path: Path): PlacedText[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => textsUnder(item, [...path, index]));
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([key, value]) => {
    const place = [...path, key];
    const said = TEXT_KEYS.has(key) || path.at(-1) === 'labels';
    return said && isText(value) ? [{ path: place, text: value }] : textsUnder(value, place);
  });
}

function isText(value: unknown): value is Text {
  if (typeof value === 'string') return true;
  return (
    value !== null &&
    typeof value === 'object' &&
    Object.entries(value).every(([key, each]) => LANGUAGE.test(key) && typeof each === 'string')
  );
}

/** A text's wordings: one, in the survey's first language, or one for each language. */
export function wordingsOf(
  survey: Survey,
  { path, text }: PlacedText,
): { readonly language: string; readonly words: string; readonly path: Path }[] {
  if (typeof text === 'string') return [{ language: survey.file.languages[0] ?? 'en', words: text, path }];
  return Object.entries(text).map(([language, words]) => ({ language, words, path: [...path, language] }));
}
