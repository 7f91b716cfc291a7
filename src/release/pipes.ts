/** Texts as they stand in tables and codebooks, where nobody's answers can be piped in. */
import type { Text } from '../questionnaire/definition.ts';
import { PIPE } from '../questionnaire/text.ts';

/** The text in all its languages, with what to say for a blank where an answer would be piped in. */
export function withoutPipes(text: Text): Text {
  if (typeof text === 'string') return plain(text);
  return Object.fromEntries(Object.entries(text).map(([language, words]) => [language, plain(words)]));
}

function plain(words: string): string {
  return words.replaceAll(PIPE, (_, __, instead?: string) => instead ?? '…');
}
